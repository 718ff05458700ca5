//! The same index, where one carry-less product by all ones says which bytes are inside quotes:
//! Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (2019).

use std::hash::RandomState;

use crate::export::{Export, Report};
use crate::index;
use crate::masks::Width;

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    index::sums_with::<RandomState>(export, Width::widest())
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says what is missing.
pub fn needs() -> Result<(), String> {
    if Width::widest().multiplies() {
        return Ok(());
    }
    Err("this processor has no AVX2 with PCLMULQDQ".to_owned())
}
