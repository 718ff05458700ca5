//! The peer's two passes, the first by a fork of `simdutf8` that has AVX-512 too.

use std::str::Utf8Error;

use crate::naive;

/// The number of characters of a text, if it is one.
pub fn characters(bytes: &[u8]) -> Result<usize, Utf8Error> {
    count(bytes).map_or_else(|| naive::characters(bytes), Ok)
}

/// The number of characters, or nothing if this is no text.
pub(crate) fn count(bytes: &[u8]) -> Option<usize> {
    let text = ps_simdutf8::basic::from_utf8(bytes).ok()?;
    Some(bytecount::num_chars(text.as_bytes()))
}
