//! What a record says: no file is opened and no process started here.
//!
//! Data goes one way. [`reduce`] turns the raw rounds of a scenario into what a record keeps, with
//! the statistics of [`stats`] over the pairs of [`pairing`]; [`summary`] turns a record into
//! times, ratios with verdicts and claims held or broken, [`ahead`] and [`level`] to where a rung
//! is ahead and in which cache data lies, [`alone`] to whether rungs in turns disturb each other,
//! [`told`] to how small a difference the run can tell, [`tail`] to how rare a slow call;
//! [`records`] holds two records together, [`revisions`] the rounds of two revisions that took
//! turns; [`export`] and [`words`] say it for other programs and for people, [`card`] all of it on
//! one page; [`peers`] whether a crate is ahead of all of ours; [`older`] whether figures are of
//! today's code; [`whole`] says what a program gains of which a part does; [`bill`] takes a rung's
//! time apart. [`programs`] judges whole programs that took turns, [`builds`] one that was built in
//! several ways, [`rows`] several that do one job, [`circulating`] what everybody repeats. Knows
//! `record` and `protocol`.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)] // judging prints nothing

pub mod ahead;
pub mod alone;
pub mod bill;
mod binomial;
pub mod builds;
pub mod card;
pub mod circulating;
pub mod drawing;
pub mod export;
pub mod headline;
pub mod level;
pub mod older;
pub mod pairing;
pub mod peers;
pub mod programs;
pub mod rate;
pub mod records;
pub mod reduce;
pub mod revisions;
pub mod rows;
pub mod stacks;
pub mod statement;
pub mod states;
pub mod stats;
pub mod summary;
pub mod tail;
pub mod told;
pub mod whole;
pub mod words;
