//! valgrind from outside: a bench binary's `once` in, callgrind's counts of its calls out, or how
//! its jumps were guessed.

use std::fs::{self, File};
use std::io::{BufReader, ErrorKind};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use predictor::trace::{self, Guessed};
use protocol::{OVER, Question, Scenario};

use super::asked::{self, Asked};
use super::model;
use crate::binary::Binary;
use crate::{child, interrupt, last_words};
use record::Simulator;

/// After this long a process hangs: threads that wait for each other by spinning may, because
/// valgrind runs one thread at a time.
const LONGEST: Duration = Duration::from_secs(30);
/// Parts of `once`: warming up, no call, and all of them.
const PARTS: usize = 3;
/// Where callgrind was not told of these.
const UNTOLD: &str = "the binary did not tell callgrind of its calls: build it again (only on Linux \
                      with x86-64 or AArch64 can it)";
/// Between two looks at a process.
const PAUSE: Duration = Duration::from_millis(5);
/// What a process gets of the environment: the rest lies on the stack, moves what comes after it,
/// and so changes which addresses share a cache line.
const ENVIRONMENT: [&str; 3] = ["PATH", "LD_LIBRARY_PATH", "RAYON_NUM_THREADS"];

/// One process.
pub struct Job<'a> {
    /// What runs.
    pub binary: &'a Binary,
    /// Which rung.
    pub rung: &'a str,
    /// On which input.
    pub scenario: &'a Scenario,
    /// How often before anything is counted.
    pub before: usize,
    /// How often.
    pub calls: usize,
    /// How many inputs take turns.
    pub inputs: usize,
}

/// What calls did, all together; data only where caches are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Events {
    pub instructions: u64,
    pub branches: u64,
    pub mispredictions: u64,
    pub l1_misses: u64,
    pub last_level_misses: u64,
    pub system: Asked,
}

impl Events {
    /// What is more than in others. Random keys and other threads may make more calls count less of
    /// something rare: that is none, not less than none.
    fn more_than(&self, less: &Self) -> Self {
        let more = |of: fn(&Self) -> u64| of(self).saturating_sub(of(less));
        Self {
            instructions: more(|events| events.instructions),
            branches: more(|events| events.branches),
            mispredictions: more(|events| events.mispredictions),
            l1_misses: more(|events| events.l1_misses),
            last_level_misses: more(|events| events.last_level_misses),
            system: Asked {
                calls: more(|events| events.system.calls),
                bytes: more(|events| events.system.bytes),
                threads: more(|events| events.system.threads),
            },
        }
    }
}

/// What counts here: "callgrind of valgrind-3.19.0"; an error says how to install it.
pub fn version() -> Result<String, String> {
    match child::command("valgrind").arg("--version").stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => {
            Ok(format!("callgrind of {}", String::from_utf8_lossy(&output.stdout).trim()))
        }
        Ok(output) => {
            let stderr = String::from_utf8_lossy(&output.stderr);
            let said = stderr.lines().next().unwrap_or_default();
            Err(format!("`valgrind --version` ended with {}: {said}", output.status))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Err(missing(std::env::consts::OS)),
        Err(error) => Err(format!("valgrind cannot be started: {error}")),
    }
}

/// What to do where there is no valgrind.
fn missing(system: &str) -> String {
    match system {
        "linux" => "valgrind is not installed; install valgrind: `apt-get install valgrind`, \
                    `dnf install valgrind` or `pacman -S valgrind`"
            .to_owned(),
        "freebsd" => {
            "valgrind is not installed; install valgrind: `pkg install valgrind`".to_owned()
        }
        "macos" => "valgrind is not installed, and does not support current versions of macOS; \
                    a Linux machine or container has these counts"
            .to_owned(),
        system => format!(
            "there is no valgrind for {system}; a Linux machine or container has these counts \
             (on Windows: WSL)"
        ),
    }
}

/// Counts what the calls do; an error says why it cannot.
pub fn count(job: &Job, simulator: &Simulator, folder: &Path) -> Result<Events, String> {
    // Making inputs is not counted, and so many times as fast.
    let [_, without, with] = run(job, simulator, "--instr-atstart=no", folder)?;
    Ok(with.more_than(&without))
}

/// Jumps that making a job's inputs takes; an error says why they cannot be counted.
pub fn preparing(job: &Job, simulator: &Simulator, folder: &Path) -> Result<u64, String> {
    let nothing = Job { before: 0, calls: 0, ..*job };
    let [preparing, ..] = run(&nothing, simulator, "--instr-atstart=yes", folder)?;
    Ok(preparing.branches)
}

/// Runs one process to its end: what was counted in each part of it; an error says how it failed.
fn run(
    job: &Job,
    simulator: &Simulator,
    from: &str,
    folder: &Path,
) -> Result<[Events; PARTS], String> {
    let (counts, said) = (folder.join(job.rung), folder.join(format!("{}.stderr", job.rung)));
    let stderr = File::create(&said).map_err(|error| format!("cannot write: {error}"))?;
    let child = alone(&mut command(job, simulator, from, &counts), folder)
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .map_err(|error| format!("valgrind cannot be started: {error}"))?;
    let status = wait(child)?;
    let said = fs::read(&said).map_err(|error| format!("valgrind said nothing: {error}"))?;
    let said = String::from_utf8_lossy(&said);
    if !status.success() {
        return Err(format!("under valgrind it ended with {status}: {}", reason(&said)));
    }
    let text = fs::read_to_string(&counts)
        .map_err(|error| format!("valgrind wrote no counts: {error}"))?;
    let counted = parse(&text).ok_or("valgrind's counts are not readable")?;
    let mut parts = counted.iter().zip(asked::parts(&said));
    let parts = [(); PARTS].map(|()| parts.next());
    let events = |(counted, system): (&Events, Asked)| Events { system, ..*counted };
    let [Some(first), Some(second), Some(third)] = parts.map(|part| part.map(events)) else {
        return Err(UNTOLD.to_owned());
    };
    Ok([first, second, third])
}

/// Reads every jump of a process, which is run to its end, and guesses it; an error says how it
/// failed.
pub fn guess(job: &Job, folder: &Path) -> Result<Guessed, String> {
    let mut command = child::command("valgrind");
    // What valgrind says goes where it can be read as it comes: a line for each block is too much
    // to be kept.
    command.args(trace::OPTIONS).args(["--fair-sched=try", "--log-fd=1"]);
    ask(&mut command, job);
    let mut child = alone(&mut command, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("valgrind cannot be started: {error}"))?;
    let said = child.stdout.take().ok_or("valgrind says nothing")?;
    std::thread::scope(|scope| {
        let guessed = scope.spawn(|| Guessed::read(BufReader::new(said)));
        let status = wait(child)?;
        let guessed = guessed.join().map_err(|_| "its jumps could not be read")?;
        let ended = || format!("under valgrind's lackey it ended with {status}");
        status.success().then_some(guessed).ok_or_else(ended)
    })
}

/// Nothing of this process's surroundings reaches what runs under valgrind.
fn alone<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    command
        .env_clear()
        .envs(ENVIRONMENT.iter().filter_map(|name| Some((name, std::env::var_os(name)?))))
        // A `.valgrindrc` in the current folder or at home would add options.
        .current_dir(folder)
        .stdin(Stdio::null())
}

fn command(job: &Job, simulator: &Simulator, from: &str, counts: &Path) -> Command {
    let mut command = child::command("valgrind");
    command
        // Threads take turns in order, not at random.
        .args(["--tool=callgrind", "--cache-sim=yes", "--branch-sim=yes", "--fair-sched=try"])
        .args([from, "--trace-syscalls=yes"])
        // Nothing but sums is read: all in one file, and not by line.
        .args(["--combine-dumps=yes", "--dump-line=no"])
        .args(model::options(simulator))
        .arg(format!("--callgrind-out-file={}", escaped(counts)));
    ask(&mut command, job);
    command
}

/// Adds the binary, and what it is asked.
fn ask(command: &mut Command, job: &Job) {
    let question = Question::Once {
        rung: job.rung.to_owned(),
        scenario: job.scenario.clone(),
        before: job.before as u64,
        calls: job.calls as u64,
        inputs: job.inputs,
    };
    let asking = job.binary.asking(&question);
    command.arg(asking.get_program()).args(asking.get_args());
}

/// valgrind replaces `%p` and the like in names of files.
fn escaped(path: &Path) -> String {
    path.display().to_string().replace('%', "%%")
}

fn wait(mut child: Child) -> Result<ExitStatus, String> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if start.elapsed() < LONGEST && !interrupt::came() => {
                std::thread::sleep(PAUSE);
            }
            ended => {
                // Already gone is as good as killed.
                let _ = child.kill();
                let _ = child.wait();
                return Err(ended.err().map_or_else(
                    || format!("it was stopped after {} s", start.elapsed().as_secs()),
                    |error| error.to_string(),
                ));
            }
        }
    }
}

/// What the binary printed, or valgrind's own words on an instruction that it does not know.
fn reason(stderr: &str) -> String {
    if let Some(unknown) = stderr.lines().find(|line| line.contains("unhandled instruction")) {
        return unknown.to_owned();
    }
    let own = |line: &&str| !["==", "--", OVER].iter().any(|start| line.starts_with(start));
    // A call is told where the binary has not ended its line yet.
    let before = |line| str::split(line, asked::CALL).next().unwrap_or_default();
    last_words::of(&stderr.lines().filter(own).map(before).collect::<Vec<_>>().join("\n"))
}

/// Reads the sums of each part of callgrind's file, by the names in its header; what was asked of
/// the system stands elsewhere.
fn parse(text: &str) -> Option<Vec<Events>> {
    let lines = |start| text.lines().filter_map(move |line: &str| line.strip_prefix(start));
    let names: Vec<&str> = lines("events:").next()?.split_whitespace().collect();
    lines("totals:").map(|sums| sums_of(&names, sums)).collect()
}

fn sums_of(names: &[&str], sums: &str) -> Option<Events> {
    let sums: Vec<u64> =
        sums.split_whitespace().map(|sum| sum.parse().ok()).collect::<Option<_>>()?;
    let sum = |wanted: &[&str]| {
        let each = wanted.iter().map(|name| {
            let at = names.iter().position(|known| known == name)?;
            Some(sums.get(at).copied().unwrap_or(0)) // zeros at the end are left out
        });
        each.sum::<Option<u64>>()
    };
    Some(Events {
        instructions: sum(&["Ir"])?,
        branches: sum(&["Bc", "Bi"])?,
        mispredictions: sum(&["Bcm", "Bim"])?,
        l1_misses: sum(&["D1mr", "D1mw"])?,
        last_level_misses: sum(&["DLmr", "DLmw"])?,
        system: Asked::default(),
    })
}

#[cfg(test)]
mod tests {
    use protocol::{Effort, Machine};

    use super::*;

    #[test]
    fn what_runs_under_valgrind_is_asked_the_question_and_nothing_else() {
        let scenario = Scenario { input: "one".into(), n: 8, effort: protocol::Effort::Quick };
        let binary = Binary { file: Some("/a file".into()), ..Binary::new("/bench") };
        let job = Job {
            binary: &binary,
            rung: "naive",
            scenario: &scenario,
            before: 5,
            calls: 15,
            inputs: 5,
        };
        let command = command(&job, &simulator(), "--instr-atstart=no", Path::new("/counts"));
        let arguments = command.get_args().map(|part| part.to_string_lossy().into_owned());
        let asked: Vec<String> = arguments.skip_while(|part| part != "/bench").collect();
        assert_eq!(asked[..4], ["/bench", "--file", "/a file", protocol::ASK]);
        assert_eq!(
            Question::parse(&asked[4]),
            Ok(Question::Once { rung: "naive".into(), scenario, before: 5, calls: 15, inputs: 5 })
        );
    }

    fn simulator() -> Simulator {
        model::of(&Machine::default(), "valgrind-3.19.0".into(), 5, 15)
    }

    /// Cut from a file that valgrind 3.19 wrote.
    const FILE: &str = "\
# callgrind format
version: 1
creator: callgrind-3.19.0
cmd:  ./bitsets ask {}
part: 1


desc: I1 cache: 32768 B, 64 B, 8-way associative
desc: D1 cache: 32768 B, 64 B, 8-way associative
desc: LL cache: 33554432 B, 64 B, 16-way associative

desc: Timerange: Basic block 0 - 24719
desc: Trigger: Client Request

positions: line
events: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw Bc Bcm Bi Bim
summary: 41 9 8 1 1 0 1 1

fn=(12) bitsets::naive::matching
0 41 9 8 1 1 0 1 1

totals: 41 9 8 1 1 0 1 1
part: 2

desc: Trigger: Client Request

totals: 612675 147306 56289 1916 9049 4493 1858 8154 4383 102438 6020 1368 478
";

    #[test]
    fn each_part_of_a_file_of_callgrind_is_read() {
        let events = Events {
            instructions: 612_675,
            branches: 102_438 + 1_368,
            mispredictions: 6_020 + 478,
            l1_misses: 9_049 + 4_493,
            last_level_misses: 8_154 + 4_383,
            system: Asked::default(),
        };
        let parts = parse(FILE).unwrap();
        assert_eq!((parts.len(), parts[1]), (2, events));
        let few =
            Events { instructions: 41, l1_misses: 1, last_level_misses: 1, ..Events::default() };
        assert_eq!(parts[0], few, "zeros at the end are left out");
    }

    #[test]
    fn what_is_left_of_two_counts_is_never_less_than_none() {
        let less = Events { instructions: 10, mispredictions: 5, ..Events::default() };
        let system = Asked { calls: 2, ..Asked::default() };
        let more = Events { instructions: 25, mispredictions: 4, system, ..less };
        let left = Events { instructions: 15, system, ..Events::default() };
        assert_eq!(more.more_than(&less), left);
    }

    #[test]
    fn files_without_what_is_needed_are_refused() {
        assert_eq!(parse(""), None);
        assert_eq!(parse(&FILE.replace("Bcm", "xyz")), None, "no branches simulated");
        assert_eq!(parse(&FILE.replace("612675", "many")), None);
    }

    #[test]
    fn what_failed_says_why() {
        let sigill =
            "==7== Cachegrind\nvex amd64->IR: unhandled instruction bytes: 0x62\n==7== bye";
        assert!(reason(sigill).contains("0x62"));
        assert_eq!(reason("==7== Cachegrind\nno rung `x`\n{}\n==7==\n"), "{}");
        assert_eq!(reason("==7== Cachegrind\n"), "without a word");
        let traced =
            "no rung `x`\nSYSCALL[7,1](231) exit_group( 3 ) --> [pre-success] Success(0x0)";
        assert_eq!(reason(traced), "no rung `x`");
        assert_eq!(reason("no rung `x`SYSCALL[7,1](1) sys_write ( 2, 1 )\n"), "no rung `x`");
        assert_eq!(reason(&format!("no rung `x`\n{OVER}\n")), "no rung `x`");
        for system in ["linux", "macos", "windows", "freebsd"] {
            assert!(missing(system).contains("valgrind"), "{system}");
        }
        assert!(missing("linux").contains("apt-get install valgrind"));
    }

    /// The real thing, where it is installed, with a program that knows nothing of callgrind.
    #[test]
    fn a_binary_that_does_not_tell_of_its_calls_is_to_be_built_again() {
        if let Err(why) = version() {
            eprintln!("not tested, because {why}");
            return;
        }
        let program = Path::new("/bin/true");
        if !program.exists() {
            eprintln!("not tested, because there is no {}", program.display());
            return;
        }
        let binary = Binary::new(program);
        let scenario = Scenario { input: "any".into(), n: 1, effort: Effort::Quick };
        let (rung, before, calls, inputs) = ("naive", 1, 1, 1);
        let job = Job { binary: &binary, rung, scenario: &scenario, before, calls, inputs };
        let folder = tempfile::tempdir().unwrap();
        let failure = count(&job, &simulator(), folder.path()).unwrap_err();
        assert!(failure.contains("build it again"), "{failure}");
    }
}
