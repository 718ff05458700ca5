//! The instructions by name: `_addcarry_u64` for `adc`, `_mulx_u64` for `mulx`.

use crate::carrying;

/// What this rung needs.
///
/// # Errors
/// Says what is missing.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    return if is_x86_feature_detected!("bmi2") {
        Ok(())
    } else {
        Err("a processor with BMI2, for mulx".to_owned())
    };
    #[cfg(not(target_arch = "x86_64"))]
    Err("x86-64: these are its instructions".to_owned())
}

/// Both numbers together; the last limb is the carry.
pub fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    #[cfg(target_arch = "x86_64")]
    if available().is_ok() {
        let mut out = vec![0; a.len() + 1];
        out[a.len()] = u64::from(bmi2::add(&mut out[..a.len()], a, b));
        return out;
    }
    carrying::sum(a, b)
}

/// The product, as many limbs as both have together.
pub fn product(a: &[u64], b: &[u64]) -> Vec<u64> {
    #[cfg(target_arch = "x86_64")]
    if available().is_ok() {
        let mut out = vec![0; a.len() + b.len()];
        // SAFETY: the processor has BMI2.
        unsafe { bmi2::multiply(&mut out, a, b) };
        return out;
    }
    carrying::product(a, b)
}

#[cfg(target_arch = "x86_64")]
mod bmi2 {
    use std::arch::x86_64::{_addcarry_u64, _mulx_u64};

    /// Writes the sum of numbers of one length; 1 if it does not fit.
    pub(super) fn add(out: &mut [u64], a: &[u64], b: &[u64]) -> u8 {
        assert!(out.len() == a.len() && out.len() == b.len());
        let mut carry = 0;
        for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
            carry = _addcarry_u64(carry, a, b, out);
        }
        carry
    }

    /// Adds the product to `out`, which is zero.
    #[target_feature(enable = "bmi2")]
    pub(super) fn multiply(out: &mut [u64], a: &[u64], b: &[u64]) {
        for (at, &factor) in b.iter().enumerate() {
            out[at + a.len()] = row(&mut out[at..at + a.len()], a, factor);
        }
    }

    /// Adds `factor` times `a` to `out` and returns the carry. Two chains: one for the halves of
    /// neighbouring products, one for what `out` held.
    #[target_feature(enable = "bmi2")]
    fn row(out: &mut [u64], a: &[u64], factor: u64) -> u64 {
        let (mut high, mut products, mut sums) = (0, 0, 0);
        for (out, &a) in out.iter_mut().zip(a) {
            let (mut next, mut product) = (0, 0);
            let low = _mulx_u64(a, factor, &mut next);
            products = _addcarry_u64(products, low, high, &mut product);
            sums = _addcarry_u64(sums, product, *out, out);
            high = next;
        }
        high + u64::from(products) + u64::from(sums)
    }
}
