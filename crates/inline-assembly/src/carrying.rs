//! The standard library says "carry": `carrying_add` and `carrying_mul_add`, stable since Rust
//! 1.91.

/// Both numbers together; the last limb is the carry.
pub fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = vec![0; a.len() + 1];
    out[a.len()] = u64::from(add(&mut out[..a.len()], a, b));
    out
}

/// The product, as many limbs as both have together.
pub fn product(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = vec![0; a.len() + b.len()];
    multiply(&mut out, a, b);
    out
}

/// Adds the product to `out`, which is zero.
pub(crate) fn multiply(out: &mut [u64], a: &[u64], b: &[u64]) {
    for (at, &factor) in b.iter().enumerate() {
        out[at + a.len()] = row(&mut out[at..at + a.len()], a, factor, 0);
    }
}

/// Writes the sum of numbers of one length; true if it does not fit.
pub(crate) fn add(out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
    assert!(out.len() == a.len() && out.len() == b.len());
    let mut carry = false;
    for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
        (*out, carry) = a.carrying_add(b, carry);
    }
    carry
}

/// Adds `factor` times `a` and the carry to `out` and returns the new carry.
pub(crate) fn row(out: &mut [u64], a: &[u64], factor: u64, mut carry: u64) -> u64 {
    for (out, &a) in out.iter_mut().zip(a) {
        (*out, carry) = a.carrying_mul_add(factor, *out, carry);
    }
    carry
}
