//! What a bench file calls: agreement before timing, criterion, paired runs, allocation counts.
//!
//! A case is plain functions and one table of [`Rung`]s. The table drives its tests ([`agree()`]),
//! its bench binary ([`Bench`]) and, through what that binary prints, the book.

mod agree;
mod allocations;
mod allocator;
mod bench;
mod cli;
mod counters;
pub mod data;
mod duel;
mod file;
mod heap;
mod hot;
mod job;
mod loaded;
mod numbers;
mod pairs;
mod profile;
mod rung;
mod scenario;
mod sentinel;
mod signals;
mod solo;
mod source;
mod stopwatch;
mod tail;
mod trace;
mod vectors;
mod watch;

pub use agree::{Agreement, SIZES, agree, agree_by, agree_on, agree_on_by, check, exact};
pub use bench::Bench;
pub use file::{BadLine, line_at, shown, text};
pub use numbers::{columns, numbers, rows};
pub use pairs::{Pairs, pairs};
pub use protocol::Expect::{AtLeast, DoesNotPay, MemoryAtMost};
pub use rung::Rung;
pub use scenario::Limit;
