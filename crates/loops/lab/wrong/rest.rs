//! Takes whole chunks of sixteen and leaves what fills none.

const LANES: usize = 16;

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, b) = (a.as_chunks::<LANES>().0, b[..a.len()].as_chunks::<LANES>().0);
    let mut lanes = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for (lane, (&a, &b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    lanes.into_iter().sum()
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    let products = a.iter().zip(&b[..a.len()]).map(|(&a, &b)| i32::from(a) * i32::from(b));
    products.fold(0, i32::wrapping_add)
}
