//! A case without its types. Everything that can be the same for all cases (waiting for quiet,
//! taking turns, counting, criterion) is written against these two interfaces and compiled once;
//! what has to know a case's types, above all the loop that is timed, is behind them.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use protocol::{
    Absent, Claim, Description, Effort, Expect, Refusal, RungInfo, Scenario, Understood,
};

use crate::agree::Disagreement;
use crate::bad_line::BadLine;
use crate::scenario::Distribution;
use crate::spent::Spent;
use crate::substance;

/// Which inputs somebody wants.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The user's file, if they are of that.
    pub(crate) path: Option<&'a Path>,
    pub(crate) scenario: &'a Scenario,
    pub(crate) seed: u64,
}

/// What a bench file has built.
pub(crate) trait Job: Sync {
    /// Everything about it that has no types.
    fn frame(&self) -> &Frame;

    /// `count` seeded inputs of a distribution, by its number.
    fn make(&self, distribution: usize, n: usize, seed: u64, count: usize) -> Box<dyn Inputs + '_>;

    /// The hand-made inputs, if there are any.
    fn edges(&self) -> Option<Box<dyn Inputs + '_>>;

    /// One input of a user's file, of a job that reads files.
    fn read(&self, text: &[u8]) -> Result<Understanding<'_>, BadLine>;
}

/// An input of a user's file, and how that was understood.
pub(crate) type Understanding<'a> = (Box<dyn Inputs + 'a>, Understood);

/// What is known of a case without its types.
pub(crate) struct Frame {
    pub(crate) description: Description,
    pub(crate) distributions: Vec<Distribution>,
    /// Whether rungs work on several cores.
    pub(crate) threads: bool,
    /// Whether their threads are put on cores of their own.
    pub(crate) apart: bool,
}

impl Frame {
    /// Of a case with these rungs, of which nothing else is known yet.
    pub(crate) fn new(rungs: Vec<RungInfo>) -> Self {
        let description = Description { item: "item".to_owned(), rungs, ..Description::default() };
        Self { description, distributions: Vec::new(), threads: false, apart: false }
    }

    /// The distribution that was opened last.
    #[track_caller]
    pub(crate) fn last(&mut self) -> &mut Distribution {
        self.distributions.last_mut().expect("`input` comes before its sizes")
    }

    #[track_caller]
    pub(crate) fn sizes(&mut self, sizes: &[usize], effort: Effort) {
        self.last().sizes.extend(sizes.iter().map(|&n| (n, effort)));
    }

    #[track_caller]
    pub(crate) fn tail(&mut self, input: &str, n: usize) {
        let scenario = self.scenario(input, n);
        self.description.tails.push(scenario);
    }

    #[track_caller]
    pub(crate) fn beyond(&mut self, input: &str, n: usize) {
        let scenario = self.scenario(input, n);
        self.description.beyond.push(scenario);
    }

    #[track_caller]
    pub(crate) fn claim(&mut self, rung: &str, input: &str, n: usize, expect: Expect) {
        self.known(rung);
        self.scenario(input, n);
        let (rung, input) = (rung.to_owned(), input.to_owned());
        self.description.claims.push(Claim { rung, input, n, expect, over: None });
    }

    #[track_caller]
    pub(crate) fn over(&mut self, rung: &str) {
        self.known(rung);
        let claim = self.description.claims.last_mut().expect("`claim` comes before `over`");
        claim.over = Some(rung.to_owned());
    }

    /// Fills in what follows from the distributions, once all are there.
    pub(crate) fn complete(&mut self) {
        let Self { description, distributions, .. } = self;
        for distribution in &*distributions {
            match &distribution.absent {
                None => description.scenarios.extend(distribution.scenarios()),
                Some(why) => {
                    let absent = |scenario| Absent { scenario, why: why.clone() };
                    description.absent.extend(distribution.scenarios().map(absent));
                }
            }
        }
        description.axes = distributions.iter().filter_map(Distribution::describe_axis).collect();
        let cold = distributions.iter().filter(|known| known.cold && known.absent.is_none());
        description.cold = cold.map(|known| known.name.to_owned()).collect();
        let scenarios = &description.scenarios;
        for chosen in [&mut description.tails, &mut description.beyond] {
            chosen.retain(|scenario| scenarios.contains(scenario));
        }
    }

    /// Distributions that this system can do, by number.
    pub(crate) fn present(&self) -> impl Iterator<Item = (usize, &Distribution)> {
        let all = self.distributions.iter().enumerate();
        all.filter(|(_, distribution)| distribution.absent.is_none())
    }

    /// The number of a distribution that this system can do.
    pub(crate) fn distribution(&self, name: &str) -> Result<usize, Refusal> {
        let at = self.distributions.iter().position(|known| known.name == name);
        let at = at.ok_or_else(|| Refusal::Usage(format!("there is no distribution `{name}`")))?;
        match &self.distributions[at].absent {
            None => Ok(at),
            Some(why) => {
                Err(Refusal::Usage(format!("`{name}` is not on this system, because {why}")))
            }
        }
    }

    /// # Panics
    /// If there is no such rung: the bench file claims something of another.
    #[track_caller]
    fn known(&self, rung: &str) {
        let known = self.rungs().iter().any(|known| known.name == rung);
        assert!(known, "claim on unknown rung `{rung}`");
    }

    /// # Panics
    /// If there is no such scenario: the bench file names one that it does not measure.
    #[track_caller]
    fn scenario(&self, input: &str, n: usize) -> Scenario {
        let mut known = self.distributions.iter().flat_map(Distribution::scenarios);
        let found = known.find(|s| s.input == input && s.n == n);
        // No closure: the panic is to show the line of the bench file.
        let Some(found) = found else { panic!("there is no scenario {input}/{n}") };
        found
    }

    pub(crate) fn rungs(&self) -> &[RungInfo] {
        &self.description.rungs
    }

    /// Numbers of the rungs that can run here.
    pub(crate) fn available(&self) -> impl Iterator<Item = usize> + '_ {
        let runs = |at: &usize| self.rungs()[*at].unavailable.is_none();
        (0..self.rungs().len()).filter(runs)
    }

    /// The number of a rung that can run here.
    pub(crate) fn rung(&self, name: &str) -> Result<usize, Refusal> {
        let rung = self.available().find(|&at| self.rungs()[at].name == name);
        rung.ok_or_else(|| Refusal::Usage(format!("there is no rung `{name}` on this machine")))
    }
}

/// Inputs that take turns, and the rungs that work on them, by number.
pub(crate) trait Inputs {
    /// How many there are.
    fn count(&self) -> usize;

    /// Holds every rung against naive on the input of a number.
    fn check(&mut self, input: usize) -> Result<(), Disagreement>;

    /// The input of a number as somebody reads it; `None` if the bench does not say how.
    fn shown(&self, input: usize) -> Option<String>;

    /// Whether there is anything to agree on; `None` if the case does not say what that would be.
    fn substance(&mut self) -> Option<bool>;

    /// Holds a rung against naive once more, on the input whose turn it is; an error says how it
    /// differs.
    fn recheck(&mut self, rung: usize) -> Result<(), String>;

    /// Time for `calls` calls of a rung. Dropping results is timed; cloning inputs for in-place
    /// work is not.
    fn time(&mut self, rung: usize, calls: u64) -> Duration;

    /// The same with the processor's time.
    fn spend(&mut self, rung: usize, calls: u64) -> Spent;

    /// Whether every call is made cold before it is made.
    fn is_cold(&self) -> bool;

    /// Makes no call cold any more: for counts that do not depend on it.
    fn warm(&mut self);

    /// Refuses what was timed since an input could not be made cold, if one could not.
    fn held_cold(&self) -> Result<(), Refusal>;

    /// The same calls, in parts that are handed to whoever counts.
    fn counted(&mut self, rung: usize, calls: u64, count: &mut dyn FnMut(&mut dyn FnMut()));

    /// The same calls below a function of a known name, for whoever samples stacks.
    fn profiled(&mut self, rung: usize, calls: u64);

    /// Hands one call on the input of a number to whoever looks at it alone: a clone for in-place
    /// work is made before, and dropped after.
    fn one(&mut self, rung: usize, input: usize, look: &mut dyn FnMut(&mut dyn OneCall));

    /// Limited work of a call, and bytes within which it happens; zeros without a limit.
    fn work(&self) -> (f64, f64);

    /// Bytes of the data that a rung works on, where the case says.
    fn data_bytes(&self, rung: usize) -> Option<u64>;
}

/// One call in two steps: its result lives until it is dropped.
pub(crate) trait OneCall {
    /// Calls the rung.
    fn run(&mut self);

    /// Drops the result, which is part of the job.
    fn drop_result(&mut self);
}

/// Lets nothing be timed that was not just checked against naive on the same inputs, and nothing
/// that had nothing to do.
pub(crate) fn gate(frame: &Frame, inputs: &mut dyn Inputs, asked: &Asked) -> Result<(), Refusal> {
    let all = 0..inputs.count();
    gate_share(frame, inputs, asked, all)
}

/// The same for some of the inputs only. Whoever has the first says whether there was anything to
/// do on any of them.
pub(crate) fn gate_share(
    frame: &Frame,
    inputs: &mut dyn Inputs,
    asked: &Asked,
    share: Range<usize>,
) -> Result<(), Refusal> {
    let first = share.start == 0;
    agreement(frame, inputs, asked, share)?;
    if first {
        substance::gate(inputs.substance(), asked.scenario, asked.path.is_some())?;
    }
    Ok(())
}

/// Holds every rung against naive on some of the inputs, though there may be nothing to agree on:
/// inputs that are not timed may be empty.
pub(crate) fn agreement(
    frame: &Frame,
    inputs: &mut dyn Inputs,
    asked: &Asked,
    share: Range<usize>,
) -> Result<(), Refusal> {
    if let Some(why) = &frame.rungs()[0].unavailable {
        return Err(Refusal::Usage(format!("naive cannot run here: {why}")));
    }
    for input in share {
        inputs.check(input).map_err(|wrong| Refusal::Disagreement {
            rung: wrong.rung.to_owned(),
            scenario: asked.scenario.to_string(),
            seed: asked.seed + input as u64,
            difference: wrong.difference,
        })?;
    }
    Ok(())
}
