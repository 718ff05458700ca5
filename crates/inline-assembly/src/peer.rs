//! The faster of the two crates for whole numbers of any size that are written in Rust: `dashu`.

use dashu_int::UBig;

/// Both numbers together.
pub fn sum(a: &UBig, b: &UBig) -> UBig {
    a + b
}

/// The product.
pub fn product(a: &UBig, b: &UBig) -> UBig {
    a * b
}
