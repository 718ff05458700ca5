//! What the tool asks a bench binary: one question per process, as JSON behind the word `ask`.

use serde::{Deserialize, Serialize};

use crate::case::{Effort, Scenario};

/// The first argument of a bench binary that is asked something; the question follows.
pub const ASK: &str = "ask";

/// What [`Question::Once`] says behind each of its parts.
pub const OVER: &str = "casebook: that part is over";

/// One question. Unless it says otherwise, the answer is one JSON value on standard output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// What the case is. Answer: [`Description`](crate::Description).
    Describe,
    /// One paired round. Answer: [`Round`](crate::Round).
    Duel {
        /// On which inputs.
        scenario: Scenario,
        /// Seed of the first input; the others count up from it.
        seed: u64,
        /// Milliseconds after which the process ends, unless it has to wait.
        millis: u64,
        /// How it waits for neighbours; not at all without.
        patience: Option<Patience>,
    },
    /// One rung in a process of its own, in which no other is called: what a paired round must
    /// agree with. Answer: [`Round`](crate::Round), of one column.
    Alone {
        /// Which.
        rung: String,
        /// On which inputs.
        scenario: Scenario,
        /// Seed of the first input.
        seed: u64,
        /// Milliseconds after which the process ends, unless it has to wait.
        millis: u64,
        /// How it waits for neighbours; not at all without.
        patience: Option<Patience>,
    },
    /// Holds every rung against naive: asked by another bench process, that of a round, which may
    /// not call them all itself. Answer: nothing, as `null`.
    Check {
        /// On which inputs.
        scenario: Scenario,
        /// Seed of the first input.
        seed: u64,
    },
    /// Holds every rung against naive on the case's hand-made edges and on awkward sizes, which are
    /// not timed. Answer: nothing, as `null`.
    Edges,
    /// Holds every rung against naive on the case's edges and on awkward sizes, twice on each, and
    /// goes on where one is wrong. Answer: a list of [`Tried`](crate::Tried).
    Survey {
        /// Seed of the first input of each size.
        seed: u64,
    },
    /// How long calls take on inputs that a rung has never seen, and on the same ones again.
    /// Answer: a [`Fresh`](crate::Fresh) for each rung.
    Fresh {
        /// On which inputs.
        scenario: Scenario,
        /// Seed of the first input; the others count up from it.
        seed: u64,
    },
    /// Lets the process of a round have one rung called here. Tasks come in and answers go out as
    /// numbers that only the harness knows.
    Work {
        /// Which.
        rung: String,
        /// On which inputs.
        scenario: Scenario,
        /// Seed of the first input.
        seed: u64,
    },
    /// How long single calls of each rung take. Answer: [`Tails`](crate::Tails).
    Tails {
        /// On which inputs.
        scenario: Scenario,
        /// Seed of the first input.
        seed: u64,
        /// Milliseconds after which the process ends.
        millis: u64,
    },
    /// What a call of each rung asks of the allocator. Answer:
    /// [`AllocationCounts`](crate::AllocationCounts).
    Allocations {
        /// On which input.
        scenario: Scenario,
    },
    /// What the processor counts in each rung. Answer: [`Counting`](crate::Counting).
    Counters {
        /// On which inputs.
        scenario: Scenario,
    },
    /// Calls one rung for simulators: to warm up, not at all, and as often as is counted. Behind
    /// each it has callgrind write down what it counted, and says [`OVER`] on standard error.
    Once {
        /// Which.
        rung: String,
        /// On which inputs.
        scenario: Scenario,
        /// How often beforehand, which is not counted.
        #[serde(default)]
        before: u64,
        /// How often.
        calls: u64,
        /// How many inputs take turns at most: simulators make them slowly.
        inputs: usize,
    },
    /// Where in the program a rung spends its time. Answer: [`HotSpots`](crate::HotSpots).
    Hot {
        /// Which.
        rung: String,
        /// On which inputs.
        scenario: Scenario,
        /// Milliseconds for which it is looked at.
        millis: u64,
    },
    /// What is alive during one call of a rung. Answer: [`Heap`](crate::Heap).
    Heap {
        /// Which.
        rung: String,
        /// On which input.
        scenario: Scenario,
    },
    /// Calls one rung again and again, to be sampled. Answer: [`Sampled`](crate::Sampled), or
    /// nothing if somebody else samples.
    Profile {
        /// Which.
        rung: String,
        /// On which inputs.
        scenario: Scenario,
        /// Milliseconds of calls.
        millis: u64,
        /// Who samples.
        sampler: Sampler,
    },
    /// Criterion's times of every scenario up to an effort, into the folder that `CRITERION_HOME`
    /// names. No answer but the files.
    Criterion {
        /// How much.
        effort: Effort,
    },
}

/// Who looks at stacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sampler {
    /// Another process.
    Outside,
    /// This one, at the ticks of a timer.
    Timer,
}

/// How a process waits for neighbours, and makes up for what they disturbed; and what earlier ones
/// have found out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Patience {
    /// How long at most, in milliseconds beside those for which it measures.
    pub millis: u64,
    /// How slow the sentinel may run in a quiet moment, if earlier processes have shown it.
    pub quiet: Option<Reading>,
    /// How many untimed slices each column needs, by [`Round::untimed`](crate::Round) of earlier
    /// processes; empty where this one is to find out.
    pub untimed: Vec<u64>,
}

/// Nanoseconds that each part of the sentinel took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Its arithmetic.
    pub compute: f64,
    /// Its walk through memory.
    pub stream: f64,
}

impl Reading {
    /// Slower than any.
    pub const ANY: Self = Self { compute: f64::INFINITY, stream: f64::INFINITY };

    /// Whether a part is slower than here.
    #[must_use]
    pub fn exceeds(self, limit: Self) -> bool {
        self.compute > limit.compute || self.stream > limit.stream
    }

    /// The slower of two readings, part by part.
    #[must_use]
    pub fn slower(self, other: Self) -> Self {
        Self { compute: self.compute.max(other.compute), stream: self.stream.max(other.stream) }
    }
}

impl Question {
    /// The arguments that ask it.
    #[must_use]
    pub fn arguments(&self) -> [String; 2] {
        let text = serde_json::to_string(self).expect("plain data is always JSON");
        [ASK.to_owned(), text]
    }

    /// Reads what stands behind [`ASK`].
    ///
    /// # Errors
    /// If it is no question of this version.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| {
            format!("`{text}` is no question that this binary knows ({error}): build it again")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_survive_the_command_line() {
        let scenario = Scenario { input: "one in \"thirty\"".into(), n: 8, effort: Effort::Quick };
        let quiet = Some(Reading { compute: 10_123.456, stream: 0.0 });
        for question in [
            Question::Describe,
            Question::Duel {
                scenario: scenario.clone(),
                seed: u64::MAX,
                millis: 50,
                patience: Some(Patience { millis: 200, quiet, untimed: vec![1, 64] }),
            },
            Question::Profile {
                rung: "naive".into(),
                scenario,
                millis: 1,
                sampler: Sampler::Outside,
            },
        ] {
            let [ask, text] = question.arguments();
            assert_eq!((ask.as_str(), Question::parse(&text)), (ASK, Ok(question)));
        }
        assert!(Question::parse("\"describe\"").is_ok());
        assert!(Question::parse("\"sing\"").unwrap_err().contains("build it again"));
    }
}
