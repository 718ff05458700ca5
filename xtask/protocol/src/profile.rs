//! Profiles: where the time of a rung goes, and what is alive during a call of it.

use serde::{Deserialize, Serialize};

/// Answer to [`Question::Profile`](crate::Question::Profile): samples of stacks.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sampled {
    /// Samples asked for per second of processor time.
    pub hertz: u32,
    /// Samples for which there was no room.
    pub lost: u64,
    /// What was seen, and how often.
    pub stacks: Vec<Stack>,
    /// Where each of them was interrupted, if that is known.
    #[serde(default)]
    pub spots: Vec<Option<Spot>>,
}

/// A place in what is loaded: the program's own file, or a library's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spot {
    /// The path of the file.
    pub file: String,
    /// Bytes from where it is loaded.
    pub distance: u64,
}

/// One stack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stack {
    /// Names of functions, from the outermost in.
    pub frames: Vec<String>,
    /// The innermost one that has machine code of its own: frames inside it are inlined.
    pub function: String,
    /// Samples that saw it.
    pub samples: u64,
}

/// Answer to [`Question::Heap`](crate::Question::Heap): one call, once pools and arenas have
/// settled.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Heap {
    /// Allocations, zeroed ones included.
    pub allocations: u64,
    /// Changes of a block's size.
    pub reallocations: u64,
    /// Bytes asked for in total.
    pub bytes: u64,
    /// Most bytes alive at any moment beyond those before the call.
    pub peak: i64,
    /// Bytes alive when the call returned: its result, and what it keeps.
    pub returned: i64,
    /// Bytes alive when the result was dropped.
    pub end: i64,
    /// Allocator events behind each point.
    pub events_per_point: u64,
    /// The course; one point per group of events. Events and not time: the same in each run, and
    /// an interruption by the system makes no plateau.
    pub points: Vec<HeapPoint>,
}

/// Some events in a row. Bytes are those beyond what was alive before the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeapPoint {
    /// Fewest bytes alive after any of the events.
    pub low: i64,
    /// Most bytes alive after any of the events.
    pub high: i64,
}
