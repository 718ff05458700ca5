//! Say here at which inputs rungs tend to differ: no value, one, all equal, the ends of their type.

/// Hand-made values, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Vec<u32>> {
    let half = 1 << 31;
    let table: [&[u32]; 7] =
        [&[], &[0], &[u32::MAX], &[7; 33], &[u32::MAX, 0], &[0, 1, 3], &[half, half - 1, 9]];
    table.into_iter().map(<[u32]>::to_vec).collect()
}
