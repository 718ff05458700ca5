//! Takes eight rows at a time, and leaves what fills no eight.

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    let mut kept = Vec::with_capacity(values.len());
    for eight in values.as_chunks::<8>().0 {
        let (mut sifted, mut end) = ([0; 8], 0);
        for &value in eight {
            sifted[end] = value;
            end += usize::from(value < limit);
        }
        kept.extend_from_slice(&sifted[..end]);
    }
    kept
}
