//! Adds up pairs of lanes and begins with the wrong one: the last has no partner.

const LANES: usize = 16;

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b[..a.len() * LANES + a_rest.len()].as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for (lane, (&a, &b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    let pairs = lanes[1..].chunks_exact(2).map(|pair| pair[0] + pair[1]);
    let rest = a_rest.iter().zip(b_rest).map(|(&a, &b)| a * b);
    lanes[0] + pairs.take(LANES / 2 - 1).sum::<f32>() + rest.sum::<f32>()
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    let products = a.iter().zip(&b[..a.len()]).map(|(&a, &b)| i32::from(a) * i32::from(b));
    products.fold(0, i32::wrapping_add)
}
