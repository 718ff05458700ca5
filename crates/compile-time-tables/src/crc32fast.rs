//! `crc32fast`, which computes this CRC alone and picks among carry-less products at run time.

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    let mut hasher = ::crc32fast::Hasher::new_with_initial(crc);
    hasher.update(bytes);
    hasher.finalize()
}
