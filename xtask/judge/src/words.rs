//! How figures, claims, statements and scenarios read, on a terminal as in the book.

pub mod ahead;
pub mod claim;
pub mod format;
pub mod level;
pub mod marks;
pub mod programs;
pub mod scenario;
pub mod statement;
pub mod told;
pub mod whole;
