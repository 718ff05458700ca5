//! What a profile says: somebody's stacks in, cases of this book out. No file is opened and no
//! process started here.
//!
//! [`read`] makes a [`Profile`] of whatever samplers write, and says what it took it for; [`names`]
//! tells from a function's name whose it is; [`find`] holds the [signs](cases::signs) of all cases
//! against the stacks; [`built`] sees a debug build, or one without names, which is said first;
//! [`saved`] is what is kept of it, and [`answer`] joins it to what a record measured. [`truth`]
//! counts how often the answer is right where that is known. No case is named here: all that is
//! known of them stands in their manifests.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)] // diagnosing prints nothing

pub mod answer;
pub mod built;
pub mod find;
pub mod names;
mod profile;
pub mod read;
pub mod saved;
pub mod truth;

pub use profile::{Call, Kind, Place, Profile};
