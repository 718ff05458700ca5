//! The memory of another process.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt as _;

use nix::unistd::Pid;

use super::value::Memory;

/// A process's memory, which may be written although it is code.
pub(super) struct Remote(File);

impl Memory for Remote {
    fn read(&self, address: u64, into: &mut [u8]) -> bool {
        self.0.read_exact_at(into, address).is_ok()
    }
}

impl Remote {
    pub fn open(pid: Pid) -> io::Result<Self> {
        OpenOptions::new().read(true).write(true).open(format!("/proc/{pid}/mem")).map(Self)
    }

    pub fn word(&self, address: u64) -> Option<u64> {
        let mut word = [0; 8];
        self.read(address, &mut word).then(|| u64::from_le_bytes(word))
    }

    pub fn byte(&self, address: u64) -> Option<u8> {
        let mut byte = [0];
        self.read(address, &mut byte).then_some(byte[0])
    }

    pub fn set(&self, address: u64, byte: u8) {
        // Who has ended meanwhile has no memory, and nobody misses the trap.
        let _ = self.0.write_all_at(&[byte], address);
    }
}
