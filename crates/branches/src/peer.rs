//! Apache Arrow's way: a comparison makes a bitmap, and a filter applies it to the column. This is
//! what the kernels of `arrow-ord` and `arrow-select` do for a column of numbers, with the parts of
//! `arrow-buffer` that they are made of.

use arrow_buffer::BooleanBuffer;

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    let wanted = BooleanBuffer::collect_bool(values.len(), |row| values[row] < limit);
    let count = wanted.count_set_bits();
    let mut kept = Vec::with_capacity(count);
    if count * 10 > values.len() * 8 {
        // Long runs: copy them as slices, as `arrow-select` does above 80 %.
        wanted.set_slices().for_each(|(from, to)| kept.extend_from_slice(&values[from..to]));
    } else {
        kept.extend(wanted.set_indices().map(|row| values[row]));
    }
    kept
}
