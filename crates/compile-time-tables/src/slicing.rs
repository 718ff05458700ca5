//! Sixteen bytes a step, from sixteen tables: their look-ups do not wait for one another.
//!
//! Slicing is Kounavis and Berry's ("A Systematic Approach to Building High Performance,
//! Software-based, CRC Generators", 2005).

use crate::const_table;

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    let (blocks, tail) = bytes.as_chunks::<16>();
    let crc = !blocks.iter().fold(!crc, |crc, block| {
        let block = (u128::from_le_bytes(*block) ^ u128::from(crc)).to_le_bytes();
        let ahead = |at: usize| TABLES[15 - at][block[at] as usize];
        (0..16).fold(0, |crc, at| crc ^ ahead(at))
    });
    const_table::update(crc, tail)
}

/// `TABLES[n][byte]` is what becomes of a byte after `n` more bytes, all of them zero. 16 KiB.
static TABLES: [[u32; 256]; 16] = tables();

const fn tables() -> [[u32; 256]; 16] {
    let mut tables = [const_table::TABLE; 16];
    let mut at = 256;
    while at < 16 * 256 {
        let before = tables[at / 256 - 1][at % 256];
        tables[at / 256][at % 256] = before >> 8 ^ const_table::TABLE[before as u8 as usize];
        at += 1;
    }
    tables
}
