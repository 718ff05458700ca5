#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]
#![cfg_attr(portable_simd, feature(portable_simd))]

pub mod ahead;
pub mod avx512;
pub mod edges;
pub mod fixed_point;
pub mod maddubs;
pub mod naive;
pub mod optimized;
pub mod peer;
#[cfg(portable_simd)]
pub mod portable_simd;
#[cfg(target_arch = "x86_64")]
mod prefetch;
pub mod vnni;
pub mod wide;

use std::rc::Rc;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

/// A gray frame, one byte per pixel: shared, so that a rung can hand over the frame that it will
/// write again.
pub type Frame = Rc<Vec<u8>>;

/// A picture, and the gray frame that each conversion writes.
#[derive(Debug)]
pub struct Shot {
    /// Red, green, blue and alpha, a byte each. Rows have no padding, so their length does not
    /// matter.
    pub rgba: Vec<u8>,
    gray: Frame,
}

#[cfg(not(portable_simd))]
use optimized as portable_simd; // stands for what this compiler cannot build, and is not called

/// Every rung, naive first; after `optimized`, what it is held against. All give the same gray,
/// within one level.
pub const RUNGS: &[Rung<Shot, Frame>] = &[
    Rung::reusing("naive", Shot::spoil, |shot| shot.convert(naive::to_gray)),
    Rung::reusing("fixed_point", Shot::spoil, |shot| shot.convert(fixed_point::to_gray)),
    Rung::reusing("wide", Shot::spoil, |shot| shot.convert(wide::to_gray)),
    Rung::reusing("maddubs", Shot::spoil, |shot| shot.convert(maddubs::to_gray)),
    Rung::reusing("vnni", Shot::spoil, |shot: &mut Shot| shot.convert(vnni::to_gray))
        .needs(vnni::available),
    Rung::reusing("avx512", Shot::spoil, |shot: &mut Shot| shot.convert(avx512::to_gray))
        .needs(avx512::available),
    Rung::reusing("ahead", Shot::spoil, |shot: &mut Shot| shot.convert(ahead::to_gray))
        .needs(ahead::available),
    Rung::reusing("optimized", Shot::spoil, |shot| shot.convert(optimized::to_gray)),
    Rung::reusing("portable_simd", Shot::spoil, |shot: &mut Shot| {
        shot.convert(portable_simd::to_gray)
    })
    .needs(nightly),
    Rung::reusing("peer", Shot::spoil, |shot| shot.convert(peer::to_gray)),
];

/// Whether this compiler has built the rung on `std::simd`.
fn nightly() -> Result<(), String> {
    let how = "`std::simd` needs a nightly compiler: \
               `cargo +nightly xtask bench-all --only simd-image`";
    if cfg!(portable_simd) { Ok(()) } else { Err(how.to_owned()) }
}

impl Shot {
    /// A picture of four bytes per pixel.
    ///
    /// # Panics
    /// If a pixel is incomplete.
    pub fn new(rgba: Vec<u8>) -> Self {
        assert!(rgba.len().is_multiple_of(4), "the last pixel is incomplete");
        let gray = Rc::new(vec![0; rgba.len() / 4]);
        Self { rgba, gray }
    }

    /// Writes the frame again, or a new one while someone still looks at the old one. As long as
    /// nobody does, a call neither allocates nor touches fresh pages.
    #[inline]
    fn convert(&mut self, to_gray: impl Fn(&[u8], &mut [u8])) -> Frame {
        if Rc::get_mut(&mut self.gray).is_none() {
            self.gray = Rc::new(vec![0; self.rgba.len() / 4]);
        }
        let gray = Rc::get_mut(&mut self.gray).expect("a frame that nobody else holds");
        to_gray(&self.rgba, gray);
        Rc::clone(&self.gray)
    }

    /// Leaves nonsense where the next frame is written.
    fn spoil(&mut self) {
        if let Some(gray) = Rc::get_mut(&mut self.gray) {
            gray.iter_mut().for_each(|pixel| *pixel = !*pixel);
        }
    }

    /// Bytes that a conversion reads; those it writes, a quarter of them, come on top.
    pub fn bytes(&self) -> usize {
        self.rgba.len()
    }
}

/// `n` pixels as a camera gives them: areas of a colour that drifts slowly, with sensor noise,
/// edges between them, and lights and shadows clipped to 255 and 0. Most areas are opaque.
pub fn photo(n: usize, seed: u64) -> Shot {
    let mut rng = rng(seed);
    let mut rgba = Vec::with_capacity(n * 4);
    while rgba.len() < n * 4 {
        let area = rng.random_range(8..400).min(n - rgba.len() / 4);
        let colour = [(); 3].map(|()| rng.random_range(-20_i32..276));
        let drift = [(); 3].map(|()| rng.random_range(-24_i32..=24));
        let alpha = if rng.random_bool(0.9) { 255 } else { rng.random() };
        for at in 0..area as i32 {
            let noise = rng.random::<u32>().to_le_bytes();
            let channel = |c: usize| {
                let level = colour[c] + ((drift[c] * at) >> 8) + i32::from(noise[c] & 7) - 3;
                level.clamp(0, 255) as u8
            };
            rgba.extend_from_slice(&[channel(0), channel(1), channel(2), alpha]);
        }
    }
    Shot::new(rgba)
}

/// Accepts frames that differ by at most one level at each pixel: the least that integer weights
/// can promise.
///
/// # Errors
/// Says where two frames differ by more, or that they have different sizes.
pub fn within_one_level(naive: &Frame, rung: &Frame) -> Result<(), String> {
    if naive.len() != rung.len() {
        return Err(format!("naive has {} pixels, this rung {}", naive.len(), rung.len()));
    }
    let apart = || naive.iter().zip(rung.iter()).map(|(a, b)| a.abs_diff(*b));
    if apart().fold(0, u8::max) <= 1 {
        return Ok(());
    }
    let at = apart().position(|apart| apart > 1).expect("the fold met one");
    Err(format!("at pixel {at}, naive has {}, this rung {}", naive[at], rung[at]))
}

#[cfg(test)]
mod tests;
