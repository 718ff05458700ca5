//! What a record keeps beside times: why a rung is faster, at the scenario that stands for the
//! case.

use protocol::Scenario;
use serde::{Deserialize, Serialize};

/// Something that not every machine can tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Found<T> {
    /// What it told.
    Here(T),
    /// Why it could not, and what to install or to allow.
    Unavailable(String),
}

impl<T> Found<T> {
    /// What it told, if it could.
    pub fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            Self::Unavailable(_) => None,
        }
    }
}

/// Nobody looked yet.
impl<T> Default for Found<T> {
    fn default() -> Self {
        Self::Unavailable("this run did not look".to_owned())
    }
}

/// Why each rung takes the time that it takes, and what it costs. Lists are by rung; null where a
/// rung is unavailable, or where the tool cannot run it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Counted by valgrind's model of a processor.
    #[serde(default)]
    pub simulated: Found<Counted<Simulated>>,
    /// The processor that was simulated; null where nothing was.
    #[serde(default)]
    pub simulator: Option<Simulator>,
    /// Counted by this processor.
    #[serde(default)]
    pub counters: Found<Counted<Counters>>,
    /// Machine code of the function in which a rung spends most of its time.
    #[serde(default)]
    pub assembly: Found<Counted<Assembly>>,
    /// What each rung costs its author.
    #[serde(default)]
    pub cost: Vec<RungCost>,
}

impl Evidence {
    /// Applies to what the system and tools said: to texts, and to lines.
    pub(crate) fn words_of_others(&mut self, text: fn(&mut String), line: fn(&mut String)) {
        fn why<T>(found: &mut Found<T>) -> Option<&mut String> {
            if let Found::Unavailable(why) = found { Some(why) } else { None }
        }
        why(&mut self.simulated).into_iter().for_each(text);
        why(&mut self.counters).into_iter().for_each(text);
        why(&mut self.assembly).into_iter().for_each(text);
        self.simulator.iter_mut().for_each(|simulator| line(&mut simulator.program));
        let Found::Here(assembly) = &mut self.assembly else { return };
        for code in assembly.rungs.iter_mut().flatten() {
            line(&mut code.function);
            code.second.iter_mut().for_each(|second| line(&mut second.function));
            text(&mut code.text);
        }
    }
}

/// What was found of each rung in one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counted<T> {
    /// Where the calls were made.
    pub scenario: Scenario,
    /// By rung.
    pub rungs: Vec<Option<T>>,
}

impl<T> Counted<T> {
    /// What was found of a rung, if this scenario was looked at.
    pub fn of(&self, scenario: &Scenario, rung: usize) -> Option<&T> {
        self.rungs.get(rung)?.as_ref().filter(|_| self.scenario.same_place(scenario))
    }
}

/// One call as valgrind simulates it, in events.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Simulated {
    /// Instructions executed.
    pub instructions: f64,
    /// Conditional and indirect branches executed.
    pub branches: f64,
    /// Branches that the model predicted wrongly.
    pub mispredictions: f64,
    /// Branches that a model of today's predictors predicted wrongly; absent where nobody looked,
    /// because few are wrong or the run is older.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mispredictions_today: Option<f64>,
    /// Reads and writes that missed the first level.
    pub l1_misses: f64,
    /// Reads and writes that missed the last level.
    pub last_level_misses: f64,
    /// What was asked of the system; absent if nobody counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<SystemCalls>,
}

/// What one call asks of the system.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SystemCalls {
    /// System calls.
    pub calls: f64,
    /// Bytes that they read and wrote.
    pub bytes: f64,
    /// Threads that they started.
    pub threads: f64,
}

/// The model behind simulated counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Simulator {
    /// The program: "callgrind of valgrind-3.19.0". Without a tool, as in older records, it is
    /// cachegrind, which counts the same instructions.
    pub program: String,
    /// Whether the caches are as large as those that this machine advertises, else of usual sizes.
    pub as_advertised: bool,
    /// Bytes of the first level, of instructions and of data each.
    pub first_level: u64,
    /// Bytes of the last level.
    pub last_level: u64,
    /// Inputs that took turns.
    pub inputs: usize,
    /// Calls over which counts were averaged.
    pub calls: usize,
}

/// One call as the processor counts it, in events; null where it has no such counter.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counters {
    /// Core cycles.
    pub cycles: Option<f64>,
    /// Instructions retired.
    pub instructions: Option<f64>,
    /// Branches retired.
    pub branches: Option<f64>,
    /// Branches predicted wrongly.
    pub mispredictions: Option<f64>,
    /// Reads that missed the first level.
    pub l1_misses: Option<f64>,
    /// Accesses that missed the last level.
    pub last_level_misses: Option<f64>,
    /// Share of the time in which the counters ran: below 1 they took turns, and counts are
    /// scaled up.
    pub running: f64,
}

/// The function in which a rung spends most of its time, from the binary that was timed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Assembly {
    /// Its demangled name, without hash.
    pub function: String,
    /// Share of the samples that fell into it; 0 where too few could be taken, and the function is
    /// the largest of the rung's module.
    pub share: f64,
    /// The function with the next most samples, if there is one: another thread's, or one that was
    /// not inlined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Second>,
    /// Instructions in it, padding left out.
    pub instructions: u64,
    /// Instructions that compute on packed vectors, by width in bits; moves do not compute.
    pub packed: Vec<(u32, u64)>,
    /// Calls of other functions, those that end in a panic left out.
    pub calls: u64,
    /// Calls that end in a panic.
    pub panics: u64,
    /// Its hottest part, one instruction per line, with its share of the samples in front.
    pub text: String,
}

/// The function with the second most samples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Second {
    /// Its demangled name, without hash.
    pub function: String,
    /// Share of the samples that fell into it.
    pub share: f64,
}

/// What a rung costs its author and the binary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RungCost {
    /// Lines of code that are neither blank nor comments, own modules that it uses included.
    pub lines: u64,
    /// `unsafe` blocks in them.
    pub unsafe_blocks: u64,
    /// Crates that it uses, beyond the standard library.
    pub crates: Vec<String>,
    /// Packages that those bring in, themselves included.
    pub packages: u64,
    /// Bytes of machine code that bear the names of those modules; null where there are none: all
    /// was inlined, or the binary does not tell.
    pub code_bytes: Option<u64>,
    /// A digest of its code, own modules that it uses included, comments and tests not: to tell
    /// whether it is still the same. Absent in older records, and of a rung without a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}
