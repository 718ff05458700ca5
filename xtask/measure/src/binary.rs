//! A bench binary from outside: arguments in, one JSON value out, and every way in which that can
//! fail.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use protocol::{
    AllocationCounts, Counting, Description, Heap, HotSpots, Profiled, REFUSED, Refusal, Round,
    Scenario, Tails,
};
use serde::de::DeserializeOwned;

use judge::reduce::Quiet;

/// A built bench binary, and the user's file if it is to read one.
#[derive(Debug, Clone)]
pub struct Binary {
    /// Where it is.
    pub path: PathBuf,
    /// What it reads instead of seeded input.
    pub file: Option<PathBuf>,
}

/// How a process waits for neighbours, and makes up for blocks that they disturbed.
#[derive(Debug, Clone, Copy)]
pub struct Wait {
    /// How long at most, beside the time for which it measures.
    pub millis: u64,
    /// What to wait for, if earlier processes have shown it.
    pub quiet: Option<Quiet>,
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
        self.ask(&["describe"])
    }

    /// One paired round that ends about `millis` after its process started; later, if it has to
    /// wait.
    pub fn duel(
        &self,
        scenario: &Scenario,
        seed: u64,
        millis: u64,
        wait: Option<Wait>,
    ) -> Result<Round, Failure> {
        let numbers = [scenario.n.to_string(), seed.to_string(), millis.to_string()];
        let wait = wait.map_or(Vec::new(), |Wait { millis, quiet }| {
            let quiet = quiet.map(|quiet| [quiet.compute.to_string(), quiet.stream.to_string()]);
            std::iter::once(millis.to_string()).chain(quiet.into_iter().flatten()).collect()
        });
        let start = ["duel", &scenario.input].into_iter();
        let numbers = numbers.iter().chain(&wait).map(String::as_str);
        self.ask(&start.chain(numbers).collect::<Vec<_>>())
    }

    /// How long single calls take, in a process that ends about `millis` after its start.
    pub fn tails(&self, scenario: &Scenario, seed: u64, millis: u64) -> Result<Tails, Failure> {
        self.ask(&[
            "tail",
            &scenario.input,
            &scenario.n.to_string(),
            &seed.to_string(),
            &millis.to_string(),
        ])
    }

    /// What one call of each rung asks of the allocator.
    pub fn allocations(&self, scenario: &Scenario) -> Result<AllocationCounts, Failure> {
        self.ask(&["allocations", &scenario.input, &scenario.n.to_string()])
    }

    /// What the processor counts in each rung.
    pub fn counters(&self, scenario: &Scenario) -> Result<Counting, Failure> {
        self.ask(&["counters", &scenario.input, &scenario.n.to_string()])
    }

    /// What is alive during one call of a rung.
    pub fn heap(&self, rung: &str, scenario: &Scenario) -> Result<Heap, Failure> {
        self.ask(&["heap", rung, &scenario.input, &scenario.n.to_string()])
    }

    /// Where a rung is at each tick of a timer, in `millis` milliseconds of calls.
    pub fn sample(
        &self,
        rung: &str,
        scenario: &Scenario,
        millis: u64,
    ) -> Result<Profiled, Failure> {
        let (n, millis) = (scenario.n.to_string(), millis.to_string());
        self.ask(&["profile", rung, &scenario.input, &n, &millis, "timer"])
    }

    /// Where in the program a rung spends its time, looked at for about `millis`.
    pub fn hot(&self, rung: &str, scenario: &Scenario, millis: u64) -> Result<HotSpots, Failure> {
        let (n, millis) = (scenario.n.to_string(), millis.to_string());
        self.ask(&["hot", rung, &scenario.input, &n, &millis])
    }

    /// Runs criterion over all scenarios of an effort, into `home`.
    pub fn criterion(&self, effort: &str, home: &Path) -> Result<(), Failure> {
        const BRIEF: [&str; 9] = [
            "--bench",
            "--quiet",
            "--noplot",
            "--warm-up-time",
            "0.03",
            "--measurement-time",
            "0.06",
            "--sample-size",
            "10",
        ];
        let mut command = self.command();
        command.args(BRIEF).env("CRITERION_HOME", home).env("CASEBOOK_EFFORT", effort);
        finish(&mut command).map(drop)
    }

    fn ask<T: DeserializeOwned>(&self, args: &[&str]) -> Result<T, Failure> {
        let output = finish(self.command().args(args))?;
        serde_json::from_slice(&output)
            .map_err(|error| Failure::Died(format!("its answer is not readable: {error}")))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        if let Some(file) = &self.file {
            command.arg("--file").arg(file);
        }
        command
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
