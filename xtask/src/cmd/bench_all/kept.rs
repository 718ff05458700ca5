//! Where a run leaves its record, and what becomes of the one before: that stays, and its book,
//! until the new one is whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use cases::Workspace;
use judge::words::format::plural;
use record::merge::Source;
use record::{Record, whole};

/// The files of a run's record.
pub struct Places {
    /// What commands read: the latest whole run's.
    pub whole: PathBuf,
    /// As far as a run has come; of one that was cut short it stays.
    pub partial: PathBuf,
    /// The one that a whole one has replaced.
    pub old: PathBuf,
}

impl Places {
    /// Those beside the record at this path.
    pub fn of(whole: PathBuf) -> Self {
        let (partial, old) =
            (whole.with_extension("partial.json"), whole.with_extension("old.json"));
        Self { whole, partial, old }
    }

    /// Tries all that a run will write, and its book, before it is worth anything.
    ///
    /// # Errors
    /// If something cannot be written; says what to do.
    pub fn try_all(&self, workspace: &Workspace, journal: &Path) -> Result<()> {
        for file in [&self.whole, &self.partial, &self.old, journal] {
            whole::try_file(file)?;
        }
        whole::try_place(&workspace.scratch().join("criterion"))?;
        whole::try_place(&workspace.scratch().join("book"))?;
        whole::try_place(&workspace.book())
    }

    /// Puts the record of a run that has ended at its place, if it may replace the one that is
    /// there: a run that was cut short, or has no figures, may replace none. Whether it did.
    ///
    /// # Errors
    /// If it cannot be put there; then the earlier one is as it was.
    pub fn settle(&self, record: &Record, complete: bool) -> Result<bool> {
        let figures = record.cases.values().any(|case| !case.scenarios.is_empty());
        let earlier = self.whole.exists();
        if !(figures && (complete || !earlier)) {
            return Ok(false);
        }
        if earlier {
            let mut earlier = File::open(&self.whole)?;
            whole::replace(&self.old, |old| io::copy(&mut earlier, old).map(drop))?;
        }
        let put = fs::rename(&self.partial, &self.whole);
        put.map_err(|error| whole::cannot_write(&self.whole, error))?;
        Ok(true)
    }

    /// How to have these cases and those that the record before has beside them in one; `None`
    /// where it has no others.
    pub fn left_behind(&self, record: &Record) -> Option<String> {
        let old = Record::load(&self.old).ok()?;
        let others = old.cases.keys().filter(|case| !record.cases.contains_key(*case)).count();
        let both = Source { path: self.whole.clone(), record: record.clone() };
        let old = Source { path: self.old.clone(), record: old };
        (others > 0 && Record::refreshed(&old, &[both]).is_ok()).then(|| {
            let [old, new] = [&self.old, &self.whole].map(|path| path.display().to_string());
            let cases = plural("case", others);
            format!(
                "{others} {cases} of the run before stay in {old}; to have all in one book:\n  \
                 cargo xtask merge --refresh {old} {new} && cargo xtask book"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_run_with_figures_replaces_an_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::of(folder.path().join("record.json"));
        let run = |started, figures: bool, complete| {
            let mut record = Record { started, ..record::fixture::record() };
            if !figures {
                record.cases.values_mut().for_each(|case| case.scenarios.clear());
            }
            record.save(&places.partial).unwrap();
            places.settle(&record, complete).unwrap()
        };
        let started = |path: &Path| Record::load(path).map(|record| record.started).ok();
        assert!(!run(1, false, true) && !places.whole.exists());
        assert!(run(2, true, false), "better than none");
        assert!(!run(3, true, false) && started(&places.partial) == Some(3));
        assert_eq!((started(&places.whole), started(&places.old)), (Some(2), None));
        assert!(run(4, true, true) && !places.partial.exists());
        assert_eq!(places.left_behind(&Record::load(&places.whole).unwrap()), None, "no others");
        assert!(!run(5, false, true));
        assert_eq!((started(&places.whole), started(&places.old)), (Some(4), Some(2)));
    }

    #[test]
    fn cases_that_were_not_measured_again_are_not_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::of(folder.path().join("record.json"));
        let mut both = Record { started: 1, ..record::fixture::record() };
        both.cases.insert("kept".into(), both.cases["words"].clone());
        both.save(&places.old).unwrap();
        let mut new = Record { started: 2, ..record::fixture::record() };
        let hint = places.left_behind(&new).unwrap();
        assert!(hint.starts_with("1 case of the run before") && hint.contains("--refresh"));
        new.effort = protocol::Effort::Full;
        assert_eq!(places.left_behind(&new), None, "the two are no parts of one record");
    }
}
