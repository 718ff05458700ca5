//! The same, but keys are hashed with `foldhash`, which multiplies whole words, in the place of
//! SipHash.

use crate::export::{Export, Report};
use crate::index;
use crate::masks::Width;

/// Rows and sum of values for each key.
pub fn sums(export: &Export) -> Report {
    index::sums_with::<foldhash::fast::RandomState>(export, Width::widest())
}
