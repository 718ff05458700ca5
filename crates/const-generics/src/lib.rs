#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod columns;
pub mod const_n;
pub mod edges;
pub mod mix;
pub mod naive;
pub mod optimized;
#[cfg_attr(
    not(target_arch = "x86_64"),
    expect(clippy::allow_attributes, reason = "nobody can expect the next one"),
    allow(unfulfilled_lint_expectations, reason = "its field is read, if only to find one path")
)]
pub mod panels;
pub mod peer;
pub mod prepared;
pub mod vectors;

use std::rc::Rc;

use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng};
use mix::Mix;
use vectors::Vectors;

pub use mix::agree;

/// Audio in frames, a matrix to mix their channels by, and the buffer that the mix goes to.
#[derive(Debug)]
pub struct Audio {
    /// What is mixed.
    pub song: Song,
    mix: Rc<Vec<f32>>,
}

/// Frames and gains, with what some rungs make of the gains when a file is opened.
#[derive(Debug)]
pub struct Song {
    /// Samples in a frame.
    pub channels: usize,
    /// A square matrix by rows, which belong to the channels of the mix.
    pub gains: Vec<f32>,
    /// Whole frames.
    pub frames: Vec<f32>,
    prepared: prepared::Mixer,
    optimized: optimized::Mixer,
    allowed: f32,
}

/// Every rung, naive first. All agree with the first as far as [`agree`] demands.
pub const RUNGS: &[Rung<Audio, Mix>] = &[
    Rung::reusing("naive", Audio::spoil, |audio| audio.by_rows(naive::remix)),
    Rung::reusing("const_n", Audio::spoil, |audio| audio.by_rows(const_n::remix)),
    Rung::reusing("columns", Audio::spoil, |audio| audio.by_rows(columns::remix)),
    Rung::reusing("prepared", Audio::spoil, |audio: &mut Audio| {
        audio.write(|song, out| song.prepared.remix(&song.frames, out))
    }),
    Rung::reusing("optimized", Audio::spoil, |audio: &mut Audio| {
        audio.write(|song, out| song.optimized.remix(&song.frames, out))
    }),
    Rung::reusing("peer", Audio::spoil, |audio| audio.by_rows(peer::remix)),
];

impl Audio {
    /// Frames of `channels` samples and a square matrix of gains by rows.
    ///
    /// # Panics
    /// If there is no channel, a frame is incomplete, or the matrix is not square.
    pub fn new(channels: usize, gains: Vec<f32>, frames: Vec<f32>) -> Self {
        assert!(channels > 0 && frames.len().is_multiple_of(channels), "incomplete frame");
        assert_eq!(gains.len(), channels * channels, "not a square matrix");
        let prepared = prepared::Mixer::new(channels, &gains);
        let optimized = optimized::Mixer::new(channels, &gains, Vectors::best());
        let row = |row: &[f32]| row.iter().map(|gain| gain.abs()).sum();
        let loudest = frames.iter().copied().map(f32::abs).fold(0.0, f32::max);
        let sum = gains.chunks_exact(channels).map(row).fold(0.0, f32::max);
        let allowed = channels as f32 * f32::EPSILON * sum * loudest;
        let mix = Rc::new(vec![0.0; frames.len()]);
        Self { song: Song { channels, gains, frames, prepared, optimized, allowed }, mix }
    }

    fn by_rows(&mut self, remix: impl Fn(usize, &[f32], &[f32], &mut [f32])) -> Mix {
        self.write(|song, out| remix(song.channels, &song.gains, &song.frames, out))
    }

    /// Writes the buffer again, or a new one while someone still looks at the old one. As long as
    /// nobody does, a call neither allocates nor touches fresh pages.
    #[inline]
    fn write(&mut self, remix: impl Fn(&Song, &mut [f32])) -> Mix {
        if Rc::get_mut(&mut self.mix).is_none() {
            self.mix = Rc::new(vec![f32::NAN; self.song.frames.len()]);
        }
        remix(&self.song, Rc::get_mut(&mut self.mix).expect("nobody else has it"));
        Mix { samples: Rc::clone(&self.mix), allowed: self.song.allowed }
    }

    /// Leaves nonsense where the next mix is written.
    fn spoil(&mut self) {
        if let Some(mix) = Rc::get_mut(&mut self.mix) {
            mix.fill(f32::NAN);
        }
    }
}

/// `n` frames of 5.1: six channels.
pub fn surround(n: usize, seed: u64) -> Audio {
    input(6, n, &mut rng(seed))
}

/// Frames in each input of [`by_channels`]: a block, as an audio engine hands it on.
pub const BLOCK: usize = 1024;

/// One block of `channels`.
pub fn by_channels(channels: usize, seed: u64) -> Audio {
    input(channels.max(1), BLOCK, &mut rng(seed))
}

/// Channels of differing loudness, most samples quiet; each is kept where it is, and a little of
/// each other one mixed in.
fn input(channels: usize, n: usize, rng: &mut Rng) -> Audio {
    let gains = (0..channels * channels)
        .map(|at| {
            let own = if at % (channels + 1) == 0 { 0.7 } else { 0.0 };
            own + rng.random_range(-0.3..0.3) / channels as f32
        })
        .collect();
    let loudness: Vec<f32> = (0..channels).map(|_| rng.random_range(0.05..1.0)).collect();
    let mut frames = Vec::with_capacity(n * channels);
    for _ in 0..n {
        for pair in loudness.chunks(2) {
            let bits: u64 = rng.random();
            let [a, b, c, d] = [0, 16, 32, 48].map(|at| (bits >> at) as u16 as f32 / 65_536.0);
            let noise = [a - b, c - d]; // the difference of two draws: most are small
            frames.extend(pair.iter().zip(noise).map(|(loudness, noise)| loudness * noise));
        }
    }
    Audio::new(channels, gains, frames)
}

#[cfg(test)]
mod tests;
