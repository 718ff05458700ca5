//! To be written.

use super::Subject;
use crate::record::{Assembly, Counted, Found};

/// To be written.
pub fn gather(_: &Subject) -> Found<Counted<Assembly>> {
    Found::default()
}
