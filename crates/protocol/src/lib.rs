//! What a bench binary and xtask say to each other: one JSON value per process on standard output.
//!
//! A bench binary never reads a record and xtask never links a case, so these types are all that
//! the two share.

#![forbid(unsafe_code)]

mod caches;
mod counting;
mod profile;

use serde::{Deserialize, Serialize};

pub use caches::cache_ends;
pub use counting::{Counting, Event, EventCount, RungCounts};
pub use profile::{Heap, HeapPoint, Profiled, Sampled, Stack};

/// Answer to `describe`: all that is known of a case before anything is measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Description {
    /// What `n` counts, in the singular: "row", "word".
    pub item: String,
    /// Every rung in table order; the first is the oracle.
    pub rungs: Vec<RungInfo>,
    /// Every scenario, small to large within a distribution.
    pub scenarios: Vec<Scenario>,
    /// What the case says of itself.
    pub claims: Vec<Claim>,
    /// What bounds the job, if the case names it.
    pub limit: Option<LimitKind>,
    /// Whether the job can read a file of the user's.
    pub reads_files: bool,
    /// The distributions along which something else than the size varies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub axes: Vec<Axis>,
    /// The scenarios in which single calls are timed, because the slowest matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tails: Vec<Scenario>,
}

impl Description {
    /// What `n` is in a distribution, where it is not a size.
    #[must_use]
    pub fn axis(&self, input: &str) -> Option<&Axis> {
        self.axes.iter().find(|axis| axis.input == input)
    }

    /// How many items an input of a scenario has.
    #[must_use]
    pub fn items(&self, scenario: &Scenario) -> usize {
        self.axis(&scenario.input).map_or(scenario.n, |axis| axis.items.of(scenario.n))
    }
}

/// A distribution whose `n` is not the number of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Axis {
    /// The distribution.
    pub input: String,
    /// What `n` is: "of the rows selected".
    pub quantity: String,
    /// What stands behind the number: " %", or nothing.
    pub unit: String,
    /// Items in an input.
    pub items: Items,
}

/// How many items an input has whose `n` is something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Items {
    /// Always as many: `n` says how they are made.
    Always(usize),
    /// `n` to this power: `n` is the side of a matrix.
    Power(u32),
}

impl Items {
    /// Items in an input of some `n`.
    #[must_use]
    pub fn of(self, n: usize) -> usize {
        match self {
            Self::Always(items) => items,
            Self::Power(power) => n.saturating_pow(power),
        }
    }
}

/// A rung as xtask knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RungInfo {
    /// Its name: that of its module.
    pub name: String,
    /// Why it cannot run on this machine; absent where it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<String>,
}

/// A distribution and a size at which a case is measured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scenario {
    /// Name of the distribution.
    pub input: String,
    /// Number of items.
    pub n: usize,
    /// The least effort at which the scenario is measured.
    pub effort: Effort,
}

/// How much a run measures; each level includes the one before it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// A usable ratio for every case, in seconds.
    Quick,
    /// The default.
    #[default]
    Standard,
    /// As long as it takes.
    Full,
}

/// How much of a user's file a run measures at most, in bytes: beyond any cache, and yet no run
/// takes minutes for one case, or all of the memory for a tree of the whole file.
#[must_use]
pub const fn file_bytes(effort: Effort) -> usize {
    match effort {
        Effort::Quick => 16 << 20,
        Effort::Standard => 32 << 20,
        Effort::Full => 64 << 20,
    }
}

/// What a case says of one rung in one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claim {
    /// The rung.
    pub rung: String,
    /// The distribution.
    pub input: String,
    /// The size.
    pub n: usize,
    /// What is said.
    pub expect: Expect,
    /// The rung that it is held against, where that is not naive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<String>,
}

impl Claim {
    /// The rung that it is held against.
    #[must_use]
    pub fn base(&self) -> &str {
        self.over.as_deref().unwrap_or("naive")
    }
}

/// The content of a claim, relative to another rung.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Expect {
    /// At least this many times as fast.
    AtLeast(f64),
    /// Not materially faster.
    DoesNotPay,
    /// The data that the rung works on takes at most this share of the other's.
    MemoryAtMost(f64),
}

/// What physically bounds a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// Bytes that must be read, over read bandwidth.
    Read,
    /// Bytes that must be read and written elsewhere, over copy bandwidth.
    Copy,
    /// 32-bit floating-point operations, over peak rate.
    Flops32,
    /// 64-bit floating-point operations, over peak rate.
    Flops64,
    /// Dependent memory accesses, over latency.
    Accesses,
    /// The naive time divided by the number of cores.
    Cores,
}

/// Answer to `duel`: one process, one scenario, interleaved slices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Seed of the first input; the others count up from it.
    pub seed: u64,
    /// How many inputs rotated.
    pub inputs: usize,
    /// Calls in each slice, by column.
    pub calls: Vec<u64>,
    /// Index into the rungs for each column: every available rung once, then naive again for the
    /// A/A control.
    pub columns: Vec<usize>,
    /// One entry per block.
    pub blocks: Vec<Block>,
    /// How much limited work one call is: bytes, operations, accesses. 0 without a limit.
    pub work: f64,
    /// Bytes within which that work happens: decides which cache level bounds it.
    pub within: f64,
    /// Bytes of the data that each rung works on, where the case says.
    pub data_bytes: Vec<Option<u64>>,
}

/// A computation of the sentinel slower than usual by more than this tells of a neighbour.
pub const QUIET_SLACK: f64 = 1.1;

/// All columns once, in random order, between runs of the sentinel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Nanoseconds per call, by column.
    pub ns: Vec<f64>,
    /// The slowest of the sentinel's computations around the slices, in nanoseconds.
    pub compute: f64,
    /// The slower of its walks through memory before and after, in nanoseconds; 0 where memory is
    /// not watched.
    pub stream: f64,
}

/// Answer to `allocations`: one entry per rung, `None` where it is unavailable.
pub type AllocationCounts = Vec<Option<Allocations>>;

/// What one call asks of the allocator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct Samples {
    /// Addresses in the program, relative to where it is loaded, each with how often.
    pub addresses: Vec<(u64, u64)>,
    /// How often in libraries or in code of the system's.
    pub outside: u64,
    /// How often waiting for the system: these threads did not compute.
    pub in_system_calls: u64,
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
            Self::Usage(message) => write!(f, "{message}"),
        }
    }
}

impl std::fmt::Display for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.input, self.n)
    }
}

/// A machine and what it can do at best, as the `machine` binary measures it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// Operating system and architecture: "linux x86_64".
    pub system: String,
    /// Vector extensions that matter here and are present: "avx2".
    pub features: Vec<String>,
    /// Advertised data cache sizes in bytes, from level 1 up; empty where the system does not tell.
    pub caches: Vec<u64>,
    /// Read bandwidth of one core in bytes per nanosecond, by bytes walked through, small to large.
    pub read: Vec<(f64, f64)>,
    /// Bytes copied per nanosecond by one core, by bytes of source and destination together.
    pub copy: Vec<(f64, f64)>,
    /// Nanoseconds for an access that waits for the one before, by bytes among which they fall.
    pub latency: Vec<(f64, f64)>,
    /// 32-bit floating-point operations per nanosecond on one core, at the widest vectors present.
    pub flops32: f64,
    /// The same with 64 bits.
    pub flops64: f64,
    /// Latency where the system grants huge pages; `None` where it does not.
    #[serde(default)]
    pub latency_huge_pages: Option<Vec<(f64, f64)>>,
    /// Cache sizes in bytes as latency shows them, from level 1 up.
    #[serde(default)]
    pub effective_caches: Vec<u64>,
    /// Bytes that all cores together read from main memory per nanosecond; 0 if not measured.
    #[serde(default)]
    pub read_all_cores: f64,
    /// Bytes that all cores together copy within main memory per nanosecond; 0 if not measured.
    #[serde(default)]
    pub copy_all_cores: f64,
    /// Peak arithmetic for each kind of vector present, narrow to wide.
    #[serde(default)]
    pub peaks: Vec<Peak>,
    /// What single operations cost.
    #[serde(default)]
    pub costs: Vec<Cost>,
}

/// What one core computes at best with one kind of vector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Peak {
    /// The kind: "scalar", "AVX2 + FMA".
    pub vectors: String,
    /// 32-bit floating-point operations per nanosecond.
    pub flops32: f64,
    /// The same with 64 bits.
    pub flops64: f64,
}

/// What one operation costs, undisturbed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cost {
    /// The operation: "system call".
    pub name: String,
    /// Nanoseconds; `None` where this system cannot measure it.
    pub ns: Option<f64>,
    /// What exactly was timed.
    pub how: String,
}

impl Machine {
    /// The better of two measurements, figure by figure: a limit is what the machine does
    /// undisturbed, and a neighbour may have disturbed either.
    #[must_use]
    pub fn best(mut self, other: &Self) -> Self {
        let better =
            |own: &mut Vec<(f64, f64)>, other: &[(f64, f64)], pick: fn(f64, f64) -> f64| {
                for (own, other) in own.iter_mut().zip(other) {
                    own.1 = pick(own.1, other.1);
                }
            };
        better(&mut self.read, &other.read, f64::max);
        better(&mut self.copy, &other.copy, f64::max);
        better(&mut self.latency, &other.latency, f64::min);
        self.flops32 = self.flops32.max(other.flops32);
        self.flops64 = self.flops64.max(other.flops64);
        if let (Some(own), Some(other)) = (&mut self.latency_huge_pages, &other.latency_huge_pages)
        {
            better(own, other, f64::min);
        }
        self.read_all_cores = self.read_all_cores.max(other.read_all_cores);
        self.copy_all_cores = self.copy_all_cores.max(other.copy_all_cores);
        for (own, other) in self.peaks.iter_mut().zip(&other.peaks) {
            own.flops32 = own.flops32.max(other.flops32);
            own.flops64 = own.flops64.max(other.flops64);
        }
        for (own, other) in self.costs.iter_mut().zip(&other.costs) {
            own.ns = own.ns.into_iter().chain(other.ns).reduce(f64::min);
        }
        self.find_caches();
        self
    }

    /// Derives the effective cache sizes from the latencies.
    pub fn find_caches(&mut self) {
        /// As many as processors have today, where the system does not tell.
        const USUAL: usize = 3;
        let levels = if self.caches.is_empty() { USUAL } else { self.caches.len() };
        let ends = cache_ends(self.levels(), levels);
        self.effective_caches = ends.into_iter().map(|end| end as u64).collect();
    }

    /// The latencies that show the levels best: with small pages, looking up their addresses is
    /// mixed in.
    #[must_use]
    pub fn levels(&self) -> &[(f64, f64)] {
        self.latency_huge_pages.as_deref().unwrap_or(&self.latency)
    }

    /// The least time in nanoseconds in which this machine can do some work, if it was measured for
    /// that. `naive` is the time of the first rung, for limits that are relative to it.
    pub fn least_time(&self, kind: LimitKind, work: f64, within: f64, naive: f64) -> Option<f64> {
        let time = match kind {
            LimitKind::Read => work / at(&self.read, within)?,
            LimitKind::Copy => work / at(&self.copy, within)?,
            LimitKind::Accesses => work * at(&self.latency, within)?,
            LimitKind::Flops32 => work / self.flops32,
            LimitKind::Flops64 => work / self.flops64,
            LimitKind::Cores => naive / self.cores as f64,
        };
        (time.is_finite() && time > 0.0).then_some(time)
    }
}

/// The value of a curve at a size, between its points in proportion to the logarithm.
#[must_use]
pub fn at(curve: &[(f64, f64)], size: f64) -> Option<f64> {
    let (first, last) = (curve.first()?, curve.last()?);
    if size <= first.0 {
        return Some(first.1);
    }
    let between = curve.windows(2).find(|pair| size <= pair[1].0);
    Some(between.map_or(last.1, |pair| {
        let share = (size / pair[0].0).ln() / (pair[1].0 / pair[0].0).ln();
        pair[0].1 + share * (pair[1].1 - pair[0].1)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_figure_counts() {
        let machine = |read, latency, flops32| Machine {
            read: vec![(1e4, read)],
            latency: vec![(1e4, latency)],
            flops32,
            ..Machine::default()
        };
        assert_eq!(machine(5.0, 2.0, 7.0).best(&machine(6.0, 3.0, 1.0)), machine(6.0, 2.0, 7.0));
    }

    #[test]
    fn the_better_of_the_newer_figures_counts() {
        let machine = |huge, all, peak, ns| Machine {
            latency_huge_pages: Some(vec![(1e4, huge)]),
            read_all_cores: all,
            peaks: vec![Peak { vectors: "scalar".into(), flops32: peak, flops64: peak }],
            costs: vec![Cost { name: "call".into(), ns, how: String::new() }],
            ..Machine::default()
        };
        let best = machine(2.0, 7.0, 3.0, None).best(&machine(1.0, 8.0, 2.0, Some(4.0)));
        assert_eq!(best, machine(1.0, 8.0, 3.0, Some(4.0)));
        let best = best.best(&machine(3.0, 1.0, 1.0, Some(5.0)));
        assert_eq!(best, machine(1.0, 8.0, 3.0, Some(4.0)));
    }

    #[test]
    fn older_records_are_still_read() {
        let mut old = serde_json::to_value(Machine::default()).unwrap();
        let fields = old.as_object_mut().unwrap();
        for newer in ["latency_huge_pages", "effective_caches", "peaks", "costs"] {
            fields.remove(newer);
        }
        fields.retain(|name, _| !name.ends_with("_all_cores"));
        assert_eq!(serde_json::from_value::<Machine>(old).unwrap(), Machine::default());
    }

    #[test]
    fn limits_follow_the_level_of_the_cache() {
        let machine = Machine {
            cores: 4,
            read: vec![(1e4, 100.0), (1e6, 50.0), (1e8, 10.0)],
            flops64: 8.0,
            ..Machine::default()
        };
        let read = |bytes| machine.least_time(LimitKind::Read, bytes, bytes, 0.0).unwrap();
        assert_eq!(read(1e3), 10.0);
        assert_eq!(read(1e6), 2e4);
        assert_eq!(read(1e9), 1e8);
        assert!((read(1e7) - 1e7 / 30.0).abs() < 1e-6);
        assert_eq!(machine.least_time(LimitKind::Flops64, 16.0, 0.0, 0.0), Some(2.0));
        assert_eq!(machine.least_time(LimitKind::Cores, 0.0, 0.0, 12.0), Some(3.0));
        assert_eq!(machine.least_time(LimitKind::Copy, 1.0, 1.0, 0.0), None);
        assert_eq!(machine.least_time(LimitKind::Flops32, 1.0, 1.0, 0.0), None);
    }
}
