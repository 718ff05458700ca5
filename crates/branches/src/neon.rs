//! Four values at a time with NEON, which every AArch64 processor has: the table of shuffles has
//! sixteen entries, and a shuffle is a list of bytes.

use crate::branchless::append;
use std::arch::aarch64::*;

/// For each mask, the bytes of the lanes whose bits are set, then byte 255, which gives zero.
static ORDERS: [[u8; 16]; 16] = {
    let mut orders = [[255; 16]; 16];
    let mut mask = 0;
    while mask < 16 {
        let (mut byte, mut end) = (0, 0);
        while byte < 16 {
            if mask >> (byte / 4) & 1 == 1 {
                orders[mask][end] = byte;
                end += 1;
            }
            byte += 1;
        }
        mask += 1;
    }
    orders
};

/// The values below the limit, in their order.
pub(crate) fn below(limit: u32, values: &[u32]) -> Vec<u32> {
    let mut kept: Vec<u32> = Vec::with_capacity(values.len());
    let (fours, rest) = values.as_chunks::<4>();
    for four in fours {
        let end = kept.len();
        // SAFETY: all of AArch64 has NEON. The loads read arrays of sixteen bytes. No more were
        // kept than were read before these four, so four more fit into a vector with room for all
        // values. What is kept of them has just been written.
        unsafe {
            let four = vld1q_u32(four.as_ptr());
            let lanes = vandq_u32(
                vcltq_u32(four, vdupq_n_u32(limit)),
                vld1q_u32([1_u32, 2, 4, 8].as_ptr()),
            );
            let mask = vaddvq_u32(lanes);
            let order = vld1q_u8(ORDERS[mask as usize].as_ptr());
            let packed = vqtbl1q_u8(vreinterpretq_u8_u32(four), order);
            vst1q_u8(kept.as_mut_ptr().add(end).cast(), packed);
            kept.set_len(end + mask.count_ones() as usize);
        }
    }
    append(limit, rest, &mut kept);
    kept
}
