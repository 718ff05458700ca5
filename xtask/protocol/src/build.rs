//! How a bench binary was built, as it says itself: nobody has to work it out from what cargo
//! reads.

use serde::{Deserialize, Serialize};

/// What made the code of a binary.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Build {
    /// First line of the version of the rustc that made it.
    pub rustc: String,
    /// The target triple.
    pub target: String,
    /// Flags that rustc was given beside those of the profile.
    pub flags: Vec<String>,
    /// Optimization level of the harness: "3".
    pub opt_level: String,
    /// Whether its assertions for debugging are compiled in.
    pub debug_assertions: bool,
    /// What a panic does: "unwind".
    pub panic: String,
    /// Features of the processor that the compiler could count on: "sse2".
    pub features: Vec<String>,
    /// Bytes to whose multiples its functions are aligned, as their addresses show.
    pub alignment: u64,
}
