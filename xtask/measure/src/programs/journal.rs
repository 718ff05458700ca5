//! Rounds on disk, a line each, so that an interrupted run keeps what it has.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use record::ProgramRound;
use serde::{Deserialize, Serialize};

/// What every journal says it is, with the version of its format.
const FORMAT: &str = "casebook-programs 1";

/// The first line.
#[derive(Serialize, Deserialize, PartialEq)]
struct Head {
    journal: String,
    /// What is measured.
    key: String,
}

/// The file, and what it held when it was opened.
pub struct Journal {
    path: PathBuf,
    file: File,
    rounds: Vec<ProgramRound>,
}

impl Journal {
    /// Goes on with a journal of the same key; any other is begun anew.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn open(path: &Path, key: &str) -> Result<Self> {
        let head = Head { journal: FORMAT.to_owned(), key: key.to_owned() };
        let rounds = read(&fs::read_to_string(path).unwrap_or_default(), &head);
        let cannot = || format!("cannot write {}", path.display());
        let mut file = File::create(path).with_context(cannot)?;
        // Written again, so that a line that was cut short by a crash is none any more.
        writeln!(file, "{}", serde_json::to_string(&head)?).with_context(cannot)?;
        let mut journal = Self { path: path.to_owned(), file, rounds: Vec::new() };
        rounds.iter().try_for_each(|round| journal.keep(round))?;
        journal.rounds = rounds;
        Ok(journal)
    }

    /// What it held.
    pub fn rounds(&self) -> Vec<ProgramRound> {
        self.rounds.clone()
    }

    /// Keeps one more.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep(&mut self, round: &ProgramRound) -> Result<()> {
        let line = serde_json::to_string(round)?;
        let kept = writeln!(self.file, "{line}").and_then(|()| self.file.flush());
        kept.with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// All is measured: there is nothing to go on with.
    pub fn end(self) {
        let Self { path, file, .. } = self;
        drop(file); // Windows removes no file that is open
        let _ = fs::remove_file(path);
    }
}

/// The rounds of a journal with this head, as far as they are whole.
fn read(text: &str, head: &Head) -> Vec<ProgramRound> {
    let mut lines = text.lines();
    let own = lines.next().and_then(|line| serde_json::from_str::<Head>(line).ok());
    if own.as_ref() != Some(head) {
        return Vec::new();
    }
    lines.map_while(|line| serde_json::from_str(line).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::ProgramRun;

    #[test]
    fn rounds_outlive_a_crash_and_belong_to_their_programs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rounds.jsonl");
        let round = |wall: u64| ProgramRound {
            runs: vec![None, Some(ProgramRun { wall, ..ProgramRun::default() })],
        };
        let mut journal = Journal::open(&path, "a").unwrap();
        [1, 2].iter().for_each(|wall| journal.keep(&round(*wall)).unwrap());
        let torn = fs::read_to_string(&path).unwrap() + "{\"runs\":[nu";
        fs::write(&path, torn).unwrap();
        drop(journal);
        let mut again = Journal::open(&path, "a").unwrap();
        assert_eq!(again.rounds(), [round(1), round(2)]);
        again.keep(&round(3)).unwrap();
        drop(again);
        assert_eq!(Journal::open(&path, "a").unwrap().rounds().len(), 3);
        let other = Journal::open(&path, "b").unwrap();
        assert!(other.rounds().is_empty());
        other.end();
        assert!(!path.exists());
    }
}
