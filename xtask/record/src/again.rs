//! Cases of a record that were measured again, by a later run on the same kind of machine: each
//! keeps the commit and the time of its own run.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::merge::{Source, fits};
use crate::{Record, date};

/// The later run that a case is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Run {
    /// Seconds since 1970, UTC.
    pub started: u64,
    /// As the record's own.
    pub commit: Option<String>,
}

impl Record {
    /// When and of which commit a case was measured.
    pub fn run_of(&self, case: &str) -> Run {
        self.again.get(case).cloned().unwrap_or_else(|| self.run_itself())
    }

    /// When it was begun itself, and of which commit.
    pub(crate) fn run_itself(&self) -> Run {
        Run { started: self.started, commit: self.commit.clone() }
    }

    /// Commits of which its cases are, its own first: "50318fdfcb", or "50318fdfcb, c419417 for
    /// hashing".
    pub fn commits(&self) -> String {
        let said = |commit: &Option<String>| commit.clone().unwrap_or("unknown".to_owned());
        let own = said(&self.commit);
        let mut later: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let here = |(case, _): &(&String, _)| self.cases.contains_key(*case);
        for (case, run) in self.again.iter().filter(here) {
            later.entry(said(&run.commit)).or_default().insert(case);
        }
        later.into_iter().fold(own, |all, (commit, cases)| {
            let cases: Vec<&str> = cases.into_iter().collect();
            format!("{all}, {commit} for {}", cases.join(", "))
        })
    }

    /// Takes the cases of later runs in place of those that it has.
    ///
    /// # Errors
    /// If a run is not of this machine, with these tools and as thorough, or not a later one.
    pub fn refreshed(known: &Source, later: &[Source]) -> Result<Self> {
        let mut record = known.record.clone();
        for source in later {
            fits(known, source, false)?;
            record.add_conditions(&source.record.conditions);
            for (name, case) in &source.record.cases {
                let (old, new) = (record.run_of(name), source.record.run_of(name));
                if record.cases.contains_key(name) && old.started >= new.started {
                    bail!(
                        "`{name}` of {} was measured at {}, which is no later than what {} has: \
                         name the older record first",
                        source.path.display(),
                        date(new.started),
                        known.path.display()
                    );
                }
                record.again.insert(name.clone(), new);
                record.cases.insert(name.clone(), case.clone());
            }
        }
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::record;
    use crate::{Condition, Severity};

    fn source(path: &str, started: u64, commit: &str) -> Source {
        let mut record = record();
        record.again.clear();
        (record.started, record.commit) = (started, Some(commit.to_owned()));
        Source { path: path.into(), record }
    }

    fn known() -> Source {
        let mut known = source("known", 1, "abc");
        let words = known.record.cases["words"].clone();
        known.record.cases.insert("kept".into(), words);
        known
    }

    #[test]
    fn a_case_of_a_later_run_takes_the_place_of_the_earlier_and_keeps_its_commit() {
        let (known, mut later) = (known(), source("later", 2, "def"));
        let case = later.record.cases.get_mut("words").unwrap();
        case.seconds = 77.0;
        later.record.machine.flops32 += 1.0;
        let (name, finding) = ("load".into(), "3 other running".into());
        let load = Condition { name, finding, severity: Severity::Disturbs };
        later.record.conditions.push(load.clone());
        let both = Record::refreshed(&known, &[later]).unwrap();
        assert_eq!((both.cases["words"].seconds, both.cases.len()), (77.0, 2));
        assert_eq!(both.run_of("words"), Run { started: 2, commit: Some("def".into()) });
        assert_eq!(both.run_of("kept"), Run { started: 1, commit: Some("abc".into()) });
        assert_eq!(both.commits(), "abc, def for words");
        assert!(both.conditions.contains(&load), "what disturbed the later run is told");
        assert_eq!((both.started, &both.machine), (1, &known.record.machine));
        let mut part = both.clone();
        part.cases.remove("words");
        assert_eq!(part.commits(), "abc", "of cases that are left out nothing is said");
        let third = source("third", 3, "ghi");
        let known = Source { record: both, ..known };
        let all = Record::refreshed(&known, &[third]).unwrap();
        assert_eq!(all.commits(), "abc, ghi for words");
    }

    #[test]
    fn what_is_no_later_run_of_this_machine_is_refused() {
        let refused = |change: &dyn Fn(&mut Record)| {
            let mut later = source("later", 2, "def");
            change(&mut later.record);
            Record::refreshed(&known(), &[later]).unwrap_err().to_string()
        };
        assert!(refused(&|later| later.started = 1).contains("name the older record first"));
        assert!(refused(&|later| later.machine.processor = "Other".into()).contains("machines"));
        assert!(refused(&|later| later.toolchain.rustc = "rustc 2".into()).contains("compiler"));
        assert!(refused(&|later| later.effort = protocol::Effort::Full).contains("effort"));
    }
}
