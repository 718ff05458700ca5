//! To be written.

use super::Subject;
use crate::record::{Counted, Counters, Found};

/// To be written.
pub fn gather(_: &Subject) -> Found<Counted<Counters>> {
    Found::default()
}
