//! Bit by bit: the long division that defines the checksum. A compiler may know this loop.

use crate::polynomial::POLYNOMIAL;

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    let mut crc = !crc;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 };
        }
    }
    !crc
}
