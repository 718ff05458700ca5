//! The journal of a run: what each process answered, unreduced, a line each, so that a run that was
//! cut short can go on and loses nothing. A record cannot be continued: it keeps medians.

mod entry;
mod plan;
mod read;

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead as _, BufReader, ErrorKind, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use protocol::Machine;

use record::{Condition, whole};

use crate::locked::Locked;

pub use entry::{Entry, Head, Piece};
pub use plan::{InputFile, Plan, fingerprint};

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    /// Its first line.
    pub head: Head,
    path: PathBuf,
    file: Locked,
    /// Bytes of whole lines.
    length: u64,
    earlier: Vec<Entry>,
}

impl Journal {
    /// Begins a run. An unfinished one that lies there is set aside.
    ///
    /// # Errors
    /// If the folder cannot be written to, or another run is going on there.
    pub fn create(path: &Path, plan: Plan) -> Result<Self> {
        whole::try_file(path)?;
        let cannot = |error| whole::cannot_write(path, error);
        let kept = unfinished(path)?;
        if kept {
            fs::rename(path, aside(path)).map_err(cannot)?;
        }
        let begun = Self::begin(path, plan);
        if begun.is_err() && kept {
            fs::rename(aside(path), path).map_err(cannot)?; // it can still go on
        }
        begun
    }

    fn begin(path: &Path, plan: Plan) -> Result<Self> {
        let file = lock(open(path, true).map_err(|error| whole::cannot_write(path, error))?)?;
        let started = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
        let head = Head { journal: entry::FORMAT.to_owned(), started, plan };
        let mut journal =
            Self { head: head.clone(), path: path.to_owned(), file, length: 0, earlier: vec![] };
        let emptied = journal.file.set_len(0).map_err(|error| whole::cannot_write(path, error));
        match emptied.and_then(|()| journal.append(&head)) {
            Ok(()) => Ok(journal),
            Err(why) => journal.finish().and(Err(why)), // nothing that only looks like a journal
        }
    }

    /// Opens the journal of an unfinished run to go on with it. `plan` is what is known before the
    /// build.
    ///
    /// # Errors
    /// If there is none, or it belongs to another run: says what differs and what to do.
    pub fn resume(path: &Path, plan: &Plan) -> Result<Self> {
        let nothing = || {
            bail!(
                "there is nothing to go on with: no unfinished run in {}; begin one without \
                 --resume",
                path.display()
            )
        };
        let file = match open(path, false) {
            Err(error) if error.kind() == ErrorKind::NotFound => return nothing(),
            // Whoever began it was killed before its first line.
            Ok(file) if file.metadata().is_ok_and(|known| known.len() == 0) => return nothing(),
            file => lock(file.with_context(|| format!("cannot open {}", path.display()))?)?,
        };
        let read::Content { head, entries, length } = read::all(&file, path)?;
        head.plan.check(plan)?;
        // Or the next line would continue the torn one.
        file.set_len(length).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { head, path: path.to_owned(), file, length, earlier: entries })
    }

    /// Takes the run up, now that the binaries are built.
    ///
    /// # Errors
    /// If they are others.
    pub fn go_on(self, plan: &Plan) -> Result<Self> {
        self.head.plan.check(plan)?;
        Ok(self)
    }

    /// How many processes and looks have left an answer.
    pub fn answers(&self) -> usize {
        self.earlier.iter().filter(|entry| matches!(entry, Entry::Case { .. })).count()
    }

    /// The machine and its conditions in each session until now.
    pub fn sessions(&self) -> impl Iterator<Item = (&Machine, &[Condition])> {
        self.earlier.iter().filter_map(|entry| match entry {
            Entry::Session { machine, conditions } => Some((machine, conditions.as_slice())),
            Entry::Case { .. } => None,
        })
    }

    /// What was written before this run went on; the second call gives nothing.
    pub fn earlier(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.earlier)
    }

    /// Waits until the disk has everything, for the day of a power failure. Once a round: more
    /// would disturb what is measured.
    pub fn sync(&self) {
        // A file system that cannot do this still has what was written.
        let _ = self.file.sync_data();
    }

    /// Removes the journal of a run that is complete: its record says all from now on.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn finish(self) -> Result<()> {
        drop(self.file); // Windows removes no file that is open
        fs::remove_file(&self.path)
            .with_context(|| format!("cannot remove {}", self.path.display()))
    }

    /// Writes one entry, before anything is made of it.
    ///
    /// # Errors
    /// If it cannot be written: then the journal ends with the entry before, and the run can go on
    /// from there later.
    pub fn write(&mut self, entry: &Entry) -> Result<()> {
        self.append(entry)
    }

    fn append(&mut self, line: &impl serde::Serialize) -> Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        // In one piece and unbuffered: when the process is killed, the system has the whole line.
        let end = self.file.seek(SeekFrom::Start(self.length));
        if let Err(error) = end.and_then(|_| self.file.write_all(&text)) {
            let _ = self.file.set_len(self.length); // else the torn line is dropped when read
            return Err(whole::cannot_write(&self.path, error));
        }
        self.length += text.len() as u64;
        Ok(())
    }
}

/// Tells a user who begins a new run that the last one could go on; `None` if it was complete.
///
/// # Errors
/// If another run is going on.
pub fn notice(path: &Path) -> Result<Option<String>> {
    if !unfinished(path)? {
        return Ok(None);
    }
    let command = read::head(path).map_or("cargo xtask bench-all --resume".to_owned(), |head| {
        head.plan.command() // how it was begun may be no longer readable
    });
    Ok(Some(format!(
        "note: the last run was cut short and `{command}` goes on with it; this one begins anew \
         and keeps that one's journal as {}",
        aside(path).display()
    )))
}

/// Whether a journal lies there in which something was measured: more than its first line and the
/// session's.
fn unfinished(path: &Path) -> Result<bool> {
    let Ok(file) = open(path, false) else { return Ok(false) };
    Ok(BufReader::new(&*lock(file)?).split(b'\n').nth(2).is_some())
}

fn aside(path: &Path) -> PathBuf {
    path.with_extension("old.jsonl")
}

fn open(path: &Path, create: bool) -> std::io::Result<File> {
    // Not to append: Windows would not let such a file be cut.
    OpenOptions::new().read(true).write(true).create(create).truncate(false).open(path)
}

/// Two runs at once would disturb each other's times, and mix their lines.
fn lock(file: File) -> Result<Locked> {
    Locked::new(file)
        .context("another `bench-all` is measuring here; wait until it is done, or end it")
}

#[cfg(test)]
mod tests;
