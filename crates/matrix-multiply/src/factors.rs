//! Where a kernel finds what it multiplies.

/// Values of `b` up to which it stays in the caches where it lies: 256 KiB.
pub(crate) const SMALL: usize = 64 << 10;

/// Where a kernel finds its factors from `a`: those of one step, and the steps.
#[derive(Clone, Copy)]
pub(crate) struct Factors {
    /// The first row at the first step.
    pub(crate) at: *const f32,
    /// From one row to the next.
    pub(crate) apart: usize,
    /// From one step to the next.
    pub(crate) step: usize,
}

/// Where it finds those from `b`, which lie side by side at each step.
#[derive(Clone, Copy)]
pub(crate) struct Strip {
    /// The first of the first step.
    pub(crate) at: *const f32,
    /// From one step to the next.
    pub(crate) step: usize,
}

/// Where columns begin that a kernel of two vectors takes, or, said by `false`, one of a single
/// vector: for the last of them, or if there are no more. The last begin further to the left, so
/// that they end where the matrix does, and overlap what is beside them.
///
/// # Panics
/// If there are fewer columns than lanes: no vector would lie in the matrix.
pub(crate) fn lefts(columns: usize, lanes: usize) -> impl Iterator<Item = (usize, bool)> {
    assert!(columns >= lanes, "fewer columns than a vector has");
    let mut done = 0;
    std::iter::from_fn(move || {
        let both = columns >= 2 * lanes && columns - done.min(columns) > lanes;
        let wide = if both { 2 * lanes } else { lanes };
        let left = done.min(columns - wide);
        (done < columns).then(|| done += wide).map(|()| (left, both))
    })
}
