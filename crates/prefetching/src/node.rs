//! Sixteen sorted keys on one cache line, and how many of them are below an address.

/// What a cache line holds.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub struct Node(pub [u32; 16]);

impl Node {
    /// How many keys are below the address. There is no branch to guess: all keys are compared, and
    /// the compiler does it with the widest vectors that the caller is compiled for.
    #[inline(always)] // so that it is compiled with the features of its caller
    pub fn below(&self, address: u32) -> usize {
        self.0.iter().map(|&key| u32::from(key < address)).sum::<u32>() as usize
    }
}
