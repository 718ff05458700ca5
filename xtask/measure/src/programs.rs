//! Whole programs against each other: in rounds, in random order, the first of them twice, each run
//! a process of its own between two runs of a sentinel. What is timed was checked: every process
//! must end well and print what the first program printed. A run during which others took the
//! machine is repeated, as long as there is time.

mod journal;
mod others;
mod process;
mod sentinel;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::interrupt;
use crate::progress::Progress;
use judge::programs::is_disturbed;
use judge::stats::Dice;
use record::{ProgramRound, ProgramRun};

pub use cases::digest::Digest;

use self::journal::Journal;
use self::process::Ended;

/// A program, and what it is to do.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its name, of which no other has the same.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// Variables beside those of this process.
    pub env: Vec<(String, String)>,
    /// What is timed.
    pub job: Job,
    /// The same with nothing to do, of which the time is that of its start; if it has one.
    pub empty: Option<Job>,
}

/// What a program is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Job {
    /// Arguments.
    pub args: Vec<String>,
    /// What it reads from standard input; nothing without one.
    pub input: Option<PathBuf>,
}

/// How often a run is repeated at most: whoever is there that long does not go.
const REPEATS: u32 = 4;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Rounds, if there is time for them.
    pub rounds: usize,
    /// Rounds at least.
    pub least: usize,
    /// Seconds after which no further round begins, and no run is repeated.
    pub seconds: f64,
}

/// What was measured.
#[derive(Debug, Default)]
pub struct Measured {
    /// By round: by program, and last the first program once more.
    pub rounds: Vec<ProgramRound>,
    /// Programs that were refused, and why: each ended badly, or printed something else.
    pub refused: Vec<Option<String>>,
}

/// Measures programs against the first of them. What an interrupted call has measured stands in
/// `folder`, and the same call goes on with it.
///
/// # Errors
/// If the first program does not run, or files cannot be written.
pub fn run(programs: &[Program], budget: Budget, folder: &Path) -> Result<Measured> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let runner = Runner { programs, output: folder.join("output") };
    let (expected, refused) = runner.check()?;
    let until = Instant::now() + Duration::from_secs_f64(budget.seconds);
    let mut journal = Journal::open(&folder.join("rounds.jsonl"), &key(programs)?)?;
    let mut measured = Measured { rounds: journal.rounds(), refused };
    let start = Instant::now();
    let progress = Progress::new(budget.seconds, 0.0);
    while measured.rounds.len() < budget.rounds && !interrupt::came() {
        let over = start.elapsed().as_secs_f64();
        if over > budget.seconds && measured.rounds.len() >= budget.least {
            break;
        }
        let round = runner.round(measured.rounds.len(), (expected, until), &mut measured.refused);
        let Some(round) = round? else { break };
        journal.keep(&round)?;
        measured.rounds.push(round);
        progress.did(start.elapsed().as_secs_f64() - over);
        progress.say(&format!("round {} of {}", measured.rounds.len(), budget.rounds));
    }
    progress.end();
    if !interrupt::came() {
        journal.end();
    }
    Ok(measured)
}

/// What decides whether rounds belong together: the programs and their jobs, and of files that are
/// arguments, which may be larger than one would read for this, size and age.
fn key(programs: &[Program]) -> Result<String> {
    let mut digest = Digest::default();
    for program in programs {
        digest.add(program.name.as_bytes());
        digest.add_file(&program.path)?;
        for job in [Some(&program.job), program.empty.as_ref()].into_iter().flatten() {
            for arg in &job.args {
                digest.add(arg.as_bytes());
                let file = Path::new(arg).metadata().ok().filter(std::fs::Metadata::is_file);
                let age = file.and_then(|file| Some((file.len(), file.modified().ok()?)));
                digest.add(format!("{age:?}").as_bytes());
            }
            if let Some(input) = &job.input {
                digest.add_file(input)?;
            }
        }
    }
    Ok(digest.text())
}

struct Runner<'p> {
    programs: &'p [Program],
    output: PathBuf,
}

impl Runner<'_> {
    /// Runs each once: what the first prints, and why others are refused.
    fn check(&self) -> Result<(u64, Vec<Option<String>>)> {
        let Some(base) = self.programs.first() else { bail!("there is no program to run") };
        let expected = match process::run(base, &base.job, &self.output) {
            Ok(ended) => ended.digest,
            Err(why) => bail!("{} does not run: {why}", base.name),
        };
        let refused = self.programs.iter().map(|program| {
            let ended = process::run(program, &program.job, &self.output);
            ended.and_then(|ended| agreed(&ended, expected)).err()
        });
        Ok((expected, refused.collect()))
    }

    /// All programs once, and the first twice, with what the first prints and the time until which
    /// runs may be repeated. None if Ctrl-C came on the way.
    fn round(
        &self,
        round: usize,
        (expected, until): (u64, Instant),
        refused: &mut [Option<String>],
    ) -> Result<Option<ProgramRound>> {
        let count = self.programs.len();
        let mut runs = vec![None; count + 1];
        for at in shuffled(count + 1, round as u64) {
            let program = at % count;
            if refused[program].is_some() {
                continue;
            }
            let timed = || self.timed(&self.programs[program], expected);
            match quiet(timed, || Instant::now() < until && !interrupt::came()) {
                Ok(run) => runs[at] = Some(run),
                _ if interrupt::came() => return Ok(None),
                Err(why) if program == 0 => bail!("{}: {why}", self.programs[0].name),
                Err(why) => refused[program] = Some(why),
            }
        }
        Ok(Some(ProgramRound { runs }))
    }

    fn timed(&self, program: &Program, expected: u64) -> Result<ProgramRun, String> {
        let before = sentinel::run();
        let ended = process::run(program, &program.job, &self.output)?;
        let after = sentinel::run();
        agreed(&ended, expected)?;
        let empty = program.empty.as_ref().map(|job| process::run(program, job, &self.output));
        let start_up = empty.transpose()?.map(|ended| ended.wall);
        let Ended { wall, cpu, peak, others, .. } = ended;
        let sentinel = before.max(after);
        Ok(ProgramRun { wall, cpu, peak, start_up, sentinel, others, again: 0 })
    }
}

/// A run during which others took little, if there is one while there is time; else the last.
fn quiet(
    timed: impl Fn() -> Result<ProgramRun, String>,
    is_time: impl Fn() -> bool,
) -> Result<ProgramRun, String> {
    let mut run = timed()?;
    while is_disturbed(&run) && run.again < REPEATS && is_time() {
        run = ProgramRun { again: run.again + 1, ..timed()? };
    }
    Ok(run)
}

fn agreed(ended: &Ended, expected: u64) -> Result<(), String> {
    if ended.digest == expected {
        return Ok(());
    }
    Err("it prints something else than the base".to_owned())
}

/// The numbers below a bound in an order of their own for each round.
fn shuffled(bound: usize, round: u64) -> Vec<usize> {
    let mut dice = Dice(round << 32);
    let mut order: Vec<usize> = (0..bound).collect();
    for at in (1..bound).rev() {
        order.swap(at, dice.below(at + 1));
    }
    order
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::slice;

    fn program(name: &str, script: &str) -> Program {
        let args = vec!["-c".to_owned(), script.to_owned()];
        let empty = Some(Job { args: vec!["-c".to_owned(), ":".to_owned()], input: None });
        let job = Job { args, input: None };
        Program { name: name.to_owned(), path: "/bin/sh".into(), env: Vec::new(), job, empty }
    }

    const FEW: Budget = Budget { rounds: 3, least: 1, seconds: 60.0 };

    #[test]
    fn every_program_runs_once_a_round_and_the_first_twice() {
        let folder = tempfile::tempdir().unwrap();
        let programs = [program("a", "echo x"), program("b", "echo x; sleep 0.01")];
        let measured = run(&programs, FEW, folder.path()).unwrap();
        assert_eq!(measured.rounds.len(), 3);
        assert_eq!(measured.refused, [None, None]);
        for round in &measured.rounds {
            let [a, b, again] = round.runs.as_slice() else { panic!("{round:?}") };
            let (a, b, again) = (a.unwrap(), b.unwrap(), again.unwrap());
            assert!(b.wall > 10_000_000 && a.sentinel > 0 && again.start_up > Some(0));
            assert!(a.cpu > Some(0) && a.peak > Some(0));
        }
        assert!(!folder.path().join("rounds.jsonl").exists(), "nothing is left to go on with");
    }

    #[test]
    fn what_prints_something_else_or_fails_is_refused_and_not_timed() {
        let folder = tempfile::tempdir().unwrap();
        let programs = [
            program("a", "echo x"),
            program("b", "echo y"),
            program("c", "echo x; echo no >&2; exit 3"),
        ];
        let measured = run(&programs, FEW, folder.path()).unwrap();
        let why = |at: usize| measured.refused[at].clone().unwrap_or_default();
        assert!(why(0).is_empty() && why(1).contains("something else"), "{}", why(1));
        assert!(why(2).contains("no") && why(2).contains('3'), "{}", why(2));
        assert!(measured.rounds.iter().all(|round| round.runs[1..3] == [None, None]));
        let error = run(&programs[2..], FEW, folder.path()).unwrap_err().to_string();
        assert!(error.contains("c does not run"), "{error}");
    }

    #[test]
    fn rounds_on_a_file_that_became_another_do_not_belong_together() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("rows.txt");
        std::fs::write(&file, "a;1.0\n").unwrap();
        let mut on_file = program("a", "cat \"$0\"");
        on_file.job.args.push(file.to_string_lossy().into_owned());
        let of = |program: &Program| key(slice::from_ref(program)).unwrap();
        let before = of(&on_file);
        assert_eq!(of(&on_file), before);
        std::fs::write(&file, "a;1.0\nb;2.0\n").unwrap();
        assert_ne!(of(&on_file), before);
    }

    #[test]
    fn a_run_that_others_disturb_is_repeated_as_long_as_there_is_time() {
        // What others take during one run after the other, of which each takes a thousand.
        let of = |others: &[u64], time: usize| {
            let at = Cell::new(0);
            let timed = || {
                let run = ProgramRun {
                    wall: 1_000,
                    others: Some(others[at.get()]),
                    ..Default::default()
                };
                at.set(at.get() + 1);
                Ok(run)
            };
            let run = quiet(timed, || at.get() < time).unwrap();
            (run.others.unwrap(), run.again)
        };
        assert_eq!(of(&[50], 9), (50, 0));
        assert_eq!(of(&[51, 900, 0], 9), (0, 2));
        assert_eq!(of(&[51, 900, 0], 2), (900, 1), "there was no time for a third");
        assert_eq!(of(&[1_000; 9], 9), (1_000, REPEATS), "who is there that long does not go");
        assert_eq!(quiet(|| Err("no".to_owned()), || true), Err("no".to_owned()));
    }

    #[test]
    fn orders_differ_between_rounds_and_miss_nobody() {
        let orders: Vec<_> = (0..20).map(|round| shuffled(6, round)).collect();
        assert_eq!(orders[3], shuffled(6, 3));
        assert!(orders.windows(2).any(|pair| pair[0] != pair[1]));
        for order in orders {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4, 5]);
        }
    }
}
