//! Whether two runs of the same thing give the same verdicts.

use anyhow::{Result, bail};

use crate::records::Comparison;
use record::{Record, RunAgreement};

/// Counts the verdicts on which two runs agree.
///
/// # Errors
/// If they are one run, or differ in anything but the moment, or have no verdict in common.
pub fn of(old: &Record, new: &Record) -> Result<RunAgreement> {
    if old.started == new.started {
        bail!("both records are of the same run; run `cargo xtask bench-all` twice");
    }
    if old.effort != new.effort {
        bail!("the runs differ in effort, so their verdicts do too; run both with the same");
    }
    let comparison = Comparison::new(old, new);
    if let Some(fact) = comparison.facts.iter().find(|fact| !fact.equal) {
        let (name, old, new) = (fact.name, &fact.old, &fact.new);
        if old == new && old.ends_with('+') {
            bail!(
                "both runs had uncommitted changes, perhaps not the same: commit, then run twice"
            );
        }
        bail!("the runs differ in {name} ({old} and {new}), so their verdicts may differ rightly");
    }
    let agreement = comparison.agreement;
    if agreement.all == 0 {
        bail!("the runs have no verdict in common; run both with the same --only");
    }
    Ok(RunAgreement {
        all: agreement.all as u64,
        same: agreement.same as u64,
        opposite: agreement.opposite as u64,
        commit: new.commit.clone().unwrap_or_default(),
        effort: new.effort,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Effort;

    fn runs() -> (Record, Record) {
        let mut old = record::fixture::record();
        old.commit = Some("abc".into());
        old.machine.system = "linux".into();
        old.started = 1;
        let mut new = old.clone();
        new.started = 2;
        (old, new)
    }

    #[test]
    fn equal_runs_agree() {
        let (old, new) = runs();
        let agreement = of(&old, &new).unwrap();
        assert!(agreement.all > 0 && agreement.same == agreement.all && agreement.opposite == 0);
        assert_eq!(agreement.commit, "abc");
    }

    #[test]
    fn a_changed_verdict_is_counted() {
        let (old, mut new) = runs();
        let case = new.cases.get_mut("words").unwrap();
        let scenario = &mut case.scenarios[0];
        let pair = scenario.pairs.iter_mut().find(|pair| (pair.base, pair.rung) == (0, 2)).unwrap();
        pair.logs.iter_mut().flatten().for_each(|log| *log = -*log);
        record::fixture::set_times(scenario);
        let agreement = of(&old, &new).unwrap();
        assert_eq!((agreement.all - agreement.same, agreement.opposite), (1, 1));
    }

    #[test]
    fn runs_that_may_differ_rightly_are_refused() {
        let refused = |change: &dyn Fn(&mut Record), why: &str| {
            let (old, mut new) = runs();
            change(&mut new);
            let error = of(&old, &new).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        };
        refused(&|new| new.started = 1, "same run");
        refused(&|new| new.effort = Effort::Full, "effort");
        refused(&|new| new.commit = Some("def".into()), "commit");
        refused(&|new| new.machine.processor = "other".into(), "processor");
        refused(&|new| new.cases.clear(), "no verdict");
        let (mut old, mut new) = runs();
        old.commit = Some("abc+".into());
        new.commit.clone_from(&old.commit);
        assert!(of(&old, &new).unwrap_err().to_string().contains("uncommitted"));
    }
}
