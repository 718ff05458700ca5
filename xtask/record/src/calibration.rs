//! What a record says of how far verdicts can be trusted on the machine.

use protocol::Effort;
use serde::{Deserialize, Serialize};

/// How often a machine gives wrong verdicts, found by experiments whose answer is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Calibration {
    /// Seconds since 1970, UTC, at its start.
    pub started: u64,
    /// The machine's processor: a calibration says nothing of another one.
    pub processor: String,
    /// The effort whose measuring was put to the test.
    pub effort: Effort,
    /// Processes of one experiment.
    pub processes: u64,
    /// The planted slowdown, as a share: 0.03.
    pub slowdown: f64,
    /// The experiments, by kind of job; empty where only runs were compared.
    pub kinds: Vec<CalibratedKind>,
    /// Whether a second run gave the same verdicts; absent if nobody compared two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<RunAgreement>,
}

/// Experiments with one kind of job. Each measures naive against naive under another name, and
/// against the planted slowdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CalibratedKind {
    /// What the job mostly waits for: "branches".
    pub name: String,
    /// Milliseconds of each process.
    pub millis: u64,
    /// Experiments in which enough blocks were quiet.
    pub experiments: u64,
    /// Those in which naive against itself gave a verdict all the same.
    pub false_verdicts: u64,
    /// Those in which the planted slowdown was found.
    pub found: u64,
    /// Those whose noise floor was above the planted slowdown, so that it could not be found: the
    /// floor said so.
    pub hidden: u64,
    /// Experiments beside those, in which the machine was too busy: they say "cannot tell", as a
    /// case would.
    pub too_busy: u64,
}

/// Verdicts of two runs of the same commit on the same machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RunAgreement {
    /// Verdicts that both runs have.
    pub all: u64,
    /// Those that are the same in both.
    pub same: u64,
    /// Faster in one run and slower in the other.
    pub opposite: u64,
    /// The commit.
    pub commit: String,
    /// The runs' effort.
    pub effort: Effort,
}

impl CalibratedKind {
    /// A kind of which nothing was counted yet.
    pub fn new(name: &str, millis: u64) -> Self {
        Self {
            name: name.to_owned(),
            millis,
            experiments: 0,
            false_verdicts: 0,
            found: 0,
            hidden: 0,
            too_busy: 0,
        }
    }
}

impl Calibration {
    /// All kinds together.
    pub fn total(&self) -> CalibratedKind {
        self.kinds.iter().fold(CalibratedKind::new("all", 0), |sum, kind| CalibratedKind {
            experiments: sum.experiments + kind.experiments,
            false_verdicts: sum.false_verdicts + kind.false_verdicts,
            found: sum.found + kind.found,
            hidden: sum.hidden + kind.hidden,
            too_busy: sum.too_busy + kind.too_busy,
            ..sum
        })
    }
}
