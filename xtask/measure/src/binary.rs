//! A bench binary from outside: arguments in, one JSON value out, and every way in which that can
//! fail.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use protocol::{
    AllocationCounts, BEGUN, Counting, Description, Effort, Fresh, Heap, HotSpots, Patience,
    Question, REFUSED, Refusal, Round, Sampled, Sampler, Scenario, Tails, Tried,
};
use record::Check as _;
use serde::de::DeserializeOwned;

use crate::kinds::keep_to_fastest;
use crate::{child, interrupt, last_words};

/// A built bench binary, and the user's file if it is to read one.
#[derive(Debug, Clone)]
pub struct Binary {
    /// Where it is.
    pub path: PathBuf,
    /// What it reads instead of seeded input.
    pub file: Option<PathBuf>,
    /// How long an answer may take: for code that nobody knows to end.
    pub end_after: Option<Duration>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The binary says why it will not go on.
    Refused(Refusal),
    /// It crashed, was killed, or spoke nonsense.
    Died {
        /// What became of it.
        how: String,
        /// What it had begun last, if it says so.
        at: Option<String>,
    },
    /// It answers, but what it runs has printed this before.
    Printed(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Died { how, at: None } => f.write_str(how),
            Self::Died { how, at: Some(at) } => write!(f, "{how}, at {at}"),
            Self::Printed(line) => write!(f, "a rung prints to standard output: `{line}`"),
        }
    }
}

fn died(how: impl Into<String>) -> Failure {
    Failure::Died { how: how.into(), at: None }
}

impl Binary {
    /// One that reads no file, and may take as long as it wants.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), file: None, end_after: None }
    }

    /// Everything that is known before anything is measured.
    pub fn describe(&self) -> Result<Description, Failure> {
        let description: Description = self.ask(&Question::Describe)?;
        // Before anything is measured of what no record may hold.
        match description.check() {
            Ok(()) => Ok(description),
            Err(fault) => Err(died(format!("what it says of itself: {fault}"))),
        }
    }

    /// Whether every rung agrees with naive on what is not timed: edges and awkward sizes.
    pub fn edges(&self) -> Result<(), Failure> {
        self.ask(&Question::Edges)
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

    /// Whether every rung agrees with naive on what a scenario times.
    pub fn check(&self, scenario: &Scenario, seed: u64) -> Result<(), Failure> {
        let answer: Option<Refusal> =
            self.ask(&Question::Check { scenario: scenario.clone(), seed })?;
        answer.map_or(Ok(()), |refusal| Err(Failure::Refused(refusal)))
    }

    /// On which inputs rungs differ from naive.
    pub fn survey(&self, seed: u64) -> Result<Vec<Tried>, Failure> {
        self.ask(&Question::Survey { seed })
    }

    /// How long inputs take each rung that it has never seen, and the same ones again.
    pub fn fresh(&self, scenario: &Scenario, seed: u64) -> Result<Vec<Option<Fresh>>, Failure> {
        self.ask(&Question::Fresh { scenario: scenario.clone(), seed })
    }

    /// Runs criterion over all scenarios of an effort, into `home`.
    pub fn criterion(&self, effort: Effort, home: &Path) -> Result<(), Failure> {
        let mut command = self.asking(&Question::Criterion { effort });
        finish(command.env("CRITERION_HOME", home), self.end_after).map(drop)
    }

    /// The command that asks a question: for whoever runs it under something else.
    pub fn asking(&self, question: &Question) -> Command {
        let mut command = child::command(&self.path);
        keep_to_fastest(&mut command);
        if let Some(file) = &self.file {
            command.arg("--file").arg(file);
        }
        command.args(question.arguments());
        command
    }

    fn ask<T: DeserializeOwned>(&self, question: &Question) -> Result<T, Failure> {
        let output = finish(&mut self.asking(question), self.end_after)?;
        serde_json::from_slice(&output).map_err(|error| {
            match (output.trim_ascii(), answer::<T>(&output)) {
                (b"", _) => died(NO_ANSWER),
                (printed, Some(_)) => Failure::Printed(first_line(printed)),
                _ => died(format!("its answer is not readable: {error}")),
            }
        })
    }
}

/// An answer has a line of its own, the last.
fn answer<T: DeserializeOwned>(output: &[u8]) -> Option<T> {
    let last = output.trim_ascii_end().rsplit(|byte| *byte == b'\n').next()?;
    serde_json::from_slice(last).ok()
}

fn first_line(output: &[u8]) -> String {
    last_words::of(String::from_utf8_lossy(output).lines().next().unwrap_or_default())
}

/// What is said of a process that ends as if all were well.
const NO_ANSWER: &str = "it ended without an answer";
/// How the standard library names the end that no process can refuse.
const KILLED: &str = "(SIGKILL)";

/// Runs a command to its end; its standard output, or why there is none. If it, or a process of its
/// own, was killed, it gets a second try: a system without memory may have meant another.
fn finish(command: &mut Command, within: Option<Duration>) -> Result<Vec<u8>, Failure> {
    let killed = |failure: &Failure| failure.to_string().contains(KILLED);
    match once(command, within) {
        Err(failure) if killed(&failure) && !interrupt::came() => {
            once(command, within).map_err(|failure| match failure.to_string() {
                how if how.contains(KILLED) => died(format!(
                    "{how}, and so did a second try: a system does that to who takes too much \
                     memory"
                )),
                _ => failure,
            })
        }
        answer => answer,
    }
}

fn once(command: &mut Command, within: Option<Duration>) -> Result<Vec<u8>, Failure> {
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    let ended = match within {
        None => command.output().map(|output| (output, false)),
        Some(limit) => child::output_within(command, limit),
    };
    let (output, late) = ended.map_err(|error| died(format!("it cannot be started: {error}")))?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    let (stderr, at) = places(&stderr);
    if late {
        let seconds = within.unwrap_or_default().as_secs();
        return Err(Failure::Refused(Refusal::Endless { at, seconds }));
    }
    if output.status.success() {
        // Some have none; who says what it begins has one.
        return match at {
            Some(_) if output.stdout.trim_ascii().is_empty() => {
                Err(Failure::Died { how: NO_ANSWER.to_owned(), at })
            }
            _ => Ok(output.stdout),
        };
    }
    if output.status.code() == Some(REFUSED)
        && let Some(refusal) = answer(&output.stdout)
    {
        return Err(Failure::Refused(explained(refusal, stderr)));
    }
    let how = format!("it ended with {}: {}", output.status, last_words::of(stderr));
    Err(Failure::Died { how, at })
}

/// What a process wrote to standard error, and where it was. Of one that says what it begins only
/// the last beginning counts, and what it wrote since.
fn places(stderr: &str) -> (&str, Option<String>) {
    let is_line = |at: usize| at == 0 || stderr[..at].ends_with('\n');
    let Some((at, _)) = stderr.rmatch_indices(BEGUN).find(|(at, _)| is_line(*at)) else {
        return (stderr, None);
    };
    let begun = &stderr[at + BEGUN.len()..];
    let (place, since) = begun.split_once('\n').unwrap_or((begun, ""));
    (since, Some(place.to_owned()))
}

/// A process beside the binary's own may have ended by a panic, of which the binary knows nothing.
fn explained(refusal: Refusal, stderr: &str) -> Refusal {
    match (refusal, last_words::crash(stderr)) {
        (Refusal::Ended(how), Some(crash)) => Refusal::Ended(format!("{how}: {crash}")),
        (refusal, _) => refusal,
    }
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
        assert!(describe("kill -15 $$").unwrap_err().contains("without a word"));
        assert!(describe("echo 7").unwrap_err().contains("not readable"));
        assert!(describe("echo 7; exit 3").unwrap_err().contains("exit status: 3"));
        let missing = Binary::new("/nowhere");
        assert!(missing.describe().unwrap_err().to_string().contains("cannot be started"));
    }

    #[test]
    fn who_was_killed_is_tried_once_more_and_not_twice() {
        let folder = tempfile::tempdir().unwrap();
        let tries = |script: &str| {
            let binary = stand_in::binary(folder.path(), "bench", script);
            let answer: Result<u32, _> = binary.ask(&Question::Describe);
            answer.map_err(|failure| failure.to_string())
        };
        let marker = folder.path().join("tried").display().to_string();
        let once = format!("test -e '{marker}' || {{ touch '{marker}'; kill -9 $$; }}; echo 7");
        assert_eq!(tries(&once), Ok(7));
        let count = folder.path().join("count");
        let error = tries(&format!("echo >> '{}'; kill -9 $$", count.display())).unwrap_err();
        assert!(error.contains("second try") && error.contains("memory"), "{error}");
        assert_eq!(std::fs::read_to_string(&count).unwrap(), "\n\n");
        let worker = "echo '{\"ended\":\"naive ended: signal: 9 (SIGKILL)\"}'; exit 3";
        let error = tries(worker).unwrap_err();
        assert!(error.starts_with("naive ended") && error.contains("second try"), "{error}");
    }

    #[test]
    fn what_never_ends_is_ended_and_where_it_was_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let end_after = Some(Duration::from_millis(200));
        let within = |script: &str| {
            let binary = stand_in::binary(folder.path(), "bench", script);
            Binary { end_after, ..binary }.describe().unwrap_err()
        };
        let endless = within("echo 'begun: all/3, seed 7' >&2; sleep 600 & sleep 600");
        let Failure::Refused(Refusal::Endless { at, .. }) = endless else { panic!("{endless}") };
        assert_eq!(at.as_deref(), Some("all/3, seed 7"));
        // Who ends by himself is told as ever, only with where he was.
        let aborts = "echo 'begun: a/1, seed 2' >&2; echo no >&2; echo 'begun: a/2, seed 2' >&2; \
                      kill -6 $$";
        let told = within(aborts).to_string();
        assert!(told.contains("6 (SIGABRT)") && told.ends_with("without a word, at a/2, seed 2"));
    }

    #[test]
    fn who_prints_before_the_answer_or_gives_none_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let ask = |script: &str| {
            let binary = stand_in::binary(folder.path(), "bench", script);
            let answer: Result<u32, _> = binary.ask(&Question::Describe);
            answer.map_err(|failure| failure.to_string())
        };
        assert_eq!(ask("echo; echo 7"), Ok(7));
        let printed = "a rung prints to standard output: `n = 5`";
        assert_eq!(ask("echo n = 5; echo n = 6; echo 7").unwrap_err(), printed);
        assert_eq!(ask("exit 0").unwrap_err(), "it ended without an answer");
        let ended = ask("echo 'begun: all/3, seed 7' >&2; exit 0").unwrap_err();
        assert_eq!(ended, "it ended without an answer, at all/3, seed 7");
        let refuses = "echo n = 5; echo '{\"usage\":\"no\"}'; exit 3";
        assert_eq!(ask(refuses).unwrap_err(), "no");
    }

    #[test]
    fn a_panic_beside_the_binary_is_told_with_its_line() {
        let panics = "echo \"thread 'main' panicked at a.rs:1:2:\" >&2; echo why >&2; ";
        let ended = "echo '{\"ended\":\"the check ended: exit status: 1\"}'; exit 3";
        let told = "the check ended: exit status: 1: why, at a.rs:1:2";
        assert_eq!(describe(&format!("{panics}{ended}")).unwrap_err(), told);
        let told = describe(&format!("{panics}exit 101")).unwrap_err();
        assert!(told.ends_with("exit status: 101: why, at a.rs:1:2"), "{told}");
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
        let binary = Binary { file: Some("/a file".into()), ..Binary::new("/bench") };
        let asking = binary.asking(&Question::Describe);
        let arguments: Vec<_> = asking.get_args().collect();
        assert_eq!(arguments, ["--file", "/a file", "ask", "\"describe\""]);
    }
}
