//! Limbs of 64 bits to digits of 52 and back: thirteen of one are sixteen of the other.

const MASK: u64 = (1 << 52) - 1;

/// Sixteen digits of each thirteen limbs; says how many are used.
#[inline]
pub(crate) fn split(digits: &mut [u64], limbs: &[u64]) -> usize {
    let (blocks, rest) = limbs.as_chunks::<13>();
    let mut last = [0; 13];
    last[..rest.len()].copy_from_slice(rest);
    for (limbs, digits) in blocks.iter().chain([&last]).zip(digits.as_chunks_mut::<16>().0) {
        for (at, digit) in digits.iter_mut().enumerate() {
            let (limb, shift) = (at * 52 / 64, at * 52 % 64);
            let above = if limb < 12 { limbs[limb + 1] } else { 0 };
            let wide = u128::from(above) << 64 | u128::from(limbs[limb]);
            *digit = (wide >> shift) as u64 & MASK;
        }
    }
    (limbs.len() * 64).div_ceil(52)
}

/// Sums of columns to digits.
#[inline]
pub(crate) fn carry(sums: &mut [u64]) {
    let mut carry = 0;
    for sum in sums {
        carry += *sum;
        *sum = carry & MASK;
        carry >>= 52;
    }
}

/// Thirteen limbs of each sixteen digits.
#[inline]
pub(crate) fn join(out: &mut [u64], digits: &[u64]) {
    let block = |digits: &[u64; 16]| -> [u64; 13] {
        std::array::from_fn(|at| {
            let (digit, shift) = (at * 64 / 52, at * 64 % 52);
            let both = digits[digit] >> shift | digits[digit + 1] << (52 - shift);
            let third = if shift > 40 { digits[digit + 2] << (104 - shift) } else { 0 };
            both | third
        })
    };
    let (blocks, rest) = out.as_chunks_mut::<13>();
    let mut digits = digits.as_chunks::<16>().0.iter();
    for (limbs, digits) in blocks.iter_mut().zip(&mut digits) {
        *limbs = block(digits);
    }
    if let Some(digits) = digits.next() {
        rest.copy_from_slice(&block(digits)[..rest.len()]);
    }
}
