//! Apache Arrow's way: a comparison makes a bitmap, and a filter applies it to the column. This is
//! what the kernels of `arrow-ord` and `arrow-select` do for a column of numbers, with the parts of
//! `arrow-buffer` that they are made of.

use arrow_buffer::BooleanBuffer;

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    let wanted = BooleanBuffer::collect_bool(values.len(), |row| values[row] < limit);
    let count = wanted.count_set_bits();
    // No row and all rows are told apart first, as in `arrow-select`.
    if count == 0 {
        return Vec::new();
    }
    if count == values.len() {
        return values.to_vec();
    }
    let mut kept = Vec::with_capacity(count);
    if count * 10 > values.len() * 8 {
        // Long runs: copy them as slices, as `arrow-select` does above 80 %.
        wanted.set_slices().for_each(|(from, to)| kept.extend_from_slice(&values[from..to]));
    } else {
        // Into room that is known to be enough: nothing asks at each value whether it is.
        for (slot, row) in kept.spare_capacity_mut().iter_mut().zip(wanted.set_indices()) {
            slot.write(values[row]);
        }
        // SAFETY: as many bits are set, and as many values have just been written.
        unsafe { kept.set_len(count) };
    }
    kept
}
