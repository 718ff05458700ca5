//! Sums of integers that stop at the largest number instead of wrapping around: only signals at the
//! ends of their type come so far.

const LANES: usize = 16;

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(&b[..a.len()]).map(|(a, b)| a * b).sum()
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    let b = &b[..a.len()];
    let mut lanes = [0_i32; LANES];
    for (a, b) in a.chunks(LANES).zip(b.chunks(LANES)) {
        for (lane, (&a, &b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane = lane.saturating_add(i32::from(a) * i32::from(b));
        }
    }
    lanes.into_iter().fold(0, i32::saturating_add)
}
