//! What a core does with instructions: how long a cycle is, how many enter at once, how long an
//! addition takes, and how much of fetching memory hides behind arithmetic. Compilers fold what
//! they can foresee, so the instructions are given.

use std::time::Duration;

use protocol::{Cost, price};

use crate::{best_ns, cost};

/// How long one of them is measured.
const PATIENCE: Duration = Duration::from_millis(10);
/// Turns of one run.
const TURNS: usize = 2_000;
/// Instructions of a turn that do the same.
const SAME: usize = 8;

/// All that this architecture is known to have.
pub(crate) fn costs() -> Vec<Cost> {
    vec![
        cost(
            price::CYCLE,
            each(kernels::chain()),
            "an integer addition that waits for the one before",
        ),
        cost(price::INSTRUCTION, each(kernels::nothing()), "one that does nothing, among many"),
        cost(price::VECTOR, each(kernels::vectors()), "an addition on vectors, among many"),
        cost(
            price::ADDITION,
            each(kernels::sum()),
            "of 64 bits, one that waits for the one before",
        ),
        cost(
            price::BEHIND,
            behind(),
            "what is left of fetching one from the second level while instructions run that take \
             about as long",
        ),
    ]
}

/// Nanoseconds of one instruction, in turns of [`SAME`].
fn each(kernel: Option<fn(usize)>) -> Option<f64> {
    let kernel = kernel?;
    Some(best_ns(PATIENCE, || kernel(TURNS)) / (TURNS * SAME) as f64)
}

/// Both at once takes longer than the longer of the two alone; how much of the shorter that is, is
/// how much of a line remains.
fn behind() -> Option<f64> {
    /// Bytes well inside the first level, and well beyond it and inside the second.
    const SIZES: [usize; 2] = [8 << 10, 128 << 10];
    let [fetch, both] = kernels::lines()?;
    let memory = vec![1_u64; (SIZES[1] + LINE) / 8];
    let memory = &memory[memory.as_ptr().align_offset(LINE)..];
    let line = |kernel: fn(&[u64]), size: usize| {
        let part = &memory[..size / 8];
        best_ns(PATIENCE, || kernel(part)) * LINE as f64 / size as f64
    };
    let (fetched, ran) = (line(fetch, SIZES[1]), line(both, SIZES[0]));
    let beyond = (line(both, SIZES[1]) - fetched.max(ran)).max(0.0);
    Some(beyond / fetched.min(ran) * fetched)
}

/// The unit in which memory moves.
const LINE: usize = 64;

/// Two ways to read lines: alone, and with other instructions between.
type Lines = [fn(&[u64]); 2];

/// Loops over the instructions of this architecture.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod kernels {
    use std::hint::black_box;

    use super::{LINE, eight};

    /// Integer additions, each of what the one before left.
    pub(super) fn chain() -> Option<fn(usize)> {
        Some(|turns| {
            black_box((0..turns).fold(black_box(1), |x, _| eight::additions(x)));
        })
    }

    /// Floating-point additions, each to what the one before left.
    pub(super) fn sum() -> Option<fn(usize)> {
        Some(|turns| {
            let y = black_box(0.5);
            black_box((0..turns).fold(black_box(1.0), |x, _| eight::float_additions(x, y)));
        })
    }

    /// Instructions that do nothing.
    pub(super) fn nothing() -> Option<fn(usize)> {
        Some(|turns| (0..turns).for_each(|_| eight::nothings()))
    }

    /// Additions on vectors, none of which waits for another of its turn.
    pub(super) fn vectors() -> Option<fn(usize)> {
        Some(|turns| (0..turns).for_each(|_| eight::vector_additions()))
    }

    /// Reads lines in order; and the same with instructions between that do nothing.
    pub(super) fn lines() -> Option<super::Lines> {
        let fetch = |words: &[u64]| words.as_chunks().0.iter().for_each(eight::line);
        let both = |words: &[u64]| {
            for line in words.as_chunks::<{ LINE / 8 }>().0 {
                eight::line(line);
                eight::nothings();
            }
        };
        Some([fetch, both])
    }
}

/// Instructions, each eight times where they are all the same.
#[cfg(target_arch = "x86_64")]
mod eight {
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

    /// Does nothing.
    #[inline(always)]
    pub(super) fn nothings() {
        // SAFETY: they do nothing.
        unsafe { asm!(".rept 8", "nop", ".endr") };
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
}

/// Instructions, each eight times where they are all the same.
#[cfg(target_arch = "aarch64")]
mod eight {
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

    /// Does nothing.
    #[inline(always)]
    pub(super) fn nothings() {
        // SAFETY: they do nothing.
        unsafe { asm!(".rept 8", "nop", ".endr") };
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
}

/// On an architecture that we do not know, nothing can be given.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
mod kernels {
    /// Unknown here.
    pub(super) fn chain() -> Option<fn(usize)> {
        None
    }

    pub(super) use self::chain as sum;
    pub(super) use self::chain as nothing;
    pub(super) use self::chain as vectors;

    /// Unknown here.
    pub(super) fn lines() -> Option<super::Lines> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_core_does_is_within_what_cores_do() {
        let costs = costs();
        let ns = |name: &str| costs.iter().find(|cost| cost.name == name).and_then(|it| it.ns);
        let Some(cycle) = ns(price::CYCLE) else { return };
        assert!(cycle > 0.05 && cycle < 10.0, "{cycle}");
        let at_best = ns(price::INSTRUCTION).unwrap() / cycle;
        assert!(at_best > 0.02 && at_best < 3.0, "{at_best}: several enter in a cycle");
        assert!(ns(price::ADDITION).unwrap() > cycle, "numbers with points take longer");
        assert!(ns(price::BEHIND).unwrap() >= 0.0);
    }
}
