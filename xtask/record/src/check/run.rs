//! A run as a whole: when, with what, on what, and how far it can be trusted.

use super::{
    At as _, Check, Checked, LIST, at_most, count, each, ensure, line, moment, name, share, text,
    up_to, word,
};
use crate::{
    CalibratedKind, Calibration, Condition, Record, Run, RunAgreement, ScenarioRecord, Shards,
    Toolchain, UserFile,
};

/// Experiments, and verdicts of two runs: chances are summed over them.
const TRIALS: u64 = 20_000;
/// Parts of a run: those that are missing are counted up.
const SHARDS: usize = 10_000;
/// What all intervals of a record draw from: reading it takes seconds at most.
const DRAWN: usize = 500_000;

impl Check for Record {
    fn check(&self) -> Checked {
        self.run_itself().check()?;
        self.toolchain.check().at("toolchain")?;
        self.machine.check().at("machine")?;
        each(&self.conditions, LIST, Check::check).at("conditions")?;
        self.file.as_ref().map_or(Ok(()), Check::check).at("file")?;
        self.calibration.as_ref().map_or(Ok(()), Check::check).at("calibration")?;
        self.shards.as_ref().map_or(Ok(()), Check::check).at("shards")?;
        at_most(self.again.len(), LIST).at("again")?;
        for (name, run) in &self.again {
            word(name).and_then(|()| run.check().at(name)).at("again")?;
        }
        at_most(self.cases.len(), LIST).at("cases")?;
        for (name, case) in &self.cases {
            word(name).and_then(|()| case.check().at(name)).at("cases")?;
        }
        let scenarios = self.cases.values().flat_map(|case| &case.scenarios);
        let drawn: usize = scenarios.map(ScenarioRecord::drawn).sum();
        ensure(drawn <= DRAWN, || format!("{drawn} samples, where {DRAWN} are the most"))
            .at("cases")
    }
}

impl Check for Run {
    fn check(&self) -> Checked {
        moment(self.started).at("started")?;
        self.commit.as_deref().map_or(Ok(()), word).at("commit")
    }
}

impl Check for Toolchain {
    fn check(&self) -> Checked {
        line(&self.rustc).at("rustc")?;
        ensure(self.target.is_empty() || word(&self.target).is_ok(), || "this is no target".into())
            .at("target")?;
        line(&self.flags).at("flags")?;
        line(&self.profile).at("profile")?;
        line(&self.wrapper).at("wrapper")?;
        count(self.alignment).at("alignment")
    }
}

impl Check for Condition {
    fn check(&self) -> Checked {
        name(&self.name).at("name")?;
        text(&self.finding).at("finding")
    }
}

impl Check for UserFile {
    fn check(&self) -> Checked {
        line(&self.name).at("name")?;
        count(self.bytes).at("bytes")?;
        count(self.measured).at("measured")?;
        count(self.lines).at("lines")?;
        at_most(self.refused.len(), LIST).at("refused")?;
        for (case, why) in &self.refused {
            word(case).and_then(|()| text(why).at(case)).at("refused")?;
        }
        Ok(())
    }
}

impl Check for Shards {
    fn check(&self) -> Checked {
        let known = |number: &usize| (1..=self.of.min(SHARDS)).contains(number);
        ensure(self.of <= SHARDS && self.numbers.iter().all(known), || {
            format!("parts of {}, numbered from 1", self.of)
        })
    }
}

impl Check for Calibration {
    fn check(&self) -> Checked {
        moment(self.started).at("started")?;
        line(&self.processor).at("processor")?;
        count(self.processes).at("processes")?;
        share(self.slowdown).at("slowdown")?;
        each(&self.kinds, LIST, Check::check).at("kinds")?;
        let total = self.total();
        up_to(total.experiments, TRIALS).at("kinds")?;
        self.agreement.as_ref().map_or(Ok(()), Check::check).at("agreement")
    }
}

impl Check for CalibratedKind {
    fn check(&self) -> Checked {
        name(&self.name).at("name")?;
        count(self.millis).at("millis")?;
        up_to(self.experiments, TRIALS).at("experiments")?;
        up_to(self.false_verdicts, self.experiments).at("false_verdicts")?;
        up_to(self.found, self.experiments).at("found")?;
        up_to(self.hidden, self.experiments).at("hidden")?;
        up_to(self.too_busy, TRIALS).at("too_busy")
    }
}

impl Check for RunAgreement {
    fn check(&self) -> Checked {
        up_to(self.all, TRIALS).at("all")?;
        up_to(self.same, self.all).at("same")?;
        up_to(self.opposite, self.all - self.same).at("opposite")?;
        ensure(self.commit.is_empty() || word(&self.commit).is_ok(), || "this is no commit".into())
            .at("commit")
    }
}
