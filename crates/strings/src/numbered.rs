//! A number for each tag, and the standard map with its own hash function. All but that function is
//! [`crate::interned`].

use std::hash::RandomState;

use crate::interned::{self, load_by};

/// A column of tags.
pub type Column = interned::Column<RandomState>;

/// Reads the tags of all events.
pub fn load(text: &str) -> Column {
    load_by(text)
}

pub use interned::{ask, bytes};
