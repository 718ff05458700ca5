//! `simdutf8` to check and `bytecount` to count, both with vectors that they choose at run time.
//! The basic check says only yes or no, which is what its documentation advises where most texts
//! are good; the standard library says where a bad one goes wrong.

use std::str::Utf8Error;

use crate::naive;

/// The number of characters of a text, if it is one.
pub fn characters(bytes: &[u8]) -> Result<usize, Utf8Error> {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Ok(bytecount::num_chars(text.as_bytes())),
        Err(_) => naive::characters(bytes),
    }
}
