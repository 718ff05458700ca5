//! To be written.

use super::Subject;
use crate::record::RungCost;

/// To be written.
pub fn gather(_: &Subject) -> Vec<RungCost> {
    Vec::new()
}
