//! Three products of half the length instead of four, until the best kernel takes over.
//!
//! Karatsuba and Ofman, "Multiplication of Many-Digit Numbers by Automatic Computers", 1962. With
//! differences instead of sums the halves never grow a carry.

use crate::chains::{add_to, subtract_from};
use crate::{adc, adx, carrying, ifma};

/// What multiplies numbers that are short enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kernel {
    /// AVX-512 IFMA.
    Vectors,
    /// `mulx`, `adcx` and `adox`.
    TwoCarries,
    /// Any processor.
    Portable,
}

impl Kernel {
    /// From the fastest on.
    pub const ALL: [Self; 3] = [Self::Vectors, Self::TwoCarries, Self::Portable];

    /// Whether it runs here.
    pub fn is_available(self) -> bool {
        match self {
            Self::Vectors => ifma::available().is_ok(),
            Self::TwoCarries => adx::available().is_ok(),
            Self::Portable => true,
        }
    }

    /// The fastest that runs here.
    pub fn detected() -> Self {
        Self::fastest(Self::is_available)
    }

    /// The fastest of those that run; the portable one always does.
    pub fn fastest(runs: impl Fn(Self) -> bool) -> Self {
        Self::ALL.into_iter().find(|&kernel| runs(kernel)).unwrap_or(Self::Portable)
    }

    /// The longest numbers that are better multiplied row by row.
    fn most(self) -> usize {
        match self {
            Self::Vectors => ifma::MOST,
            Self::TwoCarries => 47,
            Self::Portable => 31,
        }
    }

    fn multiply(self, out: &mut [u64], a: &[u64], b: &[u64]) {
        match self {
            // Filling vectors is not worth it for a few limbs.
            Self::Vectors if a.len() >= 28 => ifma::multiply(out, a, b),
            Self::Vectors | Self::TwoCarries => adx::multiply(out, a, b),
            Self::Portable => carrying::multiply(out, a, b),
        }
    }
}

/// Both numbers together; the last limb is the carry.
pub fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    adc::sum(a, b)
}

/// The product, as many limbs as both have together.
pub fn product(a: &[u64], b: &[u64]) -> Vec<u64> {
    product_by(Kernel::detected(), a, b)
}

/// The product, with a kernel that runs here.
pub fn product_by(kernel: Kernel, a: &[u64], b: &[u64]) -> Vec<u64> {
    assert_eq!(a.len(), b.len());
    let mut out = vec![0; a.len() + b.len()];
    if a.len() <= kernel.most() {
        kernel.multiply(&mut out, a, b);
    } else {
        multiply(kernel, &mut out, a, b, &mut vec![0; room(kernel, a.len())]);
    }
    out
}

/// Limbs of scratch that numbers of that many take: each level needs six halves and a limb, and
/// halves are rounded up.
pub(crate) fn room(kernel: Kernel, limbs: usize) -> usize {
    if limbs > kernel.most() { 6 * limbs + 512 } else { 0 }
}

/// Adds the product to `out`, which is zero.
pub(crate) fn multiply(kernel: Kernel, out: &mut [u64], a: &[u64], b: &[u64], scratch: &mut [u64]) {
    if a.len() <= kernel.most() {
        return kernel.multiply(out, a, b);
    }
    let half = a.len().div_ceil(2);
    let ((a0, a1), (b0, b1)) = (a.split_at(half), b.split_at(half));
    let (low, high) = out.split_at_mut(2 * half);
    multiply(kernel, low, a0, b0, scratch);
    multiply(kernel, high, a1, b1, scratch);

    // a0·b1 + a1·b0 = a0·b0 + a1·b1 − (a0 − a1)·(b0 − b1)
    let (differences, rest) = scratch.split_at_mut(2 * half);
    let (cross, rest) = rest.split_at_mut(2 * half);
    let (middle, rest) = rest.split_at_mut(2 * half + 1);
    let (a_difference, b_difference) = differences.split_at_mut(half);
    let negative = difference(a_difference, a0, a1) != difference(b_difference, b0, b1);
    cross.fill(0);
    multiply(kernel, cross, a_difference, b_difference, rest);
    middle[..2 * half].copy_from_slice(low);
    middle[2 * half] = 0;
    let mut overflows = add_to(middle, high);
    overflows |= if negative { add_to(middle, cross) } else { subtract_from(middle, cross) };
    overflows |= add_to(&mut out[half..], middle);
    debug_assert!(!overflows);
}

/// Writes how far two numbers are apart; true if the second is greater. It may be a limb shorter.
pub(crate) fn difference(out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
    out.copy_from_slice(a);
    let borrow = subtract_from(out, b);
    if borrow {
        negate(out);
    }
    borrow
}

/// The two's complement.
pub(crate) fn negate(limbs: &mut [u64]) {
    let mut carry = true;
    for limb in limbs {
        (*limb, carry) = (!*limb).carrying_add(0, carry);
    }
}
