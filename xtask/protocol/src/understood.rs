//! How a job understood a file of the user's: what is said before anything is measured on it.

use serde::{Deserialize, Serialize};

/// How a file was read, and how much of it can be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Understood {
    /// In words: "3 columns separated by commas: `a`, `b`, `c`".
    pub how: String,
    /// What is counted, in the singular: "row", "line", "byte".
    pub unit: String,
    /// How many of them are there.
    pub there: u64,
    /// How many of those the job works on.
    pub used: u64,
}

impl std::fmt::Display for Understood {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { how, unit, there, used } = self;
        let plural = if *there == 1 { "" } else { "s" };
        write!(f, "{how}; {used} of {there} {unit}{plural} used")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_is_said_beside_what_is_there() {
        let understood =
            |there, used| Understood { how: "text".into(), unit: "line".into(), there, used };
        assert_eq!(understood(9, 7).to_string(), "text; 7 of 9 lines used");
        assert_eq!(understood(1, 1).to_string(), "text; 1 of 1 line used");
    }
}
