//! A bench binary from outside: arguments in, one JSON value out, and every way in which that can
//! fail.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use protocol::{
    AllocationCounts, Counting, Description, Effort, Heap, HotSpots, Patience, Question, REFUSED,
    Refusal, Round, Sampled, Sampler, Scenario, Tails,
};
use record::Check as _;
use serde::de::DeserializeOwned;

/// A built bench binary, and the user's file if it is to read one.
#[derive(Debug, Clone)]
pub struct Binary {
    /// Where it is.
    pub path: PathBuf,
    /// What it reads instead of seeded input.
    pub file: Option<PathBuf>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The binary says why it will not go on.
    Refused(Refusal),
    /// It crashed, was killed, or spoke nonsense.
    Died(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Died(how) => f.write_str(how),
        }
    }
}

impl Binary {
    /// Everything that is known before anything is measured.
    pub fn describe(&self) -> Result<Description, Failure> {
        let description: Description = self.ask(&Question::Describe)?;
        // Before anything is measured of what no record may hold.
        match description.check() {
            Ok(()) => Ok(description),
            Err(fault) => Err(Failure::Died(format!("what it says of itself: {fault}"))),
        }
    }

    /// One paired round that ends about `millis` after its process started; later, if it has to
    /// wait.
    pub fn duel(
        &self,
        scenario: &Scenario,
        seed: u64,
        millis: u64,
        patience: Option<Patience>,
    ) -> Result<Round, Failure> {
        self.ask(&Question::Duel { scenario: scenario.clone(), seed, millis, patience })
    }

    /// One rung in a process in which no other is called; a round of one column.
    pub fn alone(
        &self,
        rung: &str,
        scenario: &Scenario,
        seed: u64,
        millis: u64,
        patience: Option<Patience>,
    ) -> Result<Round, Failure> {
        let (rung, scenario) = (rung.to_owned(), scenario.clone());
        self.ask(&Question::Alone { rung, scenario, seed, millis, patience })
    }

    /// How long single calls take, in a process that ends about `millis` after its start.
    pub fn tails(&self, scenario: &Scenario, seed: u64, millis: u64) -> Result<Tails, Failure> {
        self.ask(&Question::Tails { scenario: scenario.clone(), seed, millis })
    }

    /// What one call of each rung asks of the allocator.
    pub fn allocations(&self, scenario: &Scenario) -> Result<AllocationCounts, Failure> {
        self.ask(&Question::Allocations { scenario: scenario.clone() })
    }

    /// What the processor counts in each rung.
    pub fn counters(&self, scenario: &Scenario) -> Result<Counting, Failure> {
        self.ask(&Question::Counters { scenario: scenario.clone() })
    }

    /// What is alive during one call of a rung.
    pub fn heap(&self, rung: &str, scenario: &Scenario) -> Result<Heap, Failure> {
        self.ask(&Question::Heap { rung: rung.to_owned(), scenario: scenario.clone() })
    }

    /// Where a rung is at each tick of a timer, in `millis` milliseconds of calls.
    pub fn sample(
        &self,
        rung: &str,
        scenario: &Scenario,
        millis: u64,
    ) -> Result<Option<Sampled>, Failure> {
        let (rung, scenario) = (rung.to_owned(), scenario.clone());
        self.ask(&Question::Profile { rung, scenario, millis, sampler: Sampler::Timer })
    }

    /// Where in the program a rung spends its time, looked at for about `millis`.
    pub fn hot(&self, rung: &str, scenario: &Scenario, millis: u64) -> Result<HotSpots, Failure> {
        let (rung, scenario) = (rung.to_owned(), scenario.clone());
        self.ask(&Question::Hot { rung, scenario, millis })
    }

    /// Runs criterion over all scenarios of an effort, into `home`.
    pub fn criterion(&self, effort: Effort, home: &Path) -> Result<(), Failure> {
        let mut command = self.asking(&Question::Criterion { effort });
        finish(command.env("CRITERION_HOME", home)).map(drop)
    }

    /// The command that asks a question: for whoever runs it under something else.
    pub fn asking(&self, question: &Question) -> Command {
        let mut command = Command::new(&self.path);
        if let Some(file) = &self.file {
            command.arg("--file").arg(file);
        }
        command.args(question.arguments());
        command
    }

    fn ask<T: DeserializeOwned>(&self, question: &Question) -> Result<T, Failure> {
        let output = finish(&mut self.asking(question))?;
        serde_json::from_slice(&output)
            .map_err(|error| Failure::Died(format!("its answer is not readable: {error}")))
    }
}

/// Runs a command to its end; its standard output, or why there is none.
fn finish(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Failure::Died(format!("it cannot be started: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    if output.status.code() == Some(REFUSED)
        && let Ok(refusal) = serde_json::from_slice(&output.stdout)
    {
        return Err(Failure::Refused(refusal));
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let last =
        stderr.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("without a word");
    Err(Failure::Died(format!("it ended with {}: {last}", output.status)))
}

#[cfg(all(test, unix))] // where scripts can stand in for programs
mod tests {
    use super::*;
    use crate::stand_in;

    fn describe(script: &str) -> Result<Description, String> {
        let folder = tempfile::tempdir().unwrap();
        let binary = stand_in::binary(folder.path(), "bench", script);
        binary.describe().map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_refusal_is_told_from_a_crash_and_nonsense_from_both() {
        let refuses = "echo '{\"bad_input\":{\"line\":2,\"message\":\"no\"}}'; exit 3";
        assert_eq!(describe(refuses).unwrap_err(), "line 2: no");
        let crashes = describe("echo why >&2; echo >&2; exit 7").unwrap_err();
        assert!(crashes.contains("exit status: 7") && crashes.ends_with(": why"), "{crashes}");
        assert!(describe("kill -9 $$").unwrap_err().contains("without a word"));
        assert!(describe("echo 7").unwrap_err().contains("not readable"));
        assert!(describe("echo 7; exit 3").unwrap_err().contains("exit status: 3"));
        let missing = Binary { path: "/nowhere".into(), file: None };
        assert!(missing.describe().unwrap_err().to_string().contains("cannot be started"));
    }

    #[test]
    fn what_no_record_may_hold_is_refused_before_anything_is_measured() {
        let known = record::fixture::record().cases["words"].description.clone().unwrap();
        let says = |description: &Description| {
            let text = serde_json::to_string(description).unwrap();
            describe(&format!("cat <<'END'\n{text}\nEND"))
        };
        assert_eq!(says(&known), Ok(known.clone()));
        let refused = says(&Description { item: "<b>".into(), ..known });
        assert!(refused.unwrap_err().contains("says of itself: item: `<b>` is no name"));
    }

    #[test]
    fn a_users_file_comes_before_the_question() {
        let binary = Binary { path: "/bench".into(), file: Some("/a file".into()) };
        let asking = binary.asking(&Question::Describe);
        let arguments: Vec<_> = asking.get_args().collect();
        assert_eq!(arguments, ["--file", "/a file", "ask", "\"describe\""]);
    }
}
