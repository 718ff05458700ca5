//! As on paper: row by row, with `u128` to hold what does not fit into a limb.

/// Both numbers together; the last limb is the carry.
pub fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    assert_eq!(a.len(), b.len());
    let mut out = Vec::with_capacity(a.len() + 1);
    let mut carry = 0;
    for (&a, &b) in a.iter().zip(b) {
        let wide = u128::from(a) + u128::from(b) + carry;
        out.push(wide as u64);
        carry = wide >> 64;
    }
    out.push(carry as u64);
    out
}

/// The product, as many limbs as both have together.
pub fn product(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = vec![0; a.len() + b.len()];
    for (at, &factor) in b.iter().enumerate() {
        out[at + a.len()] = row(&mut out[at..at + a.len()], a, factor);
    }
    out
}

/// Adds `factor` times `a` to `out` and returns the carry.
fn row(out: &mut [u64], a: &[u64], factor: u64) -> u64 {
    let mut carry = 0;
    for (out, &a) in out.iter_mut().zip(a) {
        let wide = u128::from(a) * u128::from(factor) + u128::from(*out) + carry;
        *out = wide as u64;
        carry = wide >> 64;
    }
    carry as u64
}
