//! Instructions of x86-64, each eight times where they are all the same.

use std::arch::asm;

use super::LINE;

/// Adds a number to itself.
#[inline(always)]
pub(super) fn additions(mut x: u64) -> u64 {
    // SAFETY: instructions on registers, which every x86-64 has.
    unsafe { asm!(".rept 8", "add {x}, {x}", ".endr", x = inout(reg) x) };
    x
}

/// Adds to a number with a point.
#[inline(always)]
pub(super) fn float_additions(mut x: f64, y: f64) -> f64 {
    // SAFETY: instructions on registers, which every x86-64 has.
    unsafe {
        asm!(".rept 8", "addsd {x}, {y}", ".endr", x = inout(xmm_reg) x, y = in(xmm_reg) y);
    }
    x
}

/// Multiplies a number with a point.
#[inline(always)]
pub(super) fn float_products(mut x: f64, y: f64) -> f64 {
    // SAFETY: instructions on registers, which every x86-64 has.
    unsafe {
        asm!(".rept 8", "mulsd {x}, {y}", ".endr", x = inout(xmm_reg) x, y = in(xmm_reg) y);
    }
    x
}

/// Multiplies a number with a point and adds to it.
#[inline(always)]
pub(super) fn products_and_sums(mut x: f64, y: f64) -> f64 {
    // SAFETY: instructions on registers, which every x86-64 has.
    unsafe {
        asm!(".rept 8", "mulsd {x}, {y}", "addsd {x}, {y}", ".endr",
            x = inout(xmm_reg) x, y = in(xmm_reg) y);
    }
    x
}

/// Adds a vector to itself.
#[inline(always)]
pub(super) fn vector_chain() {
    // SAFETY: instructions on registers, which every x86-64 has; what they hold does not
    // matter.
    unsafe { asm!(".rept 8", "paddd xmm0, xmm0", ".endr", out("xmm0") _) };
}

/// Moves what is in a vector to a general register, and back.
#[inline(always)]
pub(super) fn there_and_back() {
    // SAFETY: instructions on registers, which every x86-64 has; what they hold does not
    // matter.
    unsafe {
        asm!(".rept 8", "movd eax, xmm0", "movd xmm0, eax", ".endr", out("eax") _,
            out("xmm0") _);
    }
}

/// Whether this processor multiplies without carries.
pub(super) fn has_carry_less() -> bool {
    is_x86_feature_detected!("pclmulqdq")
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
        asm!("pclmulqdq xmm0, xmm8, 0", "pclmulqdq xmm1, xmm8, 0", "pclmulqdq xmm2, xmm8, 0",
            "pclmulqdq xmm3, xmm8, 0", "pclmulqdq xmm4, xmm8, 0", "pclmulqdq xmm5, xmm8, 0",
            "pclmulqdq xmm6, xmm8, 0", "pclmulqdq xmm7, xmm8, 0", out("xmm0") _,
            out("xmm1") _, out("xmm2") _, out("xmm3") _, out("xmm4") _, out("xmm5") _,
            out("xmm6") _, out("xmm7") _, out("xmm8") _);
    }
}

/// Copies a register to others, none of which is read.
#[inline(always)]
pub(super) fn copies(x: u64) {
    // SAFETY: instructions on registers, which every x86-64 has.
    unsafe {
        asm!(".rept 2", "mov {a}, {x}", "mov {b}, {x}", "mov {c}, {x}", "mov {d}, {x}", ".endr",
            x = in(reg) x, a = out(reg) _, b = out(reg) _, c = out(reg) _, d = out(reg) _);
    }
}

/// Adds vectors of which none waits for another.
#[inline(always)]
pub(super) fn vector_additions() {
    // SAFETY: instructions on registers, which every x86-64 has; what they hold does not
    // matter.
    unsafe {
        asm!("paddd xmm0, xmm8", "paddd xmm1, xmm8", "paddd xmm2, xmm8", "paddd xmm3, xmm8",
            "paddd xmm4, xmm8", "paddd xmm5, xmm8", "paddd xmm6, xmm8", "paddd xmm7, xmm8",
            out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _, out("xmm4") _,
            out("xmm5") _, out("xmm6") _, out("xmm7") _, out("xmm8") _);
    }
}

/// Reads a line.
#[inline(always)]
pub(super) fn line(line: &[u64; LINE / 8]) {
    // SAFETY: the line is as long as what is read, and aligned to itself.
    unsafe {
        asm!("movaps xmm0, [{p}]", "movaps xmm1, [{p} + 16]", "movaps xmm2, [{p} + 32]",
            "movaps xmm3, [{p} + 48]", p = in(reg) line.as_ptr(), out("xmm0") _,
            out("xmm1") _, out("xmm2") _, out("xmm3") _);
    }
}
