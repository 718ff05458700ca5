//! What is known of a case before anything is measured: rungs, scenarios, claims, limit.

use serde::{Deserialize, Serialize};

use crate::build::Build;
use crate::understood::Understood;

/// Answer to `describe`: all that is known of a case before anything is measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
    /// How it understood the user's file, where it was given one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub understood: Option<Understood>,
    /// The distributions along which something else than the size varies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub axes: Vec<Axis>,
    /// The scenarios in which single calls are timed, because the slowest matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tails: Vec<Scenario>,
    /// Scenarios that are there to show what happens beyond the caches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beyond: Vec<Scenario>,
    /// The distributions of which every call is made cold before it is timed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cold: Vec<String>,
    /// Scenarios that this system cannot do; they are among none of those above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<Absent>,
    /// How the binary was built; absent in records from before it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<Build>,
}

impl Description {
    /// What `n` is in a distribution, where it is not a size.
    #[must_use]
    pub fn axis(&self, input: &str) -> Option<&Axis> {
        self.axes.iter().find(|axis| axis.input == input)
    }

    /// Whether a scenario is there to show what happens beyond the caches.
    #[must_use]
    pub fn is_beyond(&self, scenario: &Scenario) -> bool {
        self.beyond.iter().any(|known| known.same_place(scenario))
    }

    /// Whether every call of a scenario is made cold before it is timed.
    #[must_use]
    pub fn is_cold(&self, scenario: &Scenario) -> bool {
        self.cold.contains(&scenario.input)
    }

    /// Why this system cannot do a scenario, if it cannot.
    #[must_use]
    pub fn absent(&self, input: &str, n: usize) -> Option<&str> {
        let is = |absent: &&Absent| (&*absent.scenario.input, absent.scenario.n) == (input, n);
        self.absent.iter().find(is).map(|absent| absent.why.as_str())
    }

    /// How many items an input of a scenario has.
    #[must_use]
    pub fn items(&self, scenario: &Scenario) -> usize {
        self.axis(&scenario.input).map_or(scenario.n, |axis| axis.items.of(scenario.n))
    }
}

/// A scenario that this system cannot do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Absent {
    /// Which.
    pub scenario: Scenario,
    /// What it lacks: it stands behind "not on this system, because".
    pub why: String,
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

impl Scenario {
    /// Whether the other is of the same distribution and size. Not of the same effort: at which a
    /// place is measured may change from one revision to the next.
    #[must_use]
    pub fn same_place(&self, other: &Self) -> bool {
        (self.n, &self.input) == (other.n, &other.input)
    }
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

impl std::fmt::Display for Effort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Quick => "quick",
            Self::Standard => "standard",
            Self::Full => "full",
        })
    }
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
    /// Whether the scenario is where something is claimed, at whatever effort it is measured.
    #[must_use]
    pub fn is_about(&self, scenario: &Scenario) -> bool {
        (self.n, &self.input) == (scenario.n, &scenario.input)
    }

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
    /// Faster. By how much is a machine's own matter, and no claim.
    Faster,
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
    /// System calls, at the price of one that does nothing.
    SystemCalls,
    /// Cache lines that one core wrote and another one reads.
    Handovers,
    /// Fresh pages, at the price of their first touch.
    Faults,
    /// Datagrams over loopback.
    Datagrams,
    /// Pages that the device reads, as many being under way as suit it.
    DeviceReads,
}

impl std::fmt::Display for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.input, self.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_at_any_effort() {
        let at = |input: &str, n, effort| Scenario { input: input.into(), n, effort };
        let place = at("short", 10, Effort::Quick);
        let claim = |input: &str, n| Claim {
            rung: "optimized".into(),
            input: input.into(),
            n,
            expect: Expect::DoesNotPay,
            over: None,
        };
        for (input, n, same) in [("short", 10, true), ("short", 11, false), ("long", 10, false)] {
            assert_eq!(place.same_place(&at(input, n, Effort::Full)), same);
            assert_eq!(claim(input, n).is_about(&place), same);
        }
    }

    #[test]
    fn an_effort_is_written_as_records_have_it() {
        for effort in [Effort::Quick, Effort::Standard, Effort::Full] {
            assert_eq!(serde_json::to_value(effort).unwrap(), effort.to_string());
        }
        assert_eq!(format!("{:<9}|", Effort::Quick), "quick    |");
    }
}
