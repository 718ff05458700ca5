//! What can be counted, priced or timed of a rung: by which names, in which unit, and where it is
//! counted.

use crate::bill::Item;
use crate::words::format;

/// What is counted of a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Instructions of a simulated call.
    Instructions,
    /// Its branches.
    Branches,
    /// Branches that the model guessed wrongly.
    Guesses,
    /// Accesses that missed the first level.
    L1Misses,
    /// Accesses that missed the last level.
    LastLevelMisses,
    /// Calls of the system.
    SystemCalls,
    /// Threads that it starts.
    Threads,
    /// Calls of the allocator for memory.
    Allocations,
    /// Calls of it for more.
    Reallocations,
    /// Bytes asked for.
    Bytes,
    /// Most bytes live at once.
    Peak,
    /// Pages that the system hands over.
    Faults,
    /// Bytes of the data that it works on.
    Data,
    /// Bytes of its machine code.
    CodeBytes,
    /// Lines of its source.
    Lines,
    /// Unsafe blocks in them.
    UnsafeBlocks,
    /// Share of the declared limit that it reaches.
    Limit,
    /// How long a call takes.
    Time,
    /// What it takes of the processor, all threads together.
    ProcessorTime,
    /// A part of its bill.
    Part(Item),
}

/// Where evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// In the simulated run.
    Simulated,
    /// In the allocations and data of a scenario.
    Counted,
    /// In the paired runs of a scenario.
    Scenario,
    /// In the source and the binary.
    Cost,
    /// On the bill.
    Bill,
    /// In the hot listing.
    Listing,
}

/// What a quantity is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Events,
    Bytes,
    Share,
    Time,
}

impl Quantity {
    /// All by their names, those of a bill's parts apart.
    const NAMED: [(&'static str, Self); 19] = [
        ("instructions", Self::Instructions),
        ("branches", Self::Branches),
        ("wrong guesses", Self::Guesses),
        ("L1 misses", Self::L1Misses),
        ("last-level misses", Self::LastLevelMisses),
        ("system calls", Self::SystemCalls),
        ("threads", Self::Threads),
        ("allocations", Self::Allocations),
        ("reallocations", Self::Reallocations),
        ("bytes", Self::Bytes),
        ("peak", Self::Peak),
        ("page faults", Self::Faults),
        ("data", Self::Data),
        ("code bytes", Self::CodeBytes),
        ("lines", Self::Lines),
        ("unsafe blocks", Self::UnsafeBlocks),
        ("limit", Self::Limit),
        ("time", Self::Time),
        ("processor time", Self::ProcessorTime),
    ];

    /// What a statement calls it.
    pub fn name(self) -> &'static str {
        if let Self::Part(item) = self {
            return item.name();
        }
        Self::NAMED.iter().find(|known| known.1 == self).map_or("", |known| known.0)
    }

    /// Where it is counted.
    pub fn source(self) -> Source {
        match self {
            Self::Instructions
            | Self::Branches
            | Self::Guesses
            | Self::L1Misses
            | Self::LastLevelMisses
            | Self::SystemCalls
            | Self::Threads => Source::Simulated,
            Self::Allocations
            | Self::Reallocations
            | Self::Bytes
            | Self::Peak
            | Self::Faults
            | Self::Data => Source::Counted,
            Self::CodeBytes | Self::Lines | Self::UnsafeBlocks => Source::Cost,
            Self::Limit | Self::Time | Self::ProcessorTime => Source::Scenario,
            Self::Part(_) => Source::Bill,
        }
    }

    /// Whether it is nanoseconds of a call, and no part of a bill.
    fn is_whole_time(self) -> bool {
        matches!(self, Self::Time | Self::ProcessorTime)
    }

    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Bytes | Self::Peak | Self::Data | Self::CodeBytes => Unit::Bytes,
            Self::Limit => Unit::Share,
            Self::Time | Self::ProcessorTime | Self::Part(_) => Unit::Time,
            _ => Unit::Events,
        }
    }
}

impl Unit {
    /// A figure as pages print it; what is small keeps its digits.
    pub(super) fn figure(self, value: f64) -> String {
        match self {
            Self::Events if value > 0.0 && value < 0.1 => format!("{value:.1e}"),
            Self::Events => format::events(value),
            Self::Bytes => format::bytes(value),
            Self::Share => format::share(value),
            Self::Time => format::time(value),
        }
    }
}

/// What a name may mean: "wrong guesses" are counted, and have a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub name: &'static str,
    count: Option<Quantity>,
    part: Option<Item>,
}

/// The longest name with which a text begins.
pub(super) fn named(text: &str) -> Option<Named> {
    let counts = Quantity::NAMED.iter().map(|known| known.0);
    let names = counts.chain(Item::ALL.map(Item::name));
    let begins = |name: &&str| text.strip_prefix(name).is_some_and(|rest| !continues(rest));
    let name = names.filter(begins).max_by_key(|name| name.len())?;
    let count = Quantity::NAMED.iter().find(|known| known.0 == name).map(|known| known.1);
    Some(Named { name, count, part: part(name) })
}

/// Whether a word goes on.
fn continues(rest: &str) -> bool {
    !rest.is_empty() && !rest.starts_with(' ')
}

/// The part of a bill of this name.
fn part(name: &str) -> Option<Item> {
    Item::ALL.into_iter().find(|item| item.name() == name)
}

/// All names, for whoever wrote none of them.
pub(super) fn names() -> String {
    let counts = Quantity::NAMED.iter().map(|known| known.0);
    let parts = Item::ALL.map(Item::name).into_iter();
    let parts = parts.filter(|name| Quantity::NAMED.iter().all(|known| known.0 != *name));
    counts.chain(parts).collect::<Vec<_>>().join(", ")
}

impl Named {
    /// Among nanoseconds.
    fn time(self) -> Option<Quantity> {
        let time = self.count.filter(|count| count.is_whole_time());
        time.or_else(|| self.part.map(Quantity::Part))
    }

    fn count(self) -> Option<Quantity> {
        self.count.filter(|count| !count.is_whole_time())
    }

    /// What is meant beside a number.
    pub(super) fn alone(self) -> Result<Quantity, String> {
        self.count().ok_or_else(|| {
            format!("`{}` is a time: hold it against another time, not against a number", self.name)
        })
    }

    /// What two mean beside each other: both are times, or counts of one unit.
    pub(super) fn beside(self, other: Self) -> Result<(Quantity, Quantity), String> {
        let counts = self.count().zip(other.count());
        let both = counts.or_else(|| self.time().zip(other.time()));
        let same = both.filter(|(one, two)| one.unit() == two.unit());
        same.ok_or_else(|| format!("`{}` and `{}` are of two kinds", self.name, other.name))
    }
}
