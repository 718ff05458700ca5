//! A record: one run, as a versioned JSON file, the only thing that the book reads of what was
//! measured.
//!
//! [`Record`] and its parts are what measuring fills in and judging reads; its [`Circumstance`]s
//! are what two runs may differ in beside their figures; [`merge`] makes one of several that could
//! have been one run; [`whole`] writes files and folders whole or not at all. Knows the protocol
//! alone: what bench binaries answered stands in a record as they said it.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod again;
mod builds;
mod calibration;
mod check;
mod circumstances;
mod evidence;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
mod load;
pub mod merge;
#[cfg(any(test, feature = "fixture"))]
pub mod mutated;
mod named;
pub mod output;
mod record;
mod rows;
#[cfg(test)]
mod schema;
mod shards;
pub mod whole;

pub use again::Run;
pub use builds::{
    BuildCost, BuildOutcome, Builds, BuiltProgram, BuiltVariant, ProgramJob, ProgramRound,
    ProgramRun,
};
pub use calibration::{CalibratedKind, Calibration, RunAgreement};
pub use check::{Check, Checked, Fault, LAST_SECOND, kept, shown};
pub use circumstances::{Aspect, Circumstance};
pub use evidence::{
    Assembly, Counted, Counters, Evidence, Found, RungCost, Second, Simulated, Simulator,
    SystemCalls,
};
pub use record::{
    CaseRecord, Condition, Pair, Record, ScenarioRecord, Severity, Solo, Toolchain, UserFile, date,
    write_json,
};
pub use rows::{Host, Rows, RowsOutcome, RowsProgram};
pub use shards::Shards;
