//! Programs that do one job: every round has a run for each and for the base again, and times are
//! such that one may divide by them.

use super::builds::{not_too_many, of_rounds, some};
use super::{
    At as _, Check, Checked, LIST, count, distinct, each, ensure, line, moment, name, text, word,
};
use crate::{Host, Rows, RowsOutcome, RowsProgram};

impl Check for Rows {
    fn check(&self) -> Checked {
        moment(self.started).at("started")?;
        self.commit.as_deref().map_or(Ok(()), word).at("commit")?;
        self.host.check().at("host")?;
        self.rows.map_or(Ok(()), some).at("rows")?;
        count(self.bytes).at("bytes")?;
        distinct(self.programs.iter().map(|program| &program.name)).at("programs")?;
        each(&self.programs, LIST, Check::check).at("programs")?;
        let base = self.programs.first().map(|base| &base.outcome);
        ensure(base == Some(&RowsOutcome::Ran), || "the base did not run".into()).at("programs")?;
        not_too_many(self.rounds.iter()).at("rounds")?;
        of_rounds(&self.rounds, self.programs.len() + 1).at("rounds")
    }
}

impl Check for Host {
    fn check(&self) -> Checked {
        line(&self.processor).at("processor")?;
        some(self.cores as u64).at("cores")?;
        line(&self.rustc).at("rustc")?;
        line(&self.target).at("target")
    }
}

impl Check for RowsProgram {
    fn check(&self) -> Checked {
        name(&self.name).at("name")?;
        line(&self.version).at("version")?;
        match &self.outcome {
            RowsOutcome::Ran => Ok(()),
            RowsOutcome::Unavailable(why) | RowsOutcome::Refused(why) => text(why).at("outcome"),
        }
    }
}
