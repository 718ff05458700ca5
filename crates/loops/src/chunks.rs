//! Arrays of eight: their length is part of their type. The products of a chunk meet each other
//! first, and only their sum waits for the chunk before.

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b[..a.len() * 8 + a_rest.len()].as_chunks::<8>();
    let mut sum = 0.0;
    for (a, b) in a.iter().zip(b) {
        sum += a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    }
    sum + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b[..a.len() * 8 + a_rest.len()].as_chunks::<8>();
    let mut sum = 0_i32;
    for (a, b) in a.iter().zip(b) {
        sum = products(a, b).fold(sum, i32::wrapping_add);
    }
    products(a_rest, b_rest).fold(sum, i32::wrapping_add)
}

fn products(a: &[i16], b: &[i16]) -> impl Iterator<Item = i32> {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b))
}
