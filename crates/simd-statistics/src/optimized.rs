//! The widest loop that the processor has, and memory is asked for in advance where the core is of
//! a kind that gains by it. A handful of samples is left to `naive`, since all that other rungs
//! prepare costs more.

use harness::core_kind::gains_by_asking_ahead;

use crate::statistics::Statistics;
use crate::{ahead, naive};

/// Samples that are over before a vector pays.
const FEW: usize = 8;

/// Mean and variance of the samples.
pub fn statistics(samples: &[f64]) -> Statistics {
    if samples.len() < FEW {
        return naive::statistics(samples);
    }
    ahead::widest(samples, gains_by_asking_ahead())
}
