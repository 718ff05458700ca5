//! Labs: jobs of the book that a learner does himself, graded by the book's own statistics.
//!
//! [`form`] reads what a lab is, from its package's manifest and the texts in its folder `lab/`;
//! [`progress`] the log that a learner's folder keeps, a line for each thing that happened;
//! [`level`] names the levels. Nothing here is built or run: that is the command's, and what is
//! measured for it comes in as plain numbers. Knows `cases`, `judge`, `protocol` and `record`, and
//! opens no files but a lab's and a learner's.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)] // `record::output` prints

pub mod form;
pub mod level;
pub mod progress;

pub use form::{Kind, Lab, Place};
pub use level::Level;
pub use progress::{Event, Line, Progress};
