//! Five products of a third of the length instead of nine, until Karatsuba takes over.
//!
//! Toom, "The Complexity of a Scheme of Functional Elements Realizing the Multiplication of
//! Integers", 1963, and Cook, 1966. A number is a polynomial whose coefficients are its thirds, and
//! a product of polynomials is known from its values at five places. Those here are 0, 1, −1, 2 and
//! ∞, and the order of steps back from values to coefficients is of the kind that Bodrato and
//! Zanoni searched for in "Integer and Polynomial Multiplication: Towards Optimal Toom-Cook
//! Matrices", 2007: one division by three, two by two, and nothing in between is negative.

use crate::adc;
use crate::chains::{add_to, subtract_from};
use crate::karatsuba::{self, Kernel, difference, negate};

/// Both numbers together; the last limb is the carry.
pub fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    adc::sum(a, b)
}

/// The product, as many limbs as both have together.
pub fn product(a: &[u64], b: &[u64]) -> Vec<u64> {
    let kernel = Kernel::detected();
    if !pays(kernel, a.len()) {
        return karatsuba::product_by(kernel, a, b);
    }
    product_by(Method { kernel, thirds: pays }, a, b)
}

/// What multiplies parts, and which numbers are taken in thirds.
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// A kernel that runs here.
    pub kernel: Kernel,
    /// Whether numbers of that many limbs are; those of less than 24 never.
    pub thirds: fn(Kernel, usize) -> bool,
}

/// The product, by a method of choice.
pub fn product_by(method: Method, a: &[u64], b: &[u64]) -> Vec<u64> {
    assert_eq!(a.len(), b.len());
    let mut out = vec![0; a.len() + b.len()];
    multiply(method, &mut out, a, b, &mut vec![0; method.room(a.len())]);
    out
}

/// Whether thirds are better than halves, as measured.
pub(crate) fn pays(kernel: Kernel, limbs: usize) -> bool {
    match kernel {
        // Up to four times what the kernel takes, halving twice is enough.
        Kernel::Vectors => limbs > 416,
        Kernel::TwoCarries => limbs > 280,
        Kernel::Portable => limbs > 180,
    }
}

impl Method {
    /// The last third must have room for what is added there.
    fn takes_thirds(self, limbs: usize) -> bool {
        limbs >= 24 && (self.thirds)(self.kernel, limbs)
    }

    /// Limbs of scratch that numbers of that many take.
    fn room(self, limbs: usize) -> usize {
        if !self.takes_thirds(limbs) {
            return karatsuba::room(self.kernel, limbs);
        }
        let value = limbs.div_ceil(3) + 1;
        // A third itself may need more than a value, which is a limb longer.
        10 * value
            + self.room(value).max(self.room(value - 1)).max(self.room(limbs - 2 * value + 2))
    }
}

/// Adds the product to `out`, which is zero.
fn multiply(by: Method, out: &mut [u64], a: &[u64], b: &[u64], scratch: &mut [u64]) {
    if !by.takes_thirds(a.len()) {
        return karatsuba::multiply(by.kernel, out, a, b, scratch);
    }
    let third = a.len().div_ceil(3);
    let value = third + 1; // twice a third, and four times one more, take a limb more
    let [a, b] = [a, b].map(|limbs| Thirds::new(limbs, third));
    let (values, rest) = scratch.split_at_mut(4 * value);
    let (products, rest) = rest.split_at_mut(6 * value);
    let (a_values, b_values) = values.split_at_mut(2 * value);
    let ((a_even, a_at), (b_even, b_at)) =
        (a_values.split_at_mut(value), b_values.split_at_mut(value));
    products.fill(0);
    let (one, others) = products.split_at_mut(2 * value);
    let (minus, two) = others.split_at_mut(2 * value);

    a.even_and_at_one(a_even, a_at);
    b.even_and_at_one(b_even, b_at);
    multiply(by, one, a_at, b_at, rest);
    let negative = difference(a_at, a_even, a.middle) != difference(b_at, b_even, b.middle);
    multiply(by, minus, a_at, b_at, rest);
    a.at_two(a_at);
    b.at_two(b_at);
    multiply(by, two, a_at, b_at, rest);
    let (low, high) = out.split_at_mut(4 * third);
    multiply(by, &mut low[..2 * third], a.low, b.low, rest);
    multiply(by, high, a.high, b.high, rest);

    if !negative {
        negate(minus);
    }
    coefficients(&low[..2 * third], one, minus, two, high);
    let mut overflows = add_to(&mut out[third..], minus);
    overflows |= add_to(&mut out[2 * third..], one);
    overflows |= add_to(&mut out[3 * third..], two);
    debug_assert!(!overflows);
}

/// A number in three parts, the last of which may be shorter.
struct Thirds<'a> {
    low: &'a [u64],
    middle: &'a [u64],
    high: &'a [u64],
}

impl<'a> Thirds<'a> {
    fn new(limbs: &'a [u64], third: usize) -> Self {
        let (low, rest) = limbs.split_at(third);
        let (middle, high) = rest.split_at(third);
        Self { low, middle, high }
    }

    /// Writes low + high, which the values at 1 and at −1 have in common, and the value at 1.
    fn even_and_at_one(&self, even: &mut [u64], at: &mut [u64]) {
        even[..self.low.len()].copy_from_slice(self.low);
        even[self.low.len()] = 0;
        let mut overflows = add_to(even, self.high);
        at.copy_from_slice(even);
        overflows |= add_to(at, self.middle);
        debug_assert!(!overflows);
    }

    /// Writes low + 2 · middle + 4 · high.
    fn at_two(&self, at: &mut [u64]) {
        at.fill(0);
        at[..self.high.len()].copy_from_slice(self.high);
        double_and_add(at, self.middle);
        double_and_add(at, self.low);
    }
}

/// From the values of a product to its coefficients: those of x, x² and x³ take the place of the
/// negated value at −1, which wraps around if it is below zero, and of the values at 1 and 2.
fn coefficients(zero: &[u64], one: &mut [u64], minus: &mut [u64], two: &mut [u64], top: &[u64]) {
    add_to(two, minus);
    divide_by_three(two); // x + x² + 3x³ + 5x⁴
    add_to(minus, one);
    halve(minus); // x + x³
    subtract_from(one, zero); // x + x² + x³ + x⁴
    subtract_from(two, one);
    halve(two); // x³ + 2x⁴
    subtract_from(one, minus);
    subtract_from(one, top); // x²
    subtract_from(two, top);
    subtract_from(two, top); // x³
    subtract_from(minus, two); // x
}

/// Doubles a number and adds another that may be shorter; the result fits.
fn double_and_add(out: &mut [u64], a: &[u64]) {
    let (start, rest) = out.split_at_mut(a.len());
    let mut carry = 0;
    for (out, &a) in start.iter_mut().zip(a) {
        let wide = (u128::from(*out) << 1) + u128::from(a) + carry;
        *out = wide as u64;
        carry = wide >> 64;
    }
    for out in rest {
        let wide = (u128::from(*out) << 1) + carry;
        *out = wide as u64;
        carry = wide >> 64;
    }
    debug_assert_eq!(carry, 0);
}

/// Halves an even number.
fn halve(limbs: &mut [u64]) {
    let mut above = 0;
    for limb in limbs.iter_mut().rev() {
        (*limb, above) = (*limb >> 1 | above, *limb << 63);
    }
}

/// Divides a multiple of three. With B = 2⁶⁴, its product with (B − 1) / 3 is B − 1 times the
/// quotient, and that is undone from the lowest limb on: no product waits for the one before.
fn divide_by_three(limbs: &mut [u64]) {
    let mut carry = 0_u64;
    for limb in limbs {
        let wide = u128::from(*limb) * u128::from(u64::MAX / 3);
        let (quotient, borrow) = carry.overflowing_sub(wide as u64);
        *limb = quotient;
        carry = quotient.wrapping_sub((wide >> 64) as u64 + u64::from(borrow));
    }
}
