//! The chain written down: eight `adc` in a row, and a loop that leaves their carry alone.
//!
//! `lea` moves a pointer and `dec` counts without touching the carry flag, so it may live in the
//! flags from the first limb to the last.

use crate::carrying;

/// What this rung needs.
///
/// # Errors
/// Says what is missing.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    return Ok(());
    #[cfg(not(target_arch = "x86_64"))]
    Err("x86-64: this is its assembly".to_owned())
}

/// Both numbers together; the last limb is the carry.
pub fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = vec![0; a.len() + 1];
    out[a.len()] = u64::from(add(&mut out[..a.len()], a, b));
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

/// Writes the sum of numbers of one length; true if it does not fit.
pub(crate) fn add(out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
    assert!(out.len() == a.len() && out.len() == b.len());
    let (blocks, out) = out.as_chunks_mut::<8>();
    let (a_blocks, a) = a.as_chunks();
    let (b_blocks, b) = b.as_chunks();
    let mut carry = add_blocks(blocks, a_blocks, b_blocks);
    for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
        (*out, carry) = a.carrying_add(b, carry);
    }
    carry
}

/// Adds `factor` times `a` to `out` and returns the carry.
fn row(out: &mut [u64], a: &[u64], factor: u64) -> u64 {
    assert_eq!(out.len(), a.len());
    let (blocks, out) = out.as_chunks_mut::<4>();
    let (a_blocks, a) = a.as_chunks();
    let carry = row_blocks(blocks, a_blocks, factor);
    carrying::row(out, a, factor, carry)
}

#[cfg(not(target_arch = "x86_64"))]
fn add_blocks(out: &mut [[u64; 8]], a: &[[u64; 8]], b: &[[u64; 8]]) -> bool {
    carrying::add(out.as_flattened_mut(), a.as_flattened(), b.as_flattened())
}

#[cfg(not(target_arch = "x86_64"))]
fn row_blocks(out: &mut [[u64; 4]], a: &[[u64; 4]], factor: u64) -> u64 {
    carrying::row(out.as_flattened_mut(), a.as_flattened(), factor, 0)
}

#[cfg(target_arch = "x86_64")]
fn add_blocks(out: &mut [[u64; 8]], a: &[[u64; 8]], b: &[[u64; 8]]) -> bool {
    macro_rules! limb {
        ($at:literal) => {
            concat!(
                "mov {limb}, [{a} + 8 * ",
                $at,
                "]\n",
                "adc {limb}, [{b} + 8 * ",
                $at,
                "]\n",
                "mov [{out} + 8 * ",
                $at,
                "], {limb}\n",
            )
        };
    }
    assert!(out.len() == a.len() && out.len() == b.len());
    if out.is_empty() {
        return false;
    }
    let carry: u8;
    // SAFETY: each round reads a block of `a` and of `b` and writes one of `out`, and there are as
    // many of each as rounds. The stack is left alone, and flags are not declared as preserved.
    unsafe {
        std::arch::asm!(
            "test {blocks}, {blocks}", // clears the carry
            "2:",
            limb!(0), limb!(1), limb!(2), limb!(3), limb!(4), limb!(5), limb!(6), limb!(7),
            "lea {a}, [{a} + 64]", "lea {b}, [{b} + 64]", "lea {out}, [{out} + 64]",
            "dec {blocks}", "jnz 2b",
            "setc {carry}",
            limb = out(reg) _, blocks = inout(reg) a.len() => _, carry = out(reg_byte) carry,
            a = inout(reg) a.as_ptr() => _, b = inout(reg) b.as_ptr() => _,
            out = inout(reg) out.as_mut_ptr() => _,
            options(nostack),
        );
    }
    carry != 0
}

#[cfg(target_arch = "x86_64")]
fn row_blocks(out: &mut [[u64; 4]], a: &[[u64; 4]], factor: u64) -> u64 {
    /// The low half in rax, the high half in rdx.
    macro_rules! product {
        ($at:literal) => {
            concat!("mov rax, [{a} + 8 * ", $at, "]\n mul {factor}")
        };
    }
    assert_eq!(out.len(), a.len());
    let mut carry = 0;
    if out.is_empty() {
        return carry;
    }
    // SAFETY: each round reads a block of `a` and changes one of `out`, and there are as many of
    // each as rounds. The stack is left alone, and flags are not declared as preserved.
    unsafe {
        std::arch::asm!(
            "2:",
            // All products first, since `mul` overwrites the carry.
            product!(0), "mov {low0}, rax", "mov {high0}, rdx",
            product!(1), "mov {low1}, rax", "mov {high1}, rdx",
            product!(2), "mov {low2}, rax", "mov {high2}, rdx",
            product!(3),
            // The first chain: each high half to the low half above it.
            "add {low0}, {carry}",
            "adc {low1}, {high0}", "adc {low2}, {high1}", "adc rax, {high2}", "adc rdx, 0",
            // The second chain: all of it to what is there.
            "add [{out}], {low0}",
            "adc [{out} + 8], {low1}", "adc [{out} + 16], {low2}", "adc [{out} + 24], rax",
            "adc rdx, 0", "mov {carry}, rdx",
            "lea {a}, [{a} + 32]", "lea {out}, [{out} + 32]",
            "dec {blocks}", "jnz 2b",
            a = inout(reg) a.as_ptr() => _, out = inout(reg) out.as_mut_ptr() => _,
            blocks = inout(reg) a.len() => _, factor = in(reg) factor, carry = inout(reg) carry,
            low0 = out(reg) _, low1 = out(reg) _, low2 = out(reg) _, out("rax") _,
            high0 = out(reg) _, high1 = out(reg) _, high2 = out(reg) _, out("rdx") _,
            options(nostack),
        );
    }
    carry
}
