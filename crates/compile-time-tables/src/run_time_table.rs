//! What eight steps do to a byte is the same every time: work it out for all 256, then look it up.
//!
//! The table is Sarwate's ("Computation of Cyclic Redundancy Checks via Table Look-Up", 1988).

use crate::polynomial::POLYNOMIAL;

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    let table = table();
    !bytes.iter().fold(!crc, |crc, byte| crc >> 8 ^ table[(crc as u8 ^ byte) as usize])
}

/// Eight steps for each byte.
fn table() -> [u32; 256] {
    std::array::from_fn(|byte| {
        (0..8)
            .fold(byte as u32, |crc, _| if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 })
    })
}
