//! What a journal's lines say.

use protocol::{AllocationCounts, Machine, Round, Scenario, Tails};
use serde::{Deserialize, Serialize};

use super::Plan;
use record::{Condition, Evidence, Solo};

/// What every journal says it is, with the version of its format.
pub const FORMAT: &str = "casebook-journal 2";

/// The first line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Always the same: what this is, and in which version.
    pub journal: String,
    /// Seconds since 1970, UTC, at the start of the run.
    pub started: u64,
    /// What is measured.
    pub plan: Plan,
}

/// Every other line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A run begins or goes on.
    Session {
        /// What the machine can do, as measured at that moment.
        machine: Machine,
        /// What may disturb it.
        conditions: Vec<Condition>,
    },
    /// Something is known of a case.
    Case {
        /// Which.
        case: String,
        /// How long it took to find out.
        seconds: f64,
        /// What is known.
        piece: Piece,
    },
}

/// What one process, or one look, found out about a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// The answer of one paired round, unreduced: what a quiet block is depends on all rounds.
    Round {
        /// Where.
        scenario: Scenario,
        /// Which round, from 0.
        round: u64,
        /// The answer.
        answer: Round,
    },
    /// A rung disagrees: the case gets no figures, not even earlier ones. Other failures are not
    /// written down, because a run that goes on may well try again.
    Wrong(String),
    /// What calls allocate.
    Allocations {
        /// Where.
        scenario: Scenario,
        /// By rung.
        counts: AllocationCounts,
    },
    /// How long single calls take.
    Tails {
        /// Where.
        scenario: Scenario,
        /// By rung.
        tails: Tails,
    },
    /// criterion's times by rung and scenario.
    Criterion(Vec<((String, String), Solo)>),
    /// Why each rung takes its time.
    Evidence(Evidence),
}
