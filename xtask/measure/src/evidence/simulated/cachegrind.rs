//! valgrind from outside: a bench binary's `once` in, cachegrind's counts of all its events out, or
//! how its jumps were guessed.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufReader, ErrorKind};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use predictor::trace::{self, Guessed};
use protocol::{Question, Scenario};

use super::asked::{self, Asked};
use super::model;
use crate::binary::Binary;
use crate::{child, interrupt, last_words};
use record::Simulator;

/// After this long a process hangs: threads that wait for each other by spinning may, because
/// valgrind runs one thread at a time.
const LONGEST: Duration = Duration::from_secs(30);
/// Letters of the question, filled up with spaces.
const WIDTH: usize = 512;
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
    /// How often.
    pub calls: usize,
    /// How many inputs take turns.
    pub inputs: usize,
}

/// What a whole process did, data only where caches are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Events {
    pub instructions: u64,
    pub branches: u64,
    pub mispredictions: u64,
    pub l1_misses: u64,
    pub last_level_misses: u64,
    pub system: Asked,
}

/// The installed version: "valgrind-3.19.0"; an error says how to install it.
pub fn version() -> Result<String, String> {
    match child::command("valgrind").arg("--version").stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
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

/// Runs one process to its end; an error says how it failed.
pub fn run(job: &Job, simulator: &Simulator, folder: &Path) -> Result<Events, String> {
    let name = format!("{}-{}", job.rung, job.calls);
    let (counts, said) = (folder.join(&name), folder.join(name + ".stderr"));
    let stderr = File::create(&said).map_err(|error| format!("cannot write: {error}"))?;
    let child = alone(&mut command(job, simulator, &counts), folder)
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
    parse(&text, asked::parse(&said)).ok_or_else(|| "valgrind's counts are not readable".to_owned())
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

fn command(job: &Job, simulator: &Simulator, counts: &Path) -> Command {
    let mut command = child::command("valgrind");
    command
        // Threads take turns in order, not at random.
        .args(["--tool=cachegrind", "--cache-sim=yes", "--branch-sim=yes", "--fair-sched=try"])
        .arg("--trace-syscalls=yes")
        .args(model::options(simulator))
        .arg(format!("--cachegrind-out-file={}", escaped(counts)));
    ask(&mut command, job);
    command
}

/// Adds the binary, and what it is asked.
fn ask(command: &mut Command, job: &Job) {
    let question = Question::Once {
        rung: job.rung.to_owned(),
        scenario: job.scenario.clone(),
        calls: job.calls as u64,
        inputs: job.inputs,
    };
    let asking = job.binary.asking(&question);
    command.arg(asking.get_program());
    // The question is filled up to the width of any: arguments lie on the stack too. JSON may end
    // with spaces; the word in front of it may not.
    let last = asking.get_args().len() - 1;
    command.args(asking.get_args().enumerate().map(|(at, part)| {
        let width = if at == last { WIDTH } else { 0 };
        OsString::from(format!("{:<width$}", part.to_string_lossy()))
    }));
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
    let own = |line: &&str| !["==", "--"].iter().any(|start| line.starts_with(start));
    // A call is told where the binary has not ended its line yet.
    let before = |line| str::split(line, asked::CALL).next().unwrap_or_default();
    last_words::of(&stderr.lines().filter(own).map(before).collect::<Vec<_>>().join("\n"))
}

/// Reads the sums at the end of cachegrind's file, by the names in its header; what was asked of
/// the system stands elsewhere.
fn parse(text: &str, system: Asked) -> Option<Events> {
    let line = |start: &str| text.lines().rev().find_map(|line| line.strip_prefix(start));
    let names: Vec<&str> = line("events:")?.split_whitespace().collect();
    let sums: Vec<u64> =
        line("summary:")?.split_whitespace().map(|sum| sum.parse().ok()).collect::<Option<_>>()?;
    let sum = |wanted: &[&str]| {
        let each = wanted.iter().map(|name| {
            let at = names.iter().position(|known| known == name)?;
            sums.get(at).copied()
        });
        each.sum::<Option<u64>>()
    };
    Some(Events {
        instructions: sum(&["Ir"])?,
        branches: sum(&["Bc", "Bi"])?,
        mispredictions: sum(&["Bcm", "Bim"])?,
        l1_misses: sum(&["D1mr", "D1mw"])?,
        last_level_misses: sum(&["DLmr", "DLmw"])?,
        system,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_under_valgrind_is_asked_the_question_and_nothing_else() {
        let scenario = Scenario { input: "one".into(), n: 8, effort: protocol::Effort::Quick };
        let binary = Binary { file: Some("/a file".into()), ..Binary::new("/bench") };
        let asked = |calls| {
            let job = Job { binary: &binary, rung: "naive", scenario: &scenario, calls, inputs: 5 };
            let simulator = Simulator {
                program: String::new(),
                as_advertised: false,
                first_level: 32 << 10,
                last_level: 32 << 20,
                inputs: 5,
                calls,
            };
            let command = command(&job, &simulator, Path::new("/counts"));
            let arguments = command.get_args().map(|part| part.to_string_lossy().into_owned());
            arguments.skip_while(|part| part != "/bench").collect::<Vec<String>>()
        };
        let (few, many) = (asked(5), asked(15));
        assert_eq!(few[..4], ["/bench", "--file", "/a file", protocol::ASK]);
        assert!(Question::parse(&few[4]).is_ok_and(|it| it
            == Question::Once {
                rung: "naive".into(),
                scenario: scenario.clone(),
                calls: 5,
                inputs: 5
            }));
        assert_eq!((few.len(), few[4].len()), (5, many[4].len()), "as wide with more calls");
    }
    use protocol::{Effort, Machine};

    /// Cut from a file that valgrind 3.19 wrote.
    const FILE: &str = "\
desc: I1 cache:         32768 B, 64 B, 8-way associative
desc: D1 cache:         32768 B, 64 B, 8-way associative
desc: LL cache:         33554432 B, 64 B, 16-way associative
cmd: ./bitsets once naive one in thirty 65536 1
events: Ir I1mr ILmr Dr D1mr DLmr Dw D1mw DLmw Bc Bcm Bi Bim
fl=./csu/../csu/libc-start.c
fn=__libc_start_main@@GLIBC_2.34
128 2 1 1 2 0 0 0 0 0 0 0 0 0
summary: 612675 1916 1858 147306 9049 8154 56289 4493 4383 102438 6020 1368 478
";

    #[test]
    fn a_file_of_cachegrind_is_read() {
        let events = Events {
            instructions: 612_675,
            branches: 102_438 + 1_368,
            mispredictions: 6_020 + 478,
            l1_misses: 9_049 + 4_493,
            last_level_misses: 8_154 + 4_383,
            system: Asked::default(),
        };
        assert_eq!(parse(FILE, Asked::default()), Some(events));
    }

    #[test]
    fn files_without_what_is_needed_are_refused() {
        let parse = |text: &str| parse(text, Asked::default());
        assert_eq!(parse(""), None);
        assert_eq!(parse(&FILE.replace("Bcm", "xyz")), None, "no branches simulated");
        assert_eq!(parse(&FILE.replace(" 478\n", "\n")), None, "cut off");
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
        for system in ["linux", "macos", "windows", "freebsd"] {
            assert!(missing(system).contains("valgrind"), "{system}");
        }
        assert!(missing("linux").contains("apt-get install valgrind"));
    }

    /// The real thing, where it is installed: a fixed program counts the same twice. Its arguments
    /// mean nothing to it.
    #[test]
    fn counts_repeat_to_the_instruction() {
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
        let run = |calls| {
            let job = Job { binary: &binary, rung: "naive", scenario: &scenario, calls, inputs: 1 };
            let folder = tempfile::tempdir().unwrap();
            let simulator = model::of(&Machine::default(), version().unwrap(), 1, 10);
            run(&job, &simulator, folder.path()).unwrap()
        };
        assert_eq!(run(1), run(1));
        assert_eq!(run(1), run(11), "the number of digits does not matter");
    }
}
