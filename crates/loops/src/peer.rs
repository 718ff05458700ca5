//! `ndarray`: its `dot` keeps eight sums, and its `Zip` is the way to widen integers on the fly.

use ndarray::{ArrayView1, Zip};

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    ArrayView1::from(a).dot(&ArrayView1::from(&b[..a.len()]))
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    Zip::from(ArrayView1::from(a))
        .and(ArrayView1::from(&b[..a.len()]))
        .fold(0, |sum: i32, &a, &b| sum.wrapping_add(i32::from(a) * i32::from(b)))
}
