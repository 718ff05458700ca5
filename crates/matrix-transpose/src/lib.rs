#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod edges;
pub mod fast_transpose;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod recursive;
pub mod registers;
#[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "one path elsewhere"))]
mod shape;
pub mod tiles;

use std::rc::Rc;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

/// A matrix that was turned: shared, so that a rung can hand over what it will write again.
pub type Traces = Rc<Vec<f32>>;

/// What a seismic recorder delivers, and the traces that are made of it.
#[derive(Debug)]
pub struct Recording {
    /// How many times all channels were read out: rows of `samples`.
    pub moments: usize,
    /// How many sensors: columns of `samples`.
    pub channels: usize,
    /// In the order in which they arrived: moment by moment, one sample for each channel.
    pub samples: Vec<f32>,
    traces: Traces,
}

/// Every rung, naive first. All give the same traces: channel by channel, one sample for each
/// moment.
pub const RUNGS: &[Rung<Recording, Traces>] = &[
    Rung::reusing("naive", Recording::spoil, |recording| recording.demultiplex(naive::transpose)),
    Rung::reusing("tiles", Recording::spoil, |recording| recording.demultiplex(tiles::transpose)),
    Rung::reusing("recursive", Recording::spoil, |recording| {
        recording.demultiplex(recursive::transpose)
    }),
    Rung::reusing("registers", Recording::spoil, |recording| {
        recording.demultiplex(registers::transpose)
    }),
    Rung::reusing("optimized", Recording::spoil, |recording| {
        recording.demultiplex(optimized::transpose)
    }),
    Rung::reusing("peer", Recording::spoil, |recording| recording.demultiplex(peer::transpose)),
    Rung::reusing("fast_transpose", Recording::spoil, |recording| {
        recording.demultiplex(fast_transpose::transpose)
    }),
];

impl Recording {
    /// A recording of so many channels.
    ///
    /// # Panics
    /// If a moment is incomplete.
    pub fn new(samples: Vec<f32>, channels: usize) -> Self {
        let moments = samples.len().checked_div(channels).unwrap_or(0);
        assert_eq!(moments * channels, samples.len(), "the last moment is incomplete");
        let traces = Rc::new(vec![0.0; samples.len()]);
        Self { moments, channels, samples, traces }
    }

    /// Writes the traces again, or new ones while someone still holds the old ones. As long as
    /// nobody does, a call neither allocates them nor touches fresh pages.
    #[inline]
    pub fn demultiplex(&mut self, transpose: impl Fn(&[f32], &mut [f32], usize, usize)) -> Traces {
        if Rc::get_mut(&mut self.traces).is_none() {
            self.traces = Rc::new(vec![0.0; self.samples.len()]);
        }
        let traces = Rc::get_mut(&mut self.traces).expect("traces that nobody else holds");
        transpose(&self.samples, traces, self.moments, self.channels);
        Rc::clone(&self.traces)
    }

    /// Leaves nonsense where the next traces are written.
    pub fn spoil(&mut self) {
        if let Some(traces) = Rc::get_mut(&mut self.traces) {
            traces.fill(f32::NAN);
        }
    }

    /// Bytes that must be read, and as many written.
    pub fn bytes(&self) -> usize {
        self.samples.len() * size_of::<f32>()
    }
}

/// `n` moments of `n` channels.
pub fn input(n: usize, seed: u64) -> Recording {
    recording(n, n, seed)
}

/// Samples as a field recorder's 24-bit converters give them, whole numbers in a float each: noise
/// under an echo that dies away.
pub fn recording(moments: usize, channels: usize, seed: u64) -> Recording {
    let mut rng = rng(seed);
    let mut samples = Vec::with_capacity(moments * channels);
    for moment in 0..moments {
        let quieter = 8 + (8 * moment / moments) as u32;
        for pair in 0..channels.div_ceil(2) {
            let bits: u64 = rng.random();
            let both = [bits as i32, (bits >> 32) as i32].map(|bits| (bits >> quieter) as f32);
            samples.extend_from_slice(&both[..2.min(channels - 2 * pair)]);
        }
    }
    Recording::new(samples, channels)
}

/// Accepts traces that are equal bit by bit.
///
/// # Errors
/// Says where two differ, or that one is longer.
pub fn same_bits(naive: &Traces, rung: &Traces) -> Result<(), String> {
    if naive.len() != rung.len() {
        return Err(format!("naive has {} samples, this rung {}", naive.len(), rung.len()));
    }
    let differ = |(naive, rung): (&f32, &f32)| naive.to_bits() != rung.to_bits();
    match naive.iter().zip(rung.iter()).position(differ) {
        None => Ok(()),
        Some(at) => Err(format!("at {at}, naive has {:?}, this rung {:?}", naive[at], rung[at])),
    }
}

#[cfg(test)]
mod tests;
