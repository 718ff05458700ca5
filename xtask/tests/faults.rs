//! Whatever ends a run, at whatever moment: the record and the book that were there before stay
//! whole, no process runs on, and the run can go on. The tool is the real one; what it builds and
//! measures are stand-ins that answer at once, so that a run takes a second.

#![cfg(target_os = "linux")] // where a shell stands in for programs, and /proc lists processes

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use protocol::{Block, Description, Effort, Machine, Round, RungInfo, Scenario};
use record::Record;
use serde_json::json;

/// What stands in for cargo when it builds; all else it is asked is answered by cargo itself.
const CARGO: &str = r#"#!/bin/sh
case "$*" in
build*) echo "$CARGO_TARGET_DIR" >> targets ;;
esac
case "$*" in
build*--bin\ book*) cat artifact-book.json ;;
build*) sleep 0.1; cat artifact-bench.json artifact-machine.json ;;
*) exec "$REAL_CARGO" "$@" ;;
esac
"#;

/// What stands in for a bench.
const BENCH: &str = r#"#!/bin/sh
cd "${0%/*}"
case "$2" in
*describe*) cat describe.json ;;
*duel*) sleep 0.03; cat round.json ;;
*edges*) echo null ;;
*) echo no stand-in for this >&2; exit 1 ;;
esac
"#;

/// What stands in for the book's program where mdBook shall not be waited for.
const BOOK: &str = r#"#!/bin/sh
sleep 0.1
echo new > docs/new && mkdir -p docs/book && mv docs/new docs/book/index.html
echo docs/book/index.html
"#;

const EARLIER: &str = "earlier";
const CASE: &str = "[package]\nname = \"words\"\nedition = \"2024\"\n[lib]\n[[bench]]\n\
                    name = \"words\"\npath = \"bench.rs\"\n[package.metadata.case]\ntitle = \
                    \"Words\"\npart = \"Memory\"\nminutes = 5\norder = 1\nsymptom = \"slow\"\n\
                    look = \"here\"\npeer = \"none\"\n";

/// A workspace of one case in which a run was made and its book.
struct Place {
    folder: tempfile::TempDir,
    book: PathBuf,
}

impl Place {
    /// With the program of this path to make the book, or a stand-in.
    fn new(book: Option<&Path>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("book.sh");
        let place = Self { book: book.map_or(own, Path::to_owned), folder };
        place.prose();
        for (name, script) in [("cargo.sh", CARGO), ("bench.sh", BENCH), ("book.sh", BOOK)] {
            place.program(name, script);
        }
        place.program("machine.sh", "#!/bin/sh\nsleep 0.1; cat \"${0%/*}/machine.json\"\n");
        let machine = Machine { processor: "stand-in".into(), cores: 2, ..Machine::default() };
        place.json("machine.json", &machine);
        place.json("describe.json", &description());
        place.json("round.json", &round());
        for (name, path) in [
            ("bench", place.path("bench.sh")),
            ("machine", place.path("machine.sh")),
            ("book", place.book.clone()),
        ] {
            place.json(&format!("artifact-{name}.json"), &artifact(name, &path));
        }
        place.whole();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn json(&self, name: &str, value: &impl serde::Serialize) {
        self.write(name, &(serde_json::to_string(value).unwrap() + "\n"));
    }

    /// Written by a shell: a file that this process still has open to write cannot be started.
    fn program(&self, name: &str, script: &str) {
        self.write(&format!("{name}.text"), script);
        let text = self.path(&format!("{name}.text"));
        let status = Command::new("sh")
            .args(["-c", "cat \"$0\" > \"$1\" && chmod +x \"$1\""])
            .args([text, self.path(name)])
            .status();
        assert!(status.unwrap().success());
    }

    /// What the book is made of, beside a record.
    fn prose(&self) {
        self.write("Cargo.toml", "[workspace]\nmembers = [\"words\"]\nresolver = \"3\"\n");
        self.write("words/Cargo.toml", CASE);
        self.write("words/bench.rs", "");
        self.write("words/README.md", "# Words\n\nlede\n\n## The job\n\njob\n");
        self.write("words/src/lib.rs", "const RUNGS: &[R] = &[Rung::new(\"naive\", a)];\n");
        self.write("words/src/naive.rs", "fn naive() {}\n");
        self.write("words/src/optimized.rs", "fn optimized() {}\n");
        for page in [
            "introduction",
            "builds",
            "card",
            "circulating",
            "glossary",
            "part-memory",
            "method",
            "machine",
            "your-data",
            "record",
            "architecture",
            "contributing",
            "course",
            "courses",
            "guess",
        ] {
            self.write(&format!("docs/src/{page}.md"), &format!("# {page}\n"));
        }
        self.write("crates/README.md", "no case is here\n");
        self.write("docs/src/circulating.toml", "claim = []\n");
        self.write("docs/casebook.css", "p { color: gray }\n");
        self.write("docs/casebook.js", "\n");
        self.write("docs/book.toml", "[book]\n");
    }

    /// A record and a book of an earlier run, and nothing of a later one.
    fn whole(&self) {
        let _ = fs::remove_dir_all(self.path("target/casebook"));
        let _ = fs::remove_dir_all(self.path("docs/book"));
        let record = Record { started: 1, ..record::fixture::record() };
        record.save(&self.record()).unwrap();
        self.write("docs/book/index.html", EARLIER);
        self.write("docs/book/words.html", EARLIER);
    }

    fn record(&self) -> PathBuf {
        self.path("target/casebook/record.json")
    }

    /// The tool, as a shell begins it that was told something before.
    fn tool(&self, before: &str, arguments: &str) -> Child {
        let command = format!("{before} exec \"$0\" {arguments}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &command, env!("CARGO_BIN_EXE_xtask")]).current_dir(self.folder.path());
        for (name, _) in std::env::vars_os() {
            if ["CARGO", "RUST"].iter().any(|of| name.to_string_lossy().starts_with(of)) {
                shell.env_remove(&name);
            }
        }
        shell
            .env("CARGO", self.path("cargo.sh"))
            .env("REAL_CARGO", env!("CARGO"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(self.path("stderr")).unwrap())
            .process_group(0) // as a terminal has it
            .spawn()
            .unwrap()
    }

    fn ended(&self, mut child: Child) -> ExitStatus {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            match child.try_wait().unwrap() {
                Some(status) => return status,
                None if Instant::now() < until => sleep(Duration::from_millis(5)),
                None => {
                    child.kill().unwrap();
                    panic!("it does not end: {}", self.stderr());
                }
            }
        }
    }

    fn stderr(&self) -> String {
        fs::read_to_string(self.path("stderr")).unwrap_or_default()
    }

    /// What must hold whatever happened.
    fn check(&self, what: &str) {
        let said = self.stderr();
        assert!(!said.contains("panicked"), "{what}: {said}");
        Record::load(&self.record()).unwrap_or_else(|error| panic!("{what}: {error:#}: {said}"));
        let page = |name: &str| fs::read_to_string(self.path(&format!("docs/book/{name}")));
        let (index, words) = (page("index.html").unwrap(), page("words.html").unwrap());
        assert!(!index.is_empty() && !words.is_empty(), "{what}: half a book: {said}");
        let until = Instant::now() + Duration::from_secs(10);
        while let Some(runs) = self.runs_on() {
            assert!(Instant::now() < until, "{what}: {runs} runs on");
            sleep(Duration::from_millis(5));
        }
    }

    /// A process that was started in this place and is still there.
    fn runs_on(&self) -> Option<String> {
        let ours = self.folder.path().to_string_lossy().into_owned();
        let lines = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| {
            let line = fs::read(entry.path().join("cmdline")).ok()?;
            Some(String::from_utf8_lossy(&line).replace('\0', " "))
        });
        lines.into_iter().find(|line| line.contains(&ours))
    }

    /// Goes on, or begins anew where nothing was begun, and ends whole, with nothing left about.
    fn goes_on(&self, what: &str) {
        let resume =
            if self.path("target/casebook/journal.jsonl").exists() { "--resume" } else { "" };
        let status = self.ended(self.tool("", &format!("bench-all --quick {resume}")));
        let said = self.stderr();
        assert!(status.success(), "{what}, then {resume}: {status}: {said}");
        let record = Record::load(&self.record()).unwrap();
        assert_eq!(record.cases["words"].scenarios.len(), 2, "{what}: {said}");
        assert!(record.started > 1 && !self.path("target/casebook/journal.jsonl").exists());
        for folder in ["docs", "target/casebook"] {
            for entry in fs::read_dir(self.path(folder)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                assert!(!name.starts_with('.') && !name.contains("partial"), "{what}: {name} left");
            }
        }
    }
}

fn description() -> Description {
    let rung = |name: &str| RungInfo { name: name.into(), unavailable: None };
    let scenario = |n| Scenario { input: "any".into(), n, effort: Effort::Quick };
    let value = json!({
        "item": "word", "rungs": [rung("naive"), rung("optimized")], "claims": [], "limit": null,
        "scenarios": [scenario(10), scenario(100)], "reads_files": false,
    });
    serde_json::from_value(value).unwrap()
}

fn round() -> Round {
    let block =
        |at| Block { ns: vec![1e3 + at, 500.0, 1e3 - at], compute: 100.0, ..Block::default() };
    Round {
        inputs: 1,
        columns: vec![0, 1, 0],
        untimed: Vec::new(),
        blocks: (0..8).map(|at| block(f64::from(at))).collect(),
        work: 0.0,
        within: 0.0,
        data_bytes: vec![None, None],
        handover: 0.0,
    }
}

/// What cargo says of a program that it made.
fn artifact(name: &str, program: &Path) -> serde_json::Value {
    let target = if name == "bench" { "words" } else { name };
    json!({
        "reason": "compiler-artifact", "package_id": target, "manifest_path": "/a.toml",
        "target": {
            "kind": ["bench"], "crate_types": ["bin"], "name": target, "src_path": "/a.rs",
            "edition": "2024", "doc": false, "doctest": false, "test": false,
        },
        "profile": {
            "opt_level": "3", "debuginfo": 0, "debug_assertions": false, "overflow_checks": false,
            "test": false,
        },
        "features": [], "filenames": [], "executable": program, "fresh": true,
    })
}

/// The faults in turn, each at another moment or of another size.
fn fault(place: &Place, number: u64) {
    // Spread over a run's length without a pattern.
    let moment = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
    let run = "bench-all --quick";
    let what;
    match number % 5 {
        kind @ 0..3 => {
            let signal = ["INT", "TERM", "KILL"][kind as usize];
            what = format!("SIG{signal} after {moment} ms");
            let child = place.tool("", run);
            sleep(Duration::from_millis(moment));
            // Ctrl-C goes to all that the terminal runs, the others to the tool alone.
            let to = if signal == "INT" { "-" } else { "" };
            let process = format!("{to}{}", child.id());
            let kill = Command::new("kill")
                .args(["-s", signal, "--", &process])
                .stderr(Stdio::null())
                .status();
            kill.unwrap();
            place.ended(child);
        }
        3 => {
            let blocks = moment % 48;
            what = format!("files of at most {blocks} blocks");
            place.ended(place.tool(&format!("ulimit -f {blocks};"), run));
        }
        _ => {
            what = "standard output closed".to_owned();
            place.ended(place.tool("exec >&-;", run));
        }
    }
    place.check(&what);
    place.goes_on(&what);
    place.check(&what);
}

#[test]
fn whatever_ends_a_run_costs_nothing_that_was_there() {
    let place = Place::new(None);
    for number in 0..5 {
        place.whole();
        fault(&place, number);
    }
}

/// Who supervises the tool ends it alone, and not what it has started.
#[test]
fn a_build_ends_with_who_asked_for_it() {
    let place = Place::new(None);
    place.program("cargo.sh", &CARGO.replace("sleep 0.1", "echo > begun; sleep 600"));
    for signal in ["INT", "TERM"] {
        let child = place.tool("", "bench-all --quick");
        let until = Instant::now() + Duration::from_secs(60);
        while !place.path("begun").exists() && Instant::now() < until {
            sleep(Duration::from_millis(5));
        }
        let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(kill.unwrap().success() && !place.ended(child).success());
        place.check(signal);
        fs::remove_file(place.path("begun")).unwrap();
    }
}

#[test]
fn a_place_that_cannot_be_written_to_is_told_before_anything_is_built() {
    let place = Place::new(None);
    fs::remove_dir_all(place.path("docs/book")).unwrap();
    fs::rename(place.path("docs"), place.path("prose")).unwrap();
    place.write("docs", "no folder");
    let status = place.ended(place.tool("", "bench-all --quick"));
    let said = place.stderr();
    assert!(!status.success() && said.contains("docs/book: something above it"), "{said}");
    assert!(!said.contains("built in"), "{said}");
    Record::load(&place.record()).unwrap();
}

#[test]
fn wherever_the_user_is_there_is_one_target_folder() {
    let place = Place::new(None);
    let run = |before: &str| {
        let status = place.ended(place.tool(before, "bench-all --quick"));
        assert!(status.success(), "{before}: {}", place.stderr());
        place.check(before);
    };
    run("cd words; export CARGO_TARGET_DIR=../target;");
    // As `cargo run --manifest-path` leaves it.
    let manifest = place.path("words").display().to_string();
    run(&format!("cd /; export CARGO_MANIFEST_DIR={manifest};"));
    let targets = fs::read_to_string(place.path("targets")).unwrap();
    let own = place.path("target").canonicalize().unwrap();
    for target in targets.lines().map(Path::new) {
        assert!(target.is_absolute() && target.canonicalize().unwrap() == own, "{targets}");
    }
    assert_eq!(targets.lines().count(), 4, "benches and the book, twice");
}

/// A hundred, and with the real book's program, which `cargo xtask check` has built before. For at
/// most two minutes: a slow machine does fewer, and says how many.
#[test]
#[ignore = "takes two minutes; `cargo xtask check` runs it"]
fn a_hundred_faults() {
    let start = Instant::now();
    let book = Path::new(env!("CARGO_BIN_EXE_xtask")).with_file_name("book");
    assert!(book.exists(), "{} is not built", book.display());
    let next = std::sync::atomic::AtomicU64::new(0);
    let order = std::sync::atomic::Ordering::Relaxed;
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let place = Place::new(Some(&book));
                while next.load(order) < 100 && start.elapsed() < Duration::from_secs(100) {
                    place.whole();
                    fault(&place, next.fetch_add(1, order));
                }
            });
        }
    });
    println!("{} faults in {} s", next.load(order), start.elapsed().as_secs());
}
