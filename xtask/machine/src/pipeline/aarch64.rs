//! Instructions of AArch64, each eight times where they are all the same.

use std::arch::asm;

use super::LINE;

/// Adds a number to itself.
#[inline(always)]
pub(super) fn additions(mut x: u64) -> u64 {
    // SAFETY: instructions on registers, which every AArch64 has.
    unsafe { asm!(".rept 8", "add {x}, {x}, {x}", ".endr", x = inout(reg) x) };
    x
}

/// Adds to a number with a point.
#[inline(always)]
pub(super) fn float_additions(mut x: f64, y: f64) -> f64 {
    // SAFETY: instructions on registers, which every AArch64 with floats has.
    unsafe {
        asm!(".rept 8", "fadd {x:d}, {x:d}, {y:d}", ".endr", x = inout(vreg) x,
            y = in(vreg) y);
    }
    x
}

/// Multiplies a number with a point.
#[inline(always)]
pub(super) fn float_products(mut x: f64, y: f64) -> f64 {
    // SAFETY: instructions on registers, which every AArch64 with floats has.
    unsafe {
        asm!(".rept 8", "fmul {x:d}, {x:d}, {y:d}", ".endr", x = inout(vreg) x,
            y = in(vreg) y);
    }
    x
}

/// Multiplies a number with a point and adds to it.
#[inline(always)]
pub(super) fn products_and_sums(mut x: f64, y: f64) -> f64 {
    // SAFETY: instructions on registers, which every AArch64 with floats has.
    unsafe {
        asm!(".rept 8", "fmul {x:d}, {x:d}, {y:d}", "fadd {x:d}, {x:d}, {y:d}", ".endr",
            x = inout(vreg) x, y = in(vreg) y);
    }
    x
}

/// Adds a vector to itself.
#[inline(always)]
pub(super) fn vector_chain() {
    // SAFETY: instructions on registers, which every AArch64 with floats has; what they hold
    // does not matter.
    unsafe { asm!(".rept 8", "add v0.4s, v0.4s, v0.4s", ".endr", out("v0") _) };
}

/// Moves what is in a vector to a general register, and back.
#[inline(always)]
pub(super) fn there_and_back() {
    // SAFETY: instructions on registers, which every AArch64 with floats has; what they hold
    // does not matter.
    unsafe {
        asm!(".rept 8", "fmov w9, s0", "fmov s0, w9", ".endr", out("w9") _, out("v0") _);
    }
}

/// Whether this processor multiplies 64 bits without carries.
pub(super) fn has_carry_less() -> bool {
    std::arch::is_aarch64_feature_detected!("aes")
}

/// Multiplies without carries.
///
/// # Safety
/// The processor can.
#[inline(always)]
pub(super) unsafe fn carry_less() {
    // SAFETY: instructions on registers, which the caller vouches for; what they hold does not
    // matter.
    unsafe {
        asm!(".arch_extension aes", "pmull v0.1q, v0.1d, v16.1d", "pmull v1.1q, v1.1d, v16.1d",
            "pmull v2.1q, v2.1d, v16.1d", "pmull v3.1q, v3.1d, v16.1d",
            "pmull v4.1q, v4.1d, v16.1d", "pmull v5.1q, v5.1d, v16.1d",
            "pmull v6.1q, v6.1d, v16.1d", "pmull v7.1q, v7.1d, v16.1d", out("v0") _,
            out("v1") _, out("v2") _, out("v3") _, out("v4") _, out("v5") _,
            out("v6") _, out("v7") _, out("v16") _);
    }
}

/// Copies a register to others, none of which is read.
#[inline(always)]
pub(super) fn copies(x: u64) {
    // SAFETY: instructions on registers, which every AArch64 has.
    unsafe {
        asm!(".rept 2", "mov {a}, {x}", "mov {b}, {x}", "mov {c}, {x}", "mov {d}, {x}", ".endr",
            x = in(reg) x, a = out(reg) _, b = out(reg) _, c = out(reg) _, d = out(reg) _);
    }
}

/// Adds vectors of which none waits for another.
#[inline(always)]
pub(super) fn vector_additions() {
    // SAFETY: instructions on registers, which every AArch64 with floats has; what they hold
    // does not matter.
    unsafe {
        asm!("add v0.4s, v0.4s, v16.4s", "add v1.4s, v1.4s, v16.4s",
            "add v2.4s, v2.4s, v16.4s", "add v3.4s, v3.4s, v16.4s",
            "add v4.4s, v4.4s, v16.4s", "add v5.4s, v5.4s, v16.4s",
            "add v6.4s, v6.4s, v16.4s", "add v7.4s, v7.4s, v16.4s", out("v0") _,
            out("v1") _, out("v2") _, out("v3") _, out("v4") _, out("v5") _,
            out("v6") _, out("v7") _, out("v16") _);
    }
}

/// Reads a line.
#[inline(always)]
pub(super) fn line(line: &[u64; LINE / 8]) {
    // SAFETY: the line is as long as what is read.
    unsafe {
        asm!("ldp q0, q1, [{p}]", "ldp q2, q3, [{p}, #32]", p = in(reg) line.as_ptr(),
            out("v0") _, out("v1") _, out("v2") _, out("v3") _);
    }
}
