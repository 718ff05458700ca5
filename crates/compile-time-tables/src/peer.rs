//! `crc-fast`, which picks among carry-less products of every width at run time.

use crc_fast::{CrcAlgorithm, Digest};

/// The checksum of a text of which `crc` is the checksum so far, and `bytes` what follows.
pub fn update(crc: u32, bytes: &[u8]) -> u32 {
    if crc == 0 {
        return crc_fast::crc32_iso_hdlc(bytes);
    }
    let so_far = u64::from(!crc);
    let mut digest = Digest::new_with_init_state(CrcAlgorithm::Crc32IsoHdlc, so_far);
    digest.update(bytes);
    digest.finalize() as u32
}
