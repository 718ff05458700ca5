//! What a block of samples is summed up to, and how two such sums become one: Chan, Golub and
//! LeVeque, "Algorithms for Computing the Sample Variance", The American Statistician 37 (1983).

use crate::statistics::Statistics;

/// Samples in a block. They stay in the first-level cache, and merging costs little beside summing
/// them.
pub const BLOCK: usize = 2048;

/// Samples whose mean is the guess at the mean of a block. Any guess gives the right answer, but a
/// far one costs digits. The mean of `g` of a block's own `n` samples is never so far that rounding
/// errors grow by more than 1 + n/g.
pub const GUESS: usize = 16;

/// Count, mean and sum of squared deviations of some samples. The mean is held as its distance from
/// an origin near the samples, so that rounding it is an error in the scale of the noise and not of
/// the offset.
#[derive(Debug, Clone, Copy, Default)]
pub struct Moments {
    /// How many samples.
    pub count: f64,
    /// Their mean, less the origin.
    pub mean: f64,
    /// Sum of the squared distances from their mean.
    pub squares: f64,
}

impl Moments {
    /// From sums over `count` deviations from `shift`.
    #[inline]
    pub fn shifted(count: usize, shift: f64, sum: f64, squares: f64, origin: f64) -> Self {
        let count = count as f64;
        let mean = sum / count;
        Self { count, mean: (shift - origin) + mean, squares: squares - sum * mean }
    }

    /// The moments of both groups of samples together.
    #[inline]
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let count = self.count + other.count;
        let share = other.count / count;
        let apart = other.mean - self.mean;
        Self {
            count,
            mean: self.mean + apart * share,
            squares: self.squares + other.squares + apart * apart * self.count * share,
        }
    }
}

/// Mean and variance of the samples, block by block. Each block is summed up by `moments`, which
/// gets it together with the origin of all.
#[inline(always)] // so that it is compiled with the features of its caller
pub fn by_blocks(samples: &[f64], moments: impl Fn(&[f64], f64) -> Moments) -> Statistics {
    let Some(&origin) = samples.first() else { return Statistics::new(0, f64::NAN, 0.0) };
    let all = samples
        .chunks(BLOCK)
        .map(|block| moments(block, origin))
        .fold(Moments::default(), Moments::merge);
    Statistics::new(samples.len(), origin + all.mean, all.squares)
}

/// Asks for the lines of samples that come `AHEAD` of these; with 0, for none. They may lie beyond
/// the last sample, since asking for what is not there does nothing.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn prefetch<const AHEAD: usize>(samples: &[f64]) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    const LINE: usize = 8;
    if AHEAD > 0 {
        for line in samples.chunks_exact(LINE) {
            // SAFETY: a prefetch touches nothing, wherever it points, and SSE is in every build.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().wrapping_add(AHEAD).cast()) }
        }
    }
}
