//! The lookup with NEON, sixteen bytes at once. Every 64-bit ARM processor has it, so a portable
//! build may use it, and there is nothing to ask at run time.

use crate::tables::{LAST_HIGH, LAST_LOW, LEADS_3, LEADS_4, THIS_HIGH};
use std::arch::aarch64::*;

/// The number of characters, or nothing if this is no text.
#[target_feature(enable = "neon")]
pub(crate) fn count(bytes: &[u8]) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<64>();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    let zero = vdupq_n_u8(0);
    let (mut before, mut bad, mut characters) = (zero, zero, 0);
    for block in blocks.iter().chain([&last]) {
        let vectors: [uint8x16_t; 4] =
            std::array::from_fn(|at| load(&block.as_chunks::<16>().0[at]));
        if ascii(before, vectors) {
            characters += 64;
        } else {
            let mut begins = zero;
            for (at, &this) in vectors.iter().enumerate() {
                let here = vcgtq_s8(vreinterpretq_s8_u8(this), vdupq_n_s8(-65));
                begins = vsubq_u8(begins, here); // true is all ones, which is minus one
                let before = if at == 0 { before } else { vectors[at - 1] };
                bad = vorrq_u8(bad, wrong(before, this));
            }
            characters += usize::from(vaddvq_u8(begins));
        }
        before = vectors[3];
    }
    (vmaxvq_u8(bad) == 0).then_some(characters - (64 - rest.len()))
}

/// Whether all of a block is ASCII, and so are the three bytes before it.
#[inline]
#[target_feature(enable = "neon")]
fn ascii(before: uint8x16_t, [a, b, c, d]: [uint8x16_t; 4]) -> bool {
    let last_three = vextq_u8::<13>(before, vdupq_n_u8(0));
    let any = vorrq_u8(vorrq_u8(vorrq_u8(a, b), vorrq_u8(c, d)), last_three);
    vmaxvq_u8(any) < 0x80
}

/// Not zero where a byte may not stand behind those before it: see `lookup`.
#[inline]
#[target_feature(enable = "neon")]
fn wrong(before: uint8x16_t, this: uint8x16_t) -> uint8x16_t {
    let last = vextq_u8::<15>(before, this);
    let pairs = vandq_u8(
        vandq_u8(
            vqtbl1q_u8(load(&LAST_HIGH), vshrq_n_u8::<4>(last)),
            vqtbl1q_u8(load(&LAST_LOW), vandq_u8(last, vdupq_n_u8(0x0f))),
        ),
        vqtbl1q_u8(load(&THIS_HIGH), vshrq_n_u8::<4>(this)),
    );
    let third = vqsubq_u8(vextq_u8::<14>(before, this), vdupq_n_u8(LEADS_3));
    let fourth = vqsubq_u8(vextq_u8::<13>(before, this), vdupq_n_u8(LEADS_4));
    veorq_u8(pairs, vandq_u8(vorrq_u8(third, fourth), vdupq_n_u8(0x80)))
}

#[inline]
#[target_feature(enable = "neon")]
fn load(bytes: &[u8; 16]) -> uint8x16_t {
    // SAFETY: sixteen bytes are readable, and the load asks for no alignment.
    unsafe { vld1q_u8(bytes.as_ptr()) }
}
