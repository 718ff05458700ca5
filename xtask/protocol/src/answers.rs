//! What a bench binary answers when it has measured something, or refuses to.

use serde::{Deserialize, Serialize};

/// Answer to `duel`: one process, one scenario, interleaved slices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// How many inputs rotated.
    pub inputs: usize,
    /// Index into the rungs for each column: every available rung once, then naive again for the
    /// A/A control.
    pub columns: Vec<usize>,
    /// Untimed slices with which a turn of each column began, to bring its caches and predictors
    /// back.
    pub untimed: Vec<u64>,
    /// One entry per block.
    pub blocks: Vec<Block>,
    /// How much limited work one call is: bytes, operations, accesses. 0 without a limit.
    pub work: f64,
    /// Bytes within which that work happens: decides which cache level bounds it.
    pub within: f64,
    /// Bytes of the data that each rung works on, where the case says.
    pub data_bytes: Vec<Option<u64>>,
    /// Nanoseconds that a cache line took from core to core before all this; 0 where it does not
    /// matter, or is not known.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub handover: f64,
}

/// Whether a number that is left out where it is not known is left out.
pub fn is_zero(x: &f64) -> bool {
    *x == 0.0
}

/// Whoever takes so many times as long to hand a cache line from core to core works on cores that
/// are further apart.
pub const FURTHER: f64 = 1.5;

/// A computation of the sentinel slower than usual by more than this tells of a neighbour.
pub const QUIET_SLACK: f64 = 1.1;

/// All columns once, in random order, between runs of the sentinel.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Block {
    /// Nanoseconds per call, by column.
    pub ns: Vec<f64>,
    /// Nanoseconds of processor time per call, by column, all threads together; empty where the
    /// case works on one core.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cpu: Vec<f64>,
    /// Pages that the system handed over per call, by column; 0 where a call consumes its input,
    /// whose clones are not told apart.
    #[serde(default)]
    pub faults: Vec<f64>,
    /// The slowest of the sentinel's computations around the slices, in nanoseconds.
    pub compute: f64,
    /// The slower of its walks through memory before and after, in nanoseconds; 0 where memory is
    /// not watched.
    pub stream: f64,
}

/// Answer to `allocations`: one entry per rung, `None` where it is unavailable.
pub type AllocationCounts = Vec<Option<Allocations>>;

/// What one call asks of the allocator, and of the system for its pages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Allocations {
    /// Calls of `alloc` and `alloc_zeroed`.
    pub allocations: u64,
    /// Calls of `realloc`.
    pub reallocations: u64,
    /// Bytes asked for, growth by `realloc` included.
    pub bytes: u64,
    /// Most bytes live at once above the level before the call.
    pub peak: u64,
    /// Whether three calls gave the same counts; else these are the largest.
    pub repeatable: bool,
    /// Pages that the system hands over in a call, in the long run; absent where the system does
    /// not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faults: Option<f64>,
}

/// Answer to `tail`: one entry per rung, `None` where it is unavailable.
pub type Tails = Vec<Option<Tail>>;

/// How long single calls took, in nanoseconds, the clock's own cost included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tail {
    /// Calls timed.
    pub calls: u64,
    /// The median.
    pub p50: f64,
    /// One call in ten took longer.
    pub p90: f64,
    /// One in a hundred.
    pub p99: f64,
    /// One in a thousand.
    pub p99_9: f64,
    /// One in ten thousand.
    pub p99_99: f64,
}

/// Answer to `hot`: where a rung's threads were when they were interrupted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HotSpots {
    /// Addresses in the program, relative to where it is loaded, each with how often.
    pub addresses: Vec<(u64, u64)>,
    /// How often in libraries or in code of the system's.
    pub outside: u64,
    /// Why nothing could be sampled.
    pub unavailable: Option<String>,
}

/// Answer of a bench binary that refuses to time something; its exit status is [`REFUSED`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A rung gave another result than naive, or panicked.
    Disagreement {
        /// The rung that differs.
        rung: String,
        /// Distribution and size.
        scenario: String,
        /// The input's seed.
        seed: u64,
        /// The first difference.
        difference: String,
    },
    /// The user's file is not something that the job can read.
    BadInput {
        /// Line, from 1; 0 where the file as a whole is meant.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// An input could not be made cold: why, as what stands behind "not on this system, because".
    NotCold(String),
    /// A process that the answer needs has ended: which, and how.
    Ended(String),
    /// There is no result after so many seconds.
    Endless {
        /// On which input, if that is known.
        at: Option<String>,
        /// How long it was waited.
        seconds: u64,
    },
    /// The arguments make no sense: xtask and the binary are of different versions.
    Usage(String),
}

/// Exit status that goes with a [`Refusal`].
pub const REFUSED: i32 = 3;

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Disagreement { rung, scenario, seed, difference } => {
                write!(
                    f,
                    "rung `{rung}` disagrees with naive at {scenario}, seed {seed}: {difference}"
                )
            }
            Self::BadInput { line: 0, message } => write!(f, "{message}"),
            Self::BadInput { line, message } => write!(f, "line {line}: {message}"),
            Self::NotCold(why) => write!(f, "not on this system, because {why}"),
            Self::Ended(message) | Self::Usage(message) => write!(f, "{message}"),
            Self::Endless { at, seconds } => {
                let at = at.as_ref().map_or_else(String::new, |at| format!(" at {at}"));
                write!(f, "it did not end within {seconds} s{at}: an endless loop?")
            }
        }
    }
}
