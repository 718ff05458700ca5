//! Finds the cases: workspace members with `package.metadata.case`. Nothing else lists them.
//!
//! [`workspace`] asks cargo for the cases and says where the tool keeps its files; [`rungs`] reads
//! the names of a case's rungs from its table; [`source`] finds in a file's text what it refers to,
//! [`modules`] follows that from file to file, and tells with a [`digest`] whether they changed,
//! [`footnotes`] in a chapter's what bears its sentences out; [`signs`] are how a case's problem is
//! seen in a profile, [`code`] what they can ask of machine code, [`repeats`] of calls; [`names`]
//! holds what a user typed against what there is, [`naming`] what a new case is to be called;
//! [`text`] reads files however git checked them out. Knows none of the tool's other rooms.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)] // finding prints nothing

pub mod code;
pub mod digest;
pub mod footnotes;
pub mod modules;
pub mod names;
pub mod naming;
pub mod repeats;
pub mod rungs;
pub mod signs;
pub mod source;
pub mod text;
pub mod workspace;

pub use workspace::{Case, PARTS, Workspace, cargo};
