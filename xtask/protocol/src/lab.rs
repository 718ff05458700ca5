//! What a lab asks beside what a case is asked: where an attempt is wrong, and whether it remembers
//! what it was given.

use serde::{Deserialize, Serialize};

use crate::case::Scenario;

/// What a survey writes to standard error before each input, and the input behind it: who dies of
/// one tells of it so.
pub const BEGUN: &str = "begun: ";

/// What a difference begins with that is a panic.
pub const PANICKED: &str = "it panicked: ";

/// Answer to `survey`: one for each input that was tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// The distribution and size, or `edges` and how many of those there are.
    pub scenario: Scenario,
    /// The input's seed; of an edge, its place in the table.
    pub seed: u64,
    /// How a rung was wrong, if one was.
    pub wrong: Option<Wrong>,
}

/// How a rung differs from naive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// Which.
    pub rung: String,
    /// The first difference.
    pub difference: String,
    /// Whether it was right when it was first given this input.
    pub again: bool,
    /// The input, if it is small enough to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
}

/// Answer to `fresh`, by rung: nanoseconds of the same calls, of inputs that the rung has never
/// seen and of the same ones again.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fresh {
    /// Of inputs never seen.
    pub first: f64,
    /// Of the same inputs again.
    pub again: f64,
}

impl Fresh {
    /// How many times as long new inputs take.
    #[must_use]
    pub fn ratio(self) -> f64 {
        self.first / self.again.max(1.0)
    }
}
