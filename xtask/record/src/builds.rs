//! What a run of `cargo xtask builds` leaves: programs, each built in several ways, and what every
//! run of them took. A file of its own, since it says nothing of a case.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::load::Kind;
use crate::write_json;

const KIND: Kind = Kind {
    format: "casebook-builds",
    version: 1,
    what: "builds",
    advice: "measure again with `cargo xtask builds`",
};

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Builds {
    /// Always "casebook-builds".
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// Seconds since 1970, UTC.
    pub started: u64,
    /// Commit of the programs; null outside a repository, and of a program of the user's.
    pub commit: Option<String>,
    /// The processor's name.
    pub processor: String,
    /// First line of `rustc --version`.
    pub rustc: String,
    /// The target triple.
    pub target: String,
    /// What was built.
    pub programs: Vec<BuiltProgram>,
}

/// A program, in all its variants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuiltProgram {
    /// Its name.
    pub name: String,
    /// Whether no variant is expected to be faster: what differs then is noise.
    pub null: bool,
    /// How it was built; the first is the base.
    pub variants: Vec<BuiltVariant>,
    /// What it was run on; profiles are trained on other input than any of these, if it says so.
    pub jobs: Vec<ProgramJob>,
}

/// A way to build a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuiltVariant {
    /// Its name.
    pub name: String,
    /// What differs from the base, as one writes it: "lto = \"fat\"".
    pub settings: Vec<String>,
    /// Whether it is the base in another layout, which is no setting that anybody wants.
    pub layout: bool,
    /// What became of it.
    pub outcome: BuildOutcome,
}

/// What became of a variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuildOutcome {
    /// It was built.
    Built(BuildCost),
    /// This machine lacks what it takes: what, and how to get it.
    Unavailable(String),
    /// It does not do what the base does, and so was not measured.
    Refused(String),
}

/// What a build takes and gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildCost {
    /// Milliseconds of everything from nothing, a profile's builds and runs included.
    pub clean: u64,
    /// Milliseconds after one crate was touched.
    pub incremental: u64,
    /// Bytes of the file.
    pub file: u64,
    /// Bytes of machine code in it.
    pub text: u64,
}

/// What programs were run on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramJob {
    /// Its name.
    pub name: String,
    /// What was measured.
    pub rounds: Vec<ProgramRound>,
}

/// All programs once, in random order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProgramRound {
    /// By program, and last the base once more; none of one that does not run.
    pub runs: Vec<Option<ProgramRun>>,
}

/// One process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProgramRun {
    /// Nanoseconds until it ended.
    pub wall: u64,
    /// Nanoseconds of processor time; absent where the system does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<u64>,
    /// Bytes of memory at its fullest; absent where the system does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak: Option<u64>,
    /// Nanoseconds of another process that had nothing to do; absent of a program without such a
    /// job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_up: Option<u64>,
    /// Nanoseconds of the sentinel, the slower of before and after.
    pub sentinel: u64,
    /// Nanoseconds of processor time that others took meanwhile, at least; absent where the system
    /// does not say, and in older records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<u64>,
    /// How often it had been run before in this round, when others took too much.
    #[serde(default, skip_serializing_if = "is_first")]
    pub again: u32,
}

fn is_first(again: &u32) -> bool {
    *again == 0
}

impl Builds {
    /// A run that begins now and knows nothing.
    pub fn new(commit: Option<String>, processor: String, rustc: String, target: String) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            format: KIND.format.to_owned(),
            version: KIND.version,
            started: since.map_or(0, |since| since.as_secs()),
            commit,
            processor,
            rustc,
            target,
            programs: Vec::new(),
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

    /// The program of this name.
    pub fn program(&self, name: &str) -> Option<&BuiltProgram> {
        self.programs.iter().find(|program| program.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::builds;

    #[test]
    fn what_is_saved_is_read_again_and_what_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("builds.json");
        builds().save(&path).unwrap();
        assert_eq!(Builds::load(&path).unwrap(), builds());
        let text = std::fs::read_to_string(&path).unwrap();
        let refused = |from: &str, to: &str| {
            assert!(text.contains(from), "{from}");
            Builds::read(&text.replacen(from, to, 1)).unwrap_err().to_string()
        };
        assert!(refused("casebook-builds", "casebook-record").contains("no record of builds"));
        assert!(refused("\"version\":1", "\"version\":2").contains("this xtask reads 1"));
        let run = text.find("{\"wall\"").unwrap();
        let missing = format!("{}{}", &text[..run], text[run..].split_once("},").unwrap().1);
        let fault = Builds::read(&missing).unwrap_err().to_string();
        assert!(fault.contains("programs[0].jobs[0].rounds[0]"), "{fault}");
        assert!(refused("\"wall\":", "\"wall\":0,\"wal\":").contains("wall"));
        assert!(refused("\"fat\"", "\"release\"").contains("twice"));
        let late = refused("\"started\":1", "\"started\":253402300800");
        assert!(late.contains("started"), "{late}");
        assert!(refused("{\"built\":", "{\"unavailable\":\"x\",\"bui\":").contains("outcome"));
    }
}
