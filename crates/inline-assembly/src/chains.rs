//! What is linear in a clever product: a number added to another in place, or subtracted from it,
//! with the carry in the flag as in `adc`, and with `sbb` for the borrow.

/// Adds a number that may be shorter; true if the sum does not fit.
pub(crate) fn add_to(out: &mut [u64], a: &[u64]) -> bool {
    let (start, rest) = out.split_at_mut(a.len());
    let (blocks, start) = start.as_chunks_mut();
    let (a_blocks, a) = a.as_chunks();
    let mut carry = add_blocks(blocks, a_blocks);
    for (out, &a) in start.iter_mut().zip(a) {
        (*out, carry) = out.carrying_add(a, carry);
    }
    for out in rest {
        (*out, carry) = out.carrying_add(0, carry);
    }
    carry
}

/// Subtracts a number that may be shorter; true if it was greater.
pub(crate) fn subtract_from(out: &mut [u64], a: &[u64]) -> bool {
    let (start, rest) = out.split_at_mut(a.len());
    let (blocks, start) = start.as_chunks_mut();
    let (a_blocks, a) = a.as_chunks();
    let mut borrow = subtract_blocks(blocks, a_blocks);
    for (out, &a) in start.iter_mut().zip(a) {
        (*out, borrow) = out.borrowing_sub(a, borrow);
    }
    for out in rest {
        (*out, borrow) = out.borrowing_sub(0, borrow);
    }
    borrow
}

#[cfg(not(target_arch = "x86_64"))]
fn add_blocks(out: &mut [[u64; 8]], a: &[[u64; 8]]) -> bool {
    let mut carry = false;
    for (out, &a) in out.as_flattened_mut().iter_mut().zip(a.as_flattened()) {
        (*out, carry) = out.carrying_add(a, carry);
    }
    carry
}

#[cfg(not(target_arch = "x86_64"))]
fn subtract_blocks(out: &mut [[u64; 8]], a: &[[u64; 8]]) -> bool {
    let mut borrow = false;
    for (out, &a) in out.as_flattened_mut().iter_mut().zip(a.as_flattened()) {
        (*out, borrow) = out.borrowing_sub(a, borrow);
    }
    borrow
}

#[cfg(target_arch = "x86_64")]
macro_rules! limb {
    ($operation:literal, $at:literal) => {
        concat!(
            "mov {limb}, [{out} + 8 * ",
            $at,
            "]\n",
            $operation,
            " {limb}, [{a} + 8 * ",
            $at,
            "]\n",
            "mov [{out} + 8 * ",
            $at,
            "], {limb}\n",
        )
    };
}

/// Eight limbs a round, and the flag from the first to the last.
#[cfg(target_arch = "x86_64")]
macro_rules! chain {
    ($operation:literal, $out:ident, $a:ident) => {{
        assert_eq!($out.len(), $a.len());
        if $out.is_empty() {
            return false;
        }
        let carry: u8;
        // SAFETY: each round reads a block of `a` and changes one of `out`, and there are as many
        // of each as rounds. The stack is left alone, and flags are not declared as preserved.
        unsafe {
            std::arch::asm!(
                "test {blocks}, {blocks}", // clears the carry
                "2:",
                limb!($operation, 0), limb!($operation, 1),
                limb!($operation, 2), limb!($operation, 3),
                limb!($operation, 4), limb!($operation, 5),
                limb!($operation, 6), limb!($operation, 7),
                "lea {a}, [{a} + 64]", "lea {out}, [{out} + 64]",
                "dec {blocks}", "jnz 2b",
                "setc {carry}",
                limb = out(reg) _, blocks = inout(reg) $a.len() => _, carry = out(reg_byte) carry,
                a = inout(reg) $a.as_ptr() => _, out = inout(reg) $out.as_mut_ptr() => _,
                options(nostack),
            );
        }
        carry != 0
    }};
}

#[cfg(target_arch = "x86_64")]
fn add_blocks(out: &mut [[u64; 8]], a: &[[u64; 8]]) -> bool {
    chain!("adc", out, a)
}

#[cfg(target_arch = "x86_64")]
fn subtract_blocks(out: &mut [[u64; 8]], a: &[[u64; 8]]) -> bool {
    chain!("sbb", out, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_can_be_subtracted_and_carries_reach_the_end() {
        for n in 0..40 {
            for shorter in 0..=n {
                let mut out = vec![u64::MAX; n];
                let mut one = vec![0; shorter];
                if let Some(first) = one.first_mut() {
                    *first = 1;
                }
                let wraps = shorter > 0;
                assert_eq!(add_to(&mut out, &one), wraps);
                assert!(out.iter().all(|&limb| limb == if wraps { 0 } else { u64::MAX }));
                assert_eq!(subtract_from(&mut out, &one), wraps);
                assert!(out.iter().all(|&limb| limb == u64::MAX));
                let a: Vec<u64> = (1..).take(shorter).collect();
                assert!(!subtract_from(&mut out, &a));
                assert!(out.iter().zip(&a).all(|(&limb, &a)| limb == u64::MAX - a));
                assert!(!add_to(&mut out, &a));
                assert!(out.iter().all(|&limb| limb == u64::MAX));
            }
        }
    }
}
