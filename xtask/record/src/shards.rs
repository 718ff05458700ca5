//! The parts of a run that several machines measured at the same time.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The parts of a run that a record holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Shards {
    /// Their numbers, from 1.
    pub numbers: BTreeSet<usize>,
    /// How many parts there are.
    pub of: usize,
}

impl Shards {
    /// The parts that are not here.
    pub fn missing(&self) -> Vec<usize> {
        (1..=self.of).filter(|number| !self.numbers.contains(number)).collect()
    }
}
