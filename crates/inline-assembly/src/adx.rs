//! Two carries at once: `adcx` keeps one in the carry flag, `adox` another in the overflow flag,
//! and `mulx` multiplies without touching either.
//!
//! The scheme is that of Ozturk, Guilford, Gopal and Feghali, "New Instructions Supporting Large
//! Integer Arithmetic on Intel Architecture Processors", 2012.

use crate::{adc, carrying};

/// What this rung needs.
///
/// # Errors
/// Says what is missing.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    return if is_x86_feature_detected!("bmi2") && is_x86_feature_detected!("adx") {
        Ok(())
    } else {
        Err("a processor with BMI2 and ADX, for mulx, adcx and adox".to_owned())
    };
    #[cfg(not(target_arch = "x86_64"))]
    Err("x86-64: this is its assembly".to_owned())
}

/// Both numbers together; the last limb is the carry. One chain needs one flag: as before.
pub fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    adc::sum(a, b)
}

/// The product, as many limbs as both have together.
pub fn product(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut out = vec![0; a.len() + b.len()];
    multiply(&mut out, a, b);
    out
}

/// Adds the product to `out`, which is zero.
pub(crate) fn multiply(out: &mut [u64], a: &[u64], b: &[u64]) {
    if available().is_err() {
        return carrying::multiply(out, a, b);
    }
    for (at, &factor) in b.iter().enumerate() {
        // SAFETY: the processor has BMI2 and ADX.
        out[at + a.len()] = unsafe { row(&mut out[at..at + a.len()], a, factor) };
    }
}

/// Adds `factor` times `a` to `out` and returns the carry.
///
/// # Safety
/// The processor has BMI2 and ADX.
unsafe fn row(out: &mut [u64], a: &[u64], factor: u64) -> u64 {
    assert_eq!(out.len(), a.len());
    let (blocks, out) = out.as_chunks_mut::<8>();
    let (a_blocks, a) = a.as_chunks();
    // SAFETY: as promised to this function.
    let carry = unsafe { row_blocks(blocks, a_blocks, factor) };
    carrying::row(out, a, factor, carry)
}

#[cfg(not(target_arch = "x86_64"))]
unsafe fn row_blocks(out: &mut [[u64; 8]], a: &[[u64; 8]], factor: u64) -> u64 {
    carrying::row(out.as_flattened_mut(), a.as_flattened(), factor, 0)
}

/// # Safety
/// The processor has BMI2 and ADX.
#[cfg(target_arch = "x86_64")]
#[inline]
unsafe fn row_blocks(out: &mut [[u64; 8]], a: &[[u64; 8]], factor: u64) -> u64 {
    macro_rules! limb {
        ($at:literal, $before:literal, $high:literal) => {
            concat!(
                "mulx {",
                $high,
                "}, {low}, [{a} + 8 * ",
                $at,
                "]\n",
                "adcx {low}, {",
                $before,
                "}\n", // the high half of the limb before
                "adox {low}, [{out} + 8 * ",
                $at,
                "]\n",
                "mov [{out} + 8 * ",
                $at,
                "], {low}\n",
            )
        };
    }
    assert_eq!(out.len(), a.len());
    let mut carry = 0;
    if out.is_empty() {
        return carry;
    }
    // SAFETY: the processor has the instructions. Each round reads a block of `a` and changes one
    // of `out`, and there are as many of each as rounds. The stack is left alone, and flags are not
    // declared as preserved.
    unsafe {
        std::arch::asm!(
            "xor {zero:e}, {zero:e}", // clears both flags
            "2:",
            limb!(0, "carry", "odd"), limb!(1, "odd", "carry"),
            limb!(2, "carry", "odd"), limb!(3, "odd", "carry"),
            limb!(4, "carry", "odd"), limb!(5, "odd", "carry"),
            limb!(6, "carry", "odd"), limb!(7, "odd", "carry"),
            "lea {a}, [{a} + 64]",
            "lea {out}, [{out} + 64]",
            "lea rcx, [rcx - 1]", // dec would write the overflow flag …
            "jrcxz 3f", // … and this jump reads none
            "jmp 2b",
            "3:",
            "adcx {carry}, {zero}",
            "adox {carry}, {zero}",
            a = inout(reg) a.as_ptr() => _,
            out = inout(reg) out.as_mut_ptr() => _,
            inout("rcx") a.len() => _,
            carry = inout(reg) carry,
            in("rdx") factor, // where mulx looks for it
            odd = out(reg) _,
            low = out(reg) _,
            zero = out(reg) _,
            options(nostack),
        );
    }
    carry
}
