//! What most programs have at hand: `num-bigint`.

use ::num_bigint::BigUint;

/// Both numbers together.
pub fn sum(a: &BigUint, b: &BigUint) -> BigUint {
    a + b
}

/// The product.
pub fn product(a: &BigUint, b: &BigUint) -> BigUint {
    a * b
}
