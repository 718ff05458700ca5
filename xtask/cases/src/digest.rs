//! A short name for bytes (FNV-1a, 64 bits): to tell whether two are the same, not against anybody
//! who means harm.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};

/// What was added so far.
#[derive(Debug, Clone, Copy)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Digest {
    /// Adds some bytes; those of two calls do not run together.
    pub fn add(&mut self, bytes: &[u8]) {
        self.more(bytes);
        self.more(&bytes.len().to_le_bytes());
    }

    /// Adds what a file holds.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn add_file(&mut self, path: &Path) -> Result<()> {
        let cannot = || format!("cannot read {}", path.display());
        let mut file = File::open(path).with_context(cannot)?;
        let mut block = vec![0; 64 << 10];
        loop {
            match file.read(&mut block).with_context(cannot)? {
                0 => break,
                read => self.more(&block[..read]),
            }
        }
        self.more(&[0]);
        Ok(())
    }

    fn more(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }

    /// As a number.
    pub fn number(self) -> u64 {
        self.0
    }

    /// As a name of a file.
    pub fn text(self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_has_another_name() {
        let of = |parts: &[&str]| {
            let mut digest = Digest::default();
            parts.iter().for_each(|part| digest.add(part.as_bytes()));
            digest.text()
        };
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&[]), of(&[""]));
    }
}
