//! Sixteen sums instead of one: four additions are always under way, each of four neighbours.

/// Sums that are kept apart until the end: four 128-bit registers, as many as cover the latency of
/// an addition where two loads start in a cycle.
const LANES: usize = 16;

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    dot_by(|a, b, sum| sum + a * b, a, b)
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b[..a.len() * LANES + a_rest.len()].as_chunks::<LANES>();
    let mut lanes = [0_i32; LANES];
    for (a, b) in a.iter().zip(b) {
        for (lane, (&a, &b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane = lane.wrapping_add(i32::from(a) * i32::from(b));
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(&a, &b)| i32::from(a) * i32::from(b));
    lanes.into_iter().chain(rest).fold(0, i32::wrapping_add)
}

/// The loop, for any way to add a product to a sum: `step(a, b, sum)`.
///
/// # Panics
/// If `b` is shorter than `a`.
#[inline(always)] // so that it is compiled with the features of its caller
pub fn dot_by(step: impl Fn(f32, f32, f32) -> f32, a: &[f32], b: &[f32]) -> f32 {
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b[..a.len() * LANES + a_rest.len()].as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for (lane, (&a, &b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane = step(a, b, *lane);
        }
    }
    let rest = a_rest.iter().zip(b_rest).fold(0.0, |sum, (&a, &b)| step(a, b, sum));
    lanes.iter().sum::<f32>() + rest
}
