//! The same long division, with a mask of ones or zeros in the place of the branch.

use crate::polynomial::POLYNOMIAL;

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    let mut crc = !crc;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ POLYNOMIAL & (crc & 1).wrapping_neg();
        }
    }
    !crc
}
