//! The same table, worked out by the compiler: it is part of the program, like a string.

use crate::polynomial::POLYNOMIAL;

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!crc, |crc, byte| crc >> 8 ^ TABLE[(crc as u8 ^ byte) as usize])
}

pub(crate) static TABLE: [u32; 256] = table();

/// Eight steps for each byte. A `const fn` of Rust 1.95 cannot use iterators, so it counts.
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut step = 0;
        while step < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 };
            step += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
}
