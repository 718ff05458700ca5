//! What a checksum is a remainder of.

/// The polynomial of CRC-32 (IEEE 802.3) without its leading term, highest power in the lowest bit.
pub const POLYNOMIAL: u32 = 0xedb8_8320;
