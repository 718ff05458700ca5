//! A fixed piece of work between the blocks: it runs slow when a neighbour takes the machine, which
//! nothing else inside a guest shows.

use std::hint::black_box;
use std::time::Instant;

/// Steps of the arithmetic kernel: about ten microseconds.
const STEPS: u32 = 8_000;
/// Bytes that the streaming kernel reads at a time, and the buffer through which it walks: past any
/// private cache.
const STRIDE: usize = 256 << 10;
const BUFFER: usize = 48 << 20;

/// The fixed work.
pub(crate) struct Sentinel {
    stream: Vec<u64>,
    at: usize,
}

impl Sentinel {
    /// With `streaming`, memory is watched too: for jobs that do not fit the private caches.
    pub(crate) fn new(streaming: bool) -> Self {
        Self { stream: if streaming { vec![1; BUFFER / 8] } else { Vec::new() }, at: 0 }
    }

    /// Runs once; nanoseconds.
    #[inline(never)]
    pub(crate) fn run(&mut self) -> f64 {
        let start = Instant::now();
        let mut x = black_box(1u64);
        for _ in 0..STEPS {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        }
        black_box(x);
        if !self.stream.is_empty() {
            let part = &self.stream[self.at..self.at + STRIDE / 8];
            black_box(part.iter().fold(0u64, |sum, x| sum.wrapping_add(*x)));
            self.at = (self.at + STRIDE / 8) % self.stream.len();
        }
        start.elapsed().as_nanos() as f64
    }
}
