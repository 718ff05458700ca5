//! Where a run leaves its record, and what becomes of the one before: that stays, and its book,
//! until the new one is whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use cases::Workspace;
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
        assert!(!run(5, false, true));
        assert_eq!((started(&places.whole), started(&places.old)), (Some(4), Some(2)));
    }
}
