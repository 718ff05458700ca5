//! Writes every value and keeps it by moving on: a value that is not wanted is overwritten by the
//! next. What was a question to the branch predictor is a number to add.

/// Values that are sifted before they are appended.
const PART: usize = 256;

/// The values below the limit, in their order.
pub fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    let mut kept = Vec::with_capacity(values.len());
    append(limit, values, &mut kept);
    kept
}

/// Appends the values below the limit.
pub(crate) fn append(limit: u32, values: &[u32], kept: &mut Vec<u32>) {
    let mut sifted = [0; PART];
    for part in values.chunks(PART) {
        let mut end = 0;
        for &value in part {
            sifted[end % PART] = value; // never full before the last: the remainder changes nothing
            end += usize::from(value < limit);
        }
        kept.extend_from_slice(&sifted[..end]);
    }
}
