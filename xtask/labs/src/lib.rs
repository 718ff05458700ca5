//! Labs: jobs of the book that a learner does himself, graded by the book's own statistics.
//!
//! [`form`] reads what a lab is, from its package's manifest and the texts in its folder `lab/`;
//! [`folder`] is what is the learner's, with [`guess`] and [`progress`], the log that has a line
//! for each thing that happened. [`pattern`] says what wrong results have in common, [`scan`] what
//! an attempt's source shows, and [`grade`] which [`level`] it has reached. Nothing here is built
//! or run: that is the command's, and what it measures comes in as plain numbers. Knows `cases`,
//! `judge`, `protocol` and `record`, and opens no files but a lab's and a learner's.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)] // `record::output` prints

pub mod folder;
pub mod form;
pub mod grade;
pub mod guess;
pub mod level;
pub mod pattern;
pub mod progress;
pub mod scan;

pub use folder::Folder;
pub use form::{Kind, Lab, Place};
pub use grade::{Grade, Outcome, Sample};
pub use level::Level;
pub use pattern::{Disagreement, How};
pub use progress::{Checked, Event, Guess, Line, Progress};
