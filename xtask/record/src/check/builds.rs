//! Builds: every round has a run for each variant and for the base again, and times are such that
//! one may divide by them.

use super::{
    At as _, Check, Checked, LIST, count, distinct, each, ensure, line, moment, name, text, word,
};
use crate::{
    BuildCost, BuildOutcome, Builds, BuiltProgram, BuiltVariant, ProgramJob, ProgramRound,
    ProgramRun,
};

/// Runs of all rounds: intervals are drawn from them.
const RUNS: usize = 100_000;

impl Check for Builds {
    fn check(&self) -> Checked {
        moment(self.started).at("started")?;
        self.commit.as_deref().map_or(Ok(()), word).at("commit")?;
        line(&self.processor).at("processor")?;
        line(&self.rustc).at("rustc")?;
        line(&self.target).at("target")?;
        distinct(self.programs.iter().map(|program| &program.name)).at("programs")?;
        let jobs = self.programs.iter().flat_map(|program| &program.jobs);
        not_too_many(jobs.flat_map(|job| &job.rounds)).at("programs")?;
        each(&self.programs, LIST, Check::check).at("programs")
    }
}

impl Check for BuiltProgram {
    fn check(&self) -> Checked {
        word(&self.name).at("name")?;
        distinct(self.variants.iter().map(|variant| &variant.name)).at("variants")?;
        each(&self.variants, LIST, Check::check).at("variants")?;
        let base = self.variants.first().map(|base| &base.outcome);
        ensure(matches!(base, Some(BuildOutcome::Built(_))), || "the base was not built".into())
            .at("variants")?;
        distinct(self.jobs.iter().map(|job| &job.name)).at("jobs")?;
        each(&self.jobs, LIST, |job| of_job(job, self.variants.len() + 1)).at("jobs")
    }
}

fn of_job(job: &ProgramJob, programs: usize) -> Checked {
    name(&job.name).at("name")?;
    of_rounds(&job.rounds, programs).at("rounds")
}

/// Rounds that one can draw intervals from.
pub fn not_too_many<'r>(rounds: impl Iterator<Item = &'r ProgramRound>) -> Checked {
    let runs: usize = rounds.map(|round| round.runs.len()).sum();
    ensure(runs <= RUNS, || format!("{runs} runs, where {RUNS} are the most"))
}

/// Rounds in each of which so many programs had their turn.
pub fn of_rounds(rounds: &[ProgramRound], programs: usize) -> Checked {
    each(rounds, LIST, |round| {
        ensure(round.runs.len() == programs, || {
            format!("{programs} programs, {} runs", round.runs.len())
        })?;
        super::each_known(&round.runs, Check::check).at("runs")
    })
}

impl Check for BuiltVariant {
    fn check(&self) -> Checked {
        word(&self.name).at("name")?;
        each(&self.settings, LIST, |setting| line(setting)).at("settings")?;
        match &self.outcome {
            BuildOutcome::Built(cost) => cost.check().at("outcome"),
            BuildOutcome::Unavailable(why) | BuildOutcome::Refused(why) => text(why).at("outcome"),
        }
    }
}

impl Check for BuildCost {
    fn check(&self) -> Checked {
        some(self.clean).at("clean")?;
        some(self.incremental).at("incremental")?;
        some(self.file).at("file")?;
        some(self.text).at("text")
    }
}

impl Check for ProgramRun {
    fn check(&self) -> Checked {
        some(self.wall).at("wall")?;
        some(self.sentinel).at("sentinel")?;
        for (part, of) in [("cpu", self.cpu), ("peak", self.peak), ("start_up", self.start_up)] {
            of.map_or(Ok(()), some).at(part)?;
        }
        self.others.map_or(Ok(()), count).at("others")?;
        count(self.again.into()).at("again")
    }
}

/// What can be divided by.
pub fn some(number: u64) -> Checked {
    count(number)?;
    ensure(number > 0, || "0, where more is meant".into())
}
