#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod dynamic;
pub mod edges;
pub mod generic;
pub mod inlined;
pub mod naive;
pub mod optimized;
pub mod outlined;
#[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "one path elsewhere"))]
pub mod pairs;
pub mod peer;
pub mod rows;
mod shot;
pub mod vectors;
pub mod whole_program;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

use shot::Owned;
pub use shot::{APART, Shot};

/// Every rung, naive first. All give how sharp a picture is.
pub const RUNGS: &[Rung<Shot, u64>] = &[
    Rung::new("naive", |shot| naive::sharpness(&shot.view())),
    Rung::new("dynamic", |shot| dynamic::sharpness(&shot.view())),
    Rung::new("inlined", |shot| inlined::sharpness(&shot.view())),
    Rung::new("outlined", |shot| outlined::sharpness(&shot.view())),
    Rung::new("whole_program", |shot| whole_program::sharpness(&shot.whole_program())),
    Rung::new("generic", |shot| generic::sharpness(&shot.view())),
    Rung::new("rows", |shot| rows::sharpness(&shot.view())),
    Rung::new("pairs", |shot| pairs::sharpness(&shot.view())),
    Rung::new("optimized", |shot| optimized::sharpness(&shot.view())),
    Rung::new("peer", peer::sharpness),
];

impl Shot {
    /// The view of the same name that is compiled with this crate.
    fn whole_program(&self) -> whole_program::pixels::View<'_> {
        use whole_program::pixels::{Samples, View};
        let samples = match &self.samples {
            Owned::Gray(samples) => Samples::Gray(samples),
            Owned::Linear(samples) => Samples::Linear(samples),
        };
        View::new(self.width, self.height, samples)
    }
}

/// A picture of about `n` pixels in the shape of 4 to 3, as a screen wants it.
pub fn gray(n: usize, seed: u64) -> Shot {
    let (width, height) = sides(n);
    Shot::gray(width, height, scene(width * height, seed))
}

/// The same picture as the sensor gave it.
pub fn linear(n: usize, seed: u64) -> Shot {
    let (width, height) = sides(n);
    let light = |luma| (f32::from(luma) / 255.0).powi(2);
    Shot::linear(width, height, scene(width * height, seed).into_iter().map(light).collect())
}

/// Width and height of about `n` pixels.
fn sides(n: usize) -> (usize, usize) {
    let height = (n * 3 / 4).isqrt().max(1);
    (n / height, height)
}

/// Areas of one brightness with the noise of a sensor on them, and edges between them.
fn scene(n: usize, seed: u64) -> Vec<u8> {
    let mut rng = rng(seed);
    let mut scene = Vec::with_capacity(n + 256);
    while scene.len() < n {
        let (length, level) = (rng.random_range(1..=32), rng.random_range(8..=240));
        for _ in 0..length {
            let noise = (rng.random::<u64>() & 0x0707_0707_0707_0707).to_le_bytes();
            scene.extend_from_slice(&noise.map(|noise| level + noise));
        }
    }
    scene.truncate(n);
    scene
}

#[cfg(test)]
mod tests;
