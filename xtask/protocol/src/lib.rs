//! What bench binaries and the tool say to each other: one JSON value per process on standard
//! output.
//!
//! [`question`] is what the tool asks. [`case`] is what is known before anything is measured,
//! [`build`] how the binary was built, [`answers`] what measuring gave, [`counting`] and
//! [`profile`] what a closer look gave, [`machine`] what the computer can do.
//! A bench binary never reads a record and the tool never links a case, so these types are all that
//! the two share. Knows none of the tool's other rooms.

#![forbid(unsafe_code)]

pub mod answers;
pub mod build;
mod caches;
pub mod case;
pub mod counting;
pub mod lab;
pub mod line_ends;
pub mod machine;
pub mod price;
pub mod profile;
pub mod question;
mod understood;

pub use answers::{
    AllocationCounts, Allocations, Block, FURTHER, HotSpots, QUIET_SLACK, REFUSED, Refusal, Round,
    Tail, Tails, is_zero,
};
pub use build::Build;
pub use caches::cache_ends;
pub use case::{
    Absent, Axis, Claim, Description, Effort, Expect, Items, LimitKind, RungInfo, Scenario,
    file_bytes,
};
pub use counting::{Counting, Event, EventCount, RungCounts};
pub use lab::{BEGUN, Fresh, PANICKED, Tried, Wrong};
pub use machine::{Cost, Machine, Peak, at};
pub use profile::{Heap, HeapPoint, Sampled, Spot, Stack};
pub use question::{ASK, OVER, Patience, Question, Reading, Sampler};
pub use understood::Understood;
