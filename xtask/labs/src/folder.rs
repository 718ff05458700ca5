//! A learner's folder: one file of his own for each lab, his guesses and notes, and one log.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cases::{Workspace, text};

use crate::form::Lab;
use crate::guess;
use crate::progress::{Event, Guess, Line, Progress, now};

/// The variable that names the folder.
pub const VARIABLE: &str = "CASEBOOK_LABS";
/// The folder's name, beside the checkout.
const BESIDE: &str = "casebook-labs";
/// The file with the name that a learner wants to have in class.
const ALIAS: &str = "alias.txt";

/// The folder with all that is a learner's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub root: PathBuf,
}

impl Folder {
    /// Where the command line, the variable or nobody says: then beside the checkout.
    pub fn choose(workspace: &Workspace, named: Option<&Path>) -> Self {
        let variable = std::env::var_os(VARIABLE).filter(|value| !value.is_empty());
        let named = named.map(Path::to_owned).or(variable.map(PathBuf::from));
        let beside = || workspace.root.parent().unwrap_or(&workspace.root).join(BESIDE);
        Self { root: named.unwrap_or_else(beside) }
    }

    /// The folder of one lab.
    pub fn of(&self, lab: &Lab) -> PathBuf {
        self.root.join(&lab.name)
    }

    /// The one file that is graded.
    pub fn attempt(&self, lab: &Lab) -> PathBuf {
        self.of(lab).join("attempt.rs")
    }

    /// Where the guess is written.
    pub fn guess(&self, lab: &Lab) -> PathBuf {
        self.of(lab).join("guess.toml")
    }

    /// The log.
    pub fn log(&self) -> PathBuf {
        self.root.join("progress.jsonl")
    }

    /// What the log says.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn progress(&self) -> Result<Progress> {
        Progress::read(&self.log())
    }

    /// Makes what a lab begins with; what is there stays as it is. Whether anything was made.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn start(&self, lab: &Lab) -> Result<bool> {
        let folder = self.of(lab);
        fs::create_dir_all(&folder).map_err(|error| record::whole::cannot_write(&folder, error))?;
        let notes = format!("# {}\n\nWhat I tried, and what became of it:\n", lab.title);
        let fresh = write_new(&self.attempt(lab), &lab.start()?)?;
        write_new(&self.guess(lab), &guess::empty(lab))?;
        write_new(&folder.join("notes.md"), &notes)?;
        Ok(fresh)
    }

    /// Puts the attempt back to the start; what was there is kept beside it, and where.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn reset(&self, lab: &Lab) -> Result<PathBuf> {
        let attempt = self.attempt(lab);
        let kept = (1..)
            .map(|number| self.of(lab).join(format!("attempt-{number}.rs")))
            .find(|path| !path.exists())
            .context("some number is free")?;
        fs::rename(&attempt, &kept).map_err(|error| record::whole::cannot_write(&kept, error))?;
        write_new(&attempt, &lab.start()?)?;
        Ok(kept)
    }

    /// What stands in the guess's file; `None` while it is empty or missing.
    ///
    /// # Errors
    /// If it says what is no guess.
    pub fn read_guess(&self, lab: &Lab) -> Result<Option<Guess>> {
        let path = self.guess(lab);
        if !path.exists() {
            return Ok(None);
        }
        guess::read(&text::read(&path)?).with_context(|| path.display().to_string())
    }

    /// Writes a guess that came another way into its file, so that both say the same.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write_guess(&self, lab: &Lab, guess: &Guess) -> Result<()> {
        let text = guess::filled(lab, guess);
        record::whole::replace(&self.guess(lab), |file| file.write_all(text.as_bytes()))
    }

    /// Notes in the log what happened.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn note(&self, lab: &Lab, commit: Option<&str>, event: Event) -> Result<()> {
        fs::create_dir_all(&self.root)
            .map_err(|error| record::whole::cannot_write(&self.root, error))?;
        let attempt = fs::read(self.attempt(lab)).ok().map(|bytes| digest(&bytes));
        let line = Line {
            time: now(),
            lab: lab.name.clone(),
            commit: commit.map(str::to_owned),
            attempt,
            alias: self.alias(),
            event,
        };
        Progress::append(&self.log(), &line)
    }

    /// What the learner wants to be called.
    fn alias(&self) -> Option<String> {
        let text = fs::read_to_string(self.root.join(ALIAS)).ok()?;
        let alias = text.lines().next()?.trim();
        (!alias.is_empty()).then(|| alias.to_owned())
    }
}

/// Writes a file unless there is one; whether there was none.
fn write_new(path: &Path, text: &str) -> Result<bool> {
    let mut options = fs::File::options();
    let written = options
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()));
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(record::whole::cannot_write(path, error)),
    }
}

/// A number that tells one text from another (FNV-1a: Fowler, Noll, Vo): not one that withstands
/// somebody who looks for another text of the same.
pub fn digest(bytes: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Kind, Place};

    /// A lab with the least that it must have, in a folder that is gone when it is dropped.
    fn lab() -> (tempfile::TempDir, Lab, Folder) {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("crates/slow");
        fs::create_dir_all(folder.join("lab")).unwrap();
        fs::write(folder.join("lab/start.rs"), "//! Start.\n").unwrap();
        let at = Place { input: "all".to_owned(), n: 10 };
        let lab = Lab {
            name: "slow".to_owned(),
            title: "Slow".to_owned(),
            part: "Diagnosis".to_owned(),
            kind: Kind::Diagnosis,
            order: 1,
            minutes: 20,
            headline: at.clone(),
            second: at,
            reference: "optimized".to_owned(),
            decoy: None,
            limits: Vec::new(),
            crates: Vec::new(),
            bench: folder.join("bench.rs"),
            folder,
        };
        let own = Folder { root: place.path().join("labs") };
        (place, lab, own)
    }

    #[test]
    fn a_guess_that_came_by_flags_is_in_its_file() {
        let (_root, lab, folder) = lab();
        folder.start(&lab).unwrap();
        let guess = guess::new(2.0, 4.5, Some("locks".to_owned()), Some(64)).unwrap();
        folder.write_guess(&lab, &guess).unwrap();
        assert_eq!(folder.read_guess(&lab).unwrap(), Some(guess));
    }

    #[test]
    fn a_lab_is_started_once_and_what_was_written_stays() {
        let (_place, lab, own) = lab();
        assert!(own.start(&lab).unwrap());
        assert_eq!(own.read_guess(&lab).unwrap(), None);
        fs::write(own.attempt(&lab), "mine").unwrap();
        assert!(!own.start(&lab).unwrap());
        assert_eq!(fs::read_to_string(own.attempt(&lab)).unwrap(), "mine");
        let kept = own.reset(&lab).unwrap();
        assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
        assert_eq!(fs::read_to_string(own.attempt(&lab)).unwrap(), "//! Start.\n");
        assert_ne!(own.reset(&lab).unwrap(), kept);
    }

    #[test]
    fn what_happened_is_noted_with_the_attempts_digest_and_the_alias() {
        let (_place, lab, own) = lab();
        own.note(&lab, Some("abc"), Event::Started).unwrap();
        own.start(&lab).unwrap();
        fs::write(own.root.join(ALIAS), "otter\n").unwrap();
        own.note(&lab, None, Event::Why).unwrap();
        let lines = own.progress().unwrap().lines;
        assert_eq!((lines[0].attempt.as_deref(), lines[0].commit.as_deref()), (None, Some("abc")));
        assert_eq!(lines[1].alias.as_deref(), Some("otter"));
        assert_eq!(lines[1].attempt, Some(digest(b"//! Start.\n")));
        assert_eq!(digest(b""), "cbf29ce484222325");
    }
}
