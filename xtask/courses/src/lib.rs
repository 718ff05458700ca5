//! What teachers need of the book, made of what is there: no figure and no job is written twice.
//!
//! [`outline`] adds up the minutes of a course's sessions, which [`catalog`] has from manifests;
//! [`quiz`] chooses the ratios of a record to guess, [`exam`] makes questions and their key of one,
//! by the dice of a seed; [`subject`] reads what a case says of itself; [`cohort`] says how a
//! class went, of people who are known by aliases alone. Nothing here writes HTML: the book's
//! program does. Knows `labs`, `cases`, `judge`, `record` and `protocol`.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)] // what is made here, commands print

pub mod catalog;
pub mod cohort;
pub mod exam;
#[cfg(any(test, feature = "fixture"))]
pub mod made_up;
pub mod outline;
pub mod quiz;
pub mod subject;
