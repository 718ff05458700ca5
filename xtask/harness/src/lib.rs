//! What a bench file calls, and what answers when the binary that it builds is asked something.
//!
//! A case is plain functions and one table of [`Rung`]s. The table drives its tests ([`agree()`])
//! and its bench file, which says in a [`Bench`] on which inputs they are measured and what is
//! claimed of them. Data goes one way from there. A `Bench` is a `job::Job`, a case without its
//! types; `cli` answers one question about it per process and prints the answer, which is all that
//! anybody learns of it. For that `source` makes the inputs, seeded ones with [`data`] or those of
//! a user's [`text`]; `agree` holds every rung against naive before anything is timed, on what is
//! timed and on what `edges` adds to it; and one look takes what was asked: `duel`, `tail` and
//! `solo` times, `counters` events, `hot` and `profile` samples (by `signals`), `allocations` and
//! `heap` what is asked of the `allocator`, `faults` how many pages the system hands over. `survey`
//! and `fresh` look at a learner's attempt, which [`lab`] puts beside naive. `trials` are what test
//! runners run. Looks are written against `job` alone and compiled once. The timed loop, which
//! knows a case's types, is in `stopwatch`; `watch` keeps neighbours out of it. An input whose
//! rungs need threads holds a [`Crew`]. Knows `protocol`, and nothing of who asks.

mod agree;
mod allocations;
mod allocator;
mod apart;
mod bad_line;
mod bench;
mod built;
mod callgrind;
mod cli;
pub mod core_kind;
mod counters;
mod crew;
pub mod data;
mod duel;
mod edges;
mod faults;
mod file;
mod formats;
mod fresh;
mod from_file;
mod handover;
mod heap;
mod hostile;
mod hot;
pub mod huge_pages;
mod job;
pub mod lab;
mod layout;
mod loaded;
mod numbers;
mod one_core;
mod output;
mod own_cores;
mod pairs;
mod profile;
mod rung;
mod scenario;
mod sentinel;
mod signals;
mod singles;
mod slices;
mod solo;
mod source;
mod spent;
mod stopwatch;
mod substance;
mod survey;
mod tail;
mod trace;
mod trials;
mod turn;
mod vectors;
mod watch;
mod worker;

pub use agree::{
    Agreement, SIZES, agree, agree_at, agree_at_by, agree_by, agree_on, agree_on_by, check, exact,
};
pub use bad_line::{BadLine, shown};
pub use bench::Bench;
pub use crew::Crew;
pub use file::{line_at, text};
pub use formats::unlike_lines;
pub use from_file::{FromFile, Rows};
pub use hostile::{hold_reader, hold_reader_by};
pub use numbers::{columns, numbers, rows};
pub use pairs::{Pairs, pairs};
#[cfg(feature = "profile")]
pub use profile::process;
pub use protocol::Expect::{DoesNotPay, Faster, MemoryAtMost};
pub use rung::Rung;
pub use scenario::Limit;
