//! How far a result may be from the truth, which is the same for every rung.

/// How much of what was sent is in what was received.
#[derive(Debug, Clone, Copy)]
pub struct Score {
    /// The sum of products.
    pub value: f64,
    pub(crate) exact: f64,
    pub(crate) allowed: f64,
}

/// What a sum of `n` products may be off by, when their magnitudes add up to `magnitude`.
///
/// In the worst case each of `n` additions errs by half a bit in the same direction: n·u, which for
/// long signals allows anything. Errors that differ in sign leave √n·u times a small number (Higham
/// and Mary, "A New Approach to Probabilistic Rounding Error Analysis", SIAM Journal on Scientific
/// Computing 41, 2019). Products too small for a normal float lose up to half of the smallest one.
pub(crate) fn allowed(n: usize, magnitude: f64) -> f64 {
    let unit = f64::from(f32::EPSILON) / 2.0;
    let steps = (n as f64 + 2.0).min(8.0 * (n as f64 + 2.0).sqrt());
    steps * unit * magnitude + n as f64 * f64::from(f32::from_bits(1))
}

/// Accepts what is as near to the truth, a sum in twice the precision, as any order of additions
/// may be expected to come. The same is asked of naive, which gets no credit for being first. Where
/// the truth is not finite, no result may be.
///
/// # Errors
/// Says which of the two is wrong.
pub fn agree(naive: &Score, rung: &Score) -> Result<(), String> {
    for (name, score) in [("naive", naive), ("this rung", rung)] {
        let Score { value, exact, allowed } = *score;
        let right =
            if exact.is_finite() { (value - exact).abs() <= allowed } else { !value.is_finite() };
        if !right {
            return Err(format!("{name} has {value:e} for {exact:e}, may be off by {allowed:e}"));
        }
    }
    Ok(())
}
