//! A buffer that begins at a cache line.
//!
//! Allocators align to sixteen bytes. From there on, every second 32-byte load and every 64-byte
//! load straddles two lines and costs two accesses, or none does: by luck, which differs from
//! process to process. A program that owns its buffers need not leave that to luck.

use std::ops::Deref;

const LINE: usize = 64;

/// Values in a row, the first of them at the beginning of a cache line.
#[derive(Debug)]
pub struct Aligned<T> {
    buffer: Vec<T>,
    from: usize,
}

impl<T: Copy + Default> Aligned<T> {
    /// Copies the values to where a line begins.
    pub fn new(values: &[T]) -> Self {
        let spare = LINE / size_of::<T>();
        let mut buffer: Vec<T> = Vec::with_capacity(values.len() + spare);
        let from = buffer.as_ptr().align_offset(LINE).min(spare);
        buffer.resize(from, T::default());
        buffer.extend_from_slice(values); // within the capacity: nothing moves
        Self { buffer, from }
    }
}

impl<T> Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.buffer[self.from..]
    }
}
