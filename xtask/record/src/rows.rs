//! What a run of `cargo xtask rows` leaves: programs that do one job, and what every run of them
//! took. A file of its own, since it says nothing of a function.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::load::Kind;
use crate::{ProgramRound, write_json};

const KIND: Kind = Kind {
    format: "casebook-rows",
    version: 1,
    what: "rows",
    advice: "measure again with `cargo xtask rows`",
};

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Always "casebook-rows".
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// Seconds since 1970, UTC.
    pub started: u64,
    /// Commit of the rungs; null outside a repository.
    pub commit: Option<String>,
    /// What they ran on, and what built ours.
    pub host: Host,
    /// Rows of the file; null of a file of the user's, which nobody counted.
    pub rows: Option<u64>,
    /// Bytes of the file.
    pub bytes: u64,
    /// The programs; the first is the base.
    pub programs: Vec<RowsProgram>,
    /// What was measured.
    pub rounds: Vec<ProgramRound>,
}

/// What programs ran on, and what built ours.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Host {
    /// The processor's name.
    pub processor: String,
    /// Cores that programs might use.
    pub cores: usize,
    /// First line of `rustc --version`.
    pub rustc: String,
    /// The target triple.
    pub target: String,
}

/// One of the programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsProgram {
    /// Its name.
    pub name: String,
    /// Whether it is what one would use instead of a program of one's own.
    pub peer: bool,
    /// Its version, as it says itself; empty of a rung, which the commit tells.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// What became of it.
    pub outcome: RowsOutcome,
}

/// What became of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowsOutcome {
    /// It took part.
    Ran,
    /// It is not here, or was left out: how to get it, or why.
    Unavailable(String),
    /// It does not print what the base prints, and so was not measured.
    Refused(String),
}

impl Rows {
    /// A run that begins now and knows nothing.
    pub fn new(commit: Option<String>, host: Host, rows: Option<u64>, bytes: u64) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            format: KIND.format.to_owned(),
            version: KIND.version,
            started: since.map_or(0, |since| since.as_secs()),
            commit,
            host,
            rows,
            bytes,
            programs: Vec::new(),
            rounds: Vec::new(),
        }
    }

    /// Reads one.
    ///
    /// # Errors
    /// Names the file, and what to do if it is none, of another version, or holds what none may.
    pub fn load(path: &Path) -> Result<Self> {
        KIND.load(path)
    }

    /// What a text is.
    ///
    /// # Errors
    /// Says what to do if it is none, of another version, or holds what none may.
    pub fn read(text: &str) -> Result<Self> {
        KIND.read(text)
    }

    /// Writes it whole or not at all.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        write_json(self, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::rows;

    #[test]
    fn what_is_saved_is_read_again_and_what_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.json");
        rows().save(&path).unwrap();
        assert_eq!(Rows::load(&path).unwrap(), rows());
        let text = std::fs::read_to_string(&path).unwrap();
        let refused = |from: &str, to: &str| {
            assert!(text.contains(from), "{from}");
            Rows::read(&text.replacen(from, to, 1)).unwrap_err().to_string()
        };
        assert!(refused("casebook-rows", "casebook-builds").contains("no record of rows"));
        assert!(refused("\"version\":1", "\"version\":2").contains("this xtask reads 1"));
        let run = text.find("{\"wall\"").unwrap();
        let missing = format!("{}{}", &text[..run], text[run..].split_once("},").unwrap().1);
        let fault = Rows::read(&missing).unwrap_err().to_string();
        assert!(fault.contains("rounds[0]") && fault.contains("cargo xtask rows"), "{fault}");
        assert!(refused("\"cursors\"", "\"naive\"").contains("twice"));
        assert!(refused("\"ran\"", "{\"refused\":\"x\"}").contains("the base did not run"));
        assert!(refused("\"rows\":1000000", "\"rows\":0").contains("rows"));
        let late = refused("\"started\":1", "\"started\":253402300800");
        assert!(late.contains("started"), "{late}");
    }
}
