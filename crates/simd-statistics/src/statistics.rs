//! What is to be known of some samples.

/// What is to be known of some samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistics {
    /// How many samples.
    pub count: usize,
    /// Their mean; not a number without samples.
    pub mean: f64,
    /// Variance of what they were drawn from, estimated with the divisor `count - 1`; not a number
    /// below two samples.
    pub variance: f64,
}

impl Statistics {
    /// From the sum of the squared deviations from the mean.
    pub fn new(count: usize, mean: f64, squares: f64) -> Self {
        let variance = if count < 2 { f64::NAN } else { squares / (count - 1) as f64 };
        Self { count, mean, variance }
    }
}
