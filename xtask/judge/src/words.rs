//! How figures, claims and scenarios read, on a terminal as in the book.

pub mod claim;
pub mod format;
pub mod scenario;
