//! One attempt on trial: held against naive wherever it may be wrong, then timed beside naive and
//! the reference in processes that take turns, as the book times its rungs.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use judge::reduce;
use labs::{Disagreement, Grade, How, Lab, Place, Sample};
use measure::binary::{Binary, Failure};
use measure::evidence::assembly;
use measure::{interrupt, schedule};
use protocol::{Description, PANICKED, Patience, Refusal, Round, Scenario};
use record::ScenarioRecord;

/// What an attempt's rung is called in the generated table.
pub const ATTEMPT: &str = "attempt";
/// Where naive, the attempt and the reference stand there.
pub const RUNGS: usize = 3;
/// Milliseconds for which it is looked at where an attempt spends its time.
const LOOK: u64 = 300;
/// A share of the time in the book's own rungs above which those did the work.
const MOSTLY: f64 = 0.5;
/// How many times as long new inputs take an attempt that remembers old ones, above what they take
/// naive.
const REMEMBERS: f64 = 4.0;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Processes.
    pub rounds: usize,
    /// Milliseconds of each.
    pub millis: u64,
    /// After which time there are no more, if there were [`FEWEST`].
    pub patience: Duration,
}

/// Processes of which something is said.
const FEWEST: usize = 4;

impl Budget {
    /// A rough ratio, after a save.
    pub const ROUGH: Self = Self { rounds: 4, millis: 500, patience: Duration::from_secs(3) };
    /// What is graded.
    pub const CHECK: Self = Self { rounds: 10, millis: 600, patience: Duration::from_secs(9) };
    /// What is added where that does not decide.
    pub const MORE: Self = Self { rounds: 16, millis: 700, patience: Duration::from_secs(12) };
    /// What is shown and not graded.
    pub const SHOWN: Self = Self { rounds: 4, millis: 300, patience: Duration::from_secs(2) };
}

/// An attempt that was built.
pub struct Trial<'a> {
    /// The lab.
    pub lab: &'a Lab,
    /// The program.
    pub binary: Binary,
    /// What that says of itself.
    pub description: Description,
    /// What every input of this trial follows from.
    pub seed: u64,
}

/// What a place is like: rounds so far.
pub struct Measured {
    /// The scenario.
    pub scenario: Scenario,
    /// What its processes answered.
    pub rounds: Vec<Round>,
}

impl<'a> Trial<'a> {
    /// Asks a program what it has.
    ///
    /// # Errors
    /// If it does not answer.
    pub fn new(lab: &'a Lab, binary: Binary, seed: u64) -> Result<Self> {
        let description =
            binary.describe().map_err(|failure| anyhow!("{}: {failure}", lab.name))?;
        Ok(Self { lab, binary, description, seed })
    }

    /// Holds the attempt against naive on edges, awkward sizes and the two scenarios; how many
    /// inputs those were, or where it is wrong.
    ///
    /// # Errors
    /// If the program ended without an answer.
    pub fn agree(&self) -> Result<Result<usize, Disagreement>> {
        let tried = match self.binary.survey(self.seed) {
            Ok(tried) => tried,
            Err(failure) => return self.failed(failure, "a small input").map(Err),
        };
        if let Some(wrong) = Disagreement::of(ATTEMPT, &tried) {
            return Ok(Err(wrong));
        }
        for place in [&self.lab.headline, &self.lab.second] {
            let scenario = self.scenario(place)?;
            if let Err(failure) = self.binary.check(&scenario, self.seed) {
                return self.failed(failure, &scenario.to_string()).map(Err);
            }
        }
        Ok(Ok(tried.len()))
    }

    /// A failure as a disagreement, where it is the attempt's doing; `asked` is where that was.
    ///
    /// # Errors
    /// If it is not.
    pub fn failed(&self, failure: Failure, asked: &str) -> Result<Disagreement> {
        if interrupt::came() {
            bail!("interrupted");
        }
        let at = |known: Option<String>| known.unwrap_or_else(|| asked.to_owned());
        let (how, at, difference) = match failure {
            Failure::Refused(Refusal::Disagreement { scenario, seed, difference, rung })
                if rung == ATTEMPT =>
            {
                let panics = difference.starts_with(PANICKED);
                let how = if panics { How::Panics } else { How::Differs };
                (how, format!("{scenario}, seed {seed}"), difference)
            }
            Failure::Refused(Refusal::Endless { at: known, seconds }) => {
                (How::Endless, at(known), format!("it did not end within {seconds} s"))
            }
            Failure::Refused(Refusal::Ended(how)) => (How::Ends, at(None), how),
            Failure::Died { how, at: known } => (How::Ends, at(known), how),
            Failure::Printed(line) => (How::Prints, at(None), format!("its first line: {line}")),
            Failure::Refused(refusal) => bail!("{}: {refusal}", self.lab.name),
        };
        let pattern = match how {
            How::Endless => "it does not end",
            How::Ends => "it ends the process",
            How::Prints => "it prints to standard output",
            How::Differs | How::Panics => "only there, as far as is known: smaller inputs agree",
        };
        Ok(Disagreement {
            how,
            at,
            input: None,
            difference,
            pattern: pattern.to_owned(),
            wrong: [1, 1],
        })
    }

    /// The scenario of a place.
    ///
    /// # Errors
    /// If the bench file has none such.
    pub fn scenario(&self, place: &Place) -> Result<Scenario> {
        let mut all = self.description.scenarios.iter();
        let found = all.find(|known| known.input == place.input && known.n == place.n);
        found.cloned().ok_or_else(|| {
            anyhow!("{}: its bench has no scenario {}/{}", self.lab.name, place.input, place.n)
        })
    }

    /// Nothing is measured there yet.
    ///
    /// # Errors
    /// If the bench file has no such scenario.
    pub fn at(&self, place: &Place) -> Result<Measured> {
        Ok(Measured { scenario: self.scenario(place)?, rounds: Vec::new() })
    }

    /// More processes; ends early where they take long, or at Ctrl-C.
    ///
    /// # Errors
    /// How the attempt fails.
    pub fn measure(&self, measured: &mut Measured, budget: Budget) -> Result<(), Failure> {
        let (start, begun) = (Instant::now(), measured.rounds.len());
        for at in 0..budget.rounds {
            if interrupt::came() || at >= FEWEST && start.elapsed() > budget.patience {
                break;
            }
            let seed = self.seed + schedule::seed((begun + at) as u64);
            let wait = schedule::wait(budget.millis, &measured.rounds);
            // A learner waits: no longer for neighbours than for the measurement itself.
            let wait = Patience { millis: budget.millis, ..wait };
            let round = self.binary.duel(&measured.scenario, seed, budget.millis, Some(wait))?;
            measured.rounds.push(round);
        }
        Ok(())
    }

    /// Whether new inputs take the attempt far longer than the same ones again, however often that
    /// is asked: a neighbour that takes the core meanwhile looks the same, but not every time.
    pub fn remembers(&self) -> Option<String> {
        let scenario = self.scenario(&self.lab.headline).ok()?;
        let ratio = |seed: u64| {
            let fresh = self.binary.fresh(&scenario, self.seed ^ seed).ok()?;
            Some(fresh[1]?.ratio() / fresh[0]?.ratio().max(1.0))
        };
        let mut least = f64::INFINITY;
        for asked in 40..45 {
            least = least.min(ratio(1 << asked)?);
            if least <= REMEMBERS {
                return None;
            }
        }
        Some(format!("it remembers: inputs that it has not seen take it {least:.0} times as long"))
    }

    /// Whether most of its time is spent in the book's own rungs.
    pub fn borrows(&self, rungs: &[String]) -> Option<String> {
        let scenario = self.scenario(&self.lab.headline).ok()?;
        let samples = self.binary.hot(ATTEMPT, &scenario, LOOK).ok()?;
        let functions = assembly::functions(&self.binary.path, &samples);
        let case = self.lab.name.replace('-', "_");
        rungs.iter().skip(1).find_map(|rung| {
            let module = format!("{case}::{rung}::");
            let own = functions.iter().filter(|(name, _)| name.contains(&module));
            let share: f64 = own.map(|(_, share)| share).sum();
            (share > MOSTLY).then(|| format!("most of its time is spent in the book's `{rung}`"))
        })
    }
}

impl Measured {
    /// As a record keeps it; `None` before anything was measured.
    pub fn record(&self) -> Option<ScenarioRecord> {
        (!self.rounds.is_empty())
            .then(|| reduce::reduce(&self.scenario, RUNGS, &self.rounds, &[(2, 1)]))
    }

    /// The grade so far; `None` where a rung cannot run here.
    pub fn grade(&self) -> Option<Grade> {
        Grade::new(&Sample::of(&self.record()?)?)
    }
}
