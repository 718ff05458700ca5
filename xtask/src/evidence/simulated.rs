//! To be written.

use super::Subject;
use crate::record::{Counted, Found, Simulated};

/// To be written.
pub fn gather(_: &Subject) -> Found<Counted<Simulated>> {
    Found::default()
}
