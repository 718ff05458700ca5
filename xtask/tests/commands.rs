//! The tool as it is called: with which status its commands end, and that nothing which they print
//! ends them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use record::{Found, Record, fixture};

/// A folder for records, and for what the tool leaves.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn save(&self, name: &str, record: &Record) -> String {
        record.save(&self.path(name)).unwrap();
        self.path(name).display().to_string()
    }

    /// The tool, which leaves what it writes here.
    fn tool(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).env("CARGO_TARGET_DIR", self.path("target"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.tool(arguments).output().unwrap()
    }

    #[track_caller]
    fn ends(&self, arguments: &[&str], status: i32, says: &str) {
        let Output { status: ended, stdout, stderr } = self.run(arguments);
        let said =
            String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
        assert_eq!(ended.code(), Some(status), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?} do not say «{says}» but {said}");
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}

/// Two whole records of one commit, the second with more instructions in its last rung.
fn before_and_after(desk: &Desk) -> [String; 2] {
    let mut record = fixture::record();
    record.commit = Some("abc".into());
    record.shards = None;
    let before = desk.save("before.json", &record);
    let evidence = record.cases.get_mut("words").unwrap().evidence.as_mut().unwrap();
    let Found::Here(counted) = &mut evidence.simulated else { panic!("the fixture has counts") };
    counted.rungs[2].as_mut().unwrap().instructions *= 1.5;
    [before, desk.save("after.json", &record)]
}

#[test]
fn what_was_done_as_wished_ends_with_nothing() {
    let desk = Desk::new();
    let [before, _] = before_and_after(&desk);
    let merged = desk.path("merged.json").display().to_string();
    desk.ends(&["list"], 0, "peer:");
    desk.ends(&["schema"], 0, "Casebook record");
    desk.ends(&["doctor"], 0, "");
    desk.ends(&["compare", &before, &before], 0, "undecided or unchanged");
    desk.ends(&["export", &before, "--format", "csv"], 0, "ns_per_call");
    desk.ends(&["export", &before, "--format", "card"], 0, "| what you see | look at |");
    desk.ends(&["export", &before, "--format", "card-json"], 0, "casebook-card");
    desk.ends(&["merge", &before, "-o", &merged], 0, "merged.json");
    let mut runs = Record::load(Path::new(&before)).unwrap();
    runs.machine.system = "linux".into();
    let one = desk.save("one.json", &runs);
    runs.started += 1;
    let other = desk.save("other.json", &runs);
    desk.ends(&["calibrate", "--runs", &one, &other], 0, "0 contradict each other");
    desk.ends(&["doctor", "--class"], 0, "gradable here");
    let folder = desk.path("exam").display().to_string();
    let exam = ["exam", "--seed", "7", "--questions", "9", "--record", &before, "-o", &folder];
    let made = || {
        desk.ends(&exam, 0, "key.md");
        let read = |name| fs::read_to_string(desk.path("exam").join(name)).unwrap();
        [read("exam.md"), read("key.md")]
    };
    let [paper, key] = made();
    assert!(paper.contains("## 9. ") && key.contains("\n9. **"), "{paper}{key}");
    assert_eq!(made(), [paper, key], "the same seed and record make the same bytes");
    desk.ends(&["--help"], 0, "Exit status, of every command");
    desk.ends(&["export", "--help"], 0, "it could not be done");
}

#[test]
fn what_was_asked_about_and_is_so_ends_with_one() {
    let desk = Desk::new();
    let [before, after] = before_and_after(&desk);
    desk.ends(&["compare", &before, &after], 1, "SLOWER");
}

#[test]
fn what_could_not_be_done_ends_with_two() {
    let desk = Desk::new();
    let [before, after] = before_and_after(&desk);
    let missing = desk.path("missing.json").display().to_string();
    let torn = desk.path("torn.json");
    fs::write(&torn, &fs::read(&before).unwrap()[..1000]).unwrap();
    let torn = torn.display().to_string();
    let nowhere = desk.path("no/folder/out").display().to_string();
    for bad in [missing.as_str(), &torn] {
        let says = if bad == torn { "truncated" } else { "missing.json" };
        desk.ends(&["compare", &before, bad], 2, says);
        desk.ends(&["compare", bad, &before], 2, says);
        desk.ends(&["export", bad, "--format", "csv"], 2, says);
        desk.ends(&["merge", bad], 2, says);
        desk.ends(&["book", bad], 2, says);
        desk.ends(&["calibrate", "--runs", bad, &before], 2, says);
    }
    desk.ends(&["merge", &before, &after], 2, "leave one of the two out");
    desk.ends(&["export", &before, "--format", "csv", "-o", &nowhere], 2, "cannot write");
    desk.ends(&["export", &before, "--format", "csv", "--only", "wrods"], 2, "`words`?");
    desk.ends(&["export", &before, "--format", "csv", "--rung", "best"], 2, "no rung");
    desk.ends(&["export", &before, "--format", "card", "--headline"], 2, "leave out");
    desk.ends(&["compare", "--base", "no-such-revision"], 2, "no-such-revision");
    desk.ends(&["bench-all", "--only", "no-such-case"], 2, "no-such-case");
    desk.ends(&["bench-all", "--input", &missing], 2, "missing.json");
    desk.ends(&["calibrate", "--alone", "--only", "no-such-case"], 2, "");
    desk.ends(&["profile", "bitsets"], 2, "bitsets");
    desk.ends(&["new-case", "No Name"], 2, "No Name");
    desk.ends(&["slides", "half-dya"], 2, "did you mean `half-day`?");
    desk.ends(
        &["exam", "--seed", "1", "--questions", "999", "--record", &before],
        2,
        "ask for fewer",
    );
    let empty = desk.path("nothing").display().to_string();
    fs::create_dir(&empty).unwrap();
    desk.ends(&["lab", "cohort", &empty], 2, "has no logs");
    desk.ends(&["lab", "verify", &empty], 2, "has no attempt");
    desk.ends(&["lab", "verify", &nowhere], 2, "there is no folder");
    let log = r#"{"time":"2026-05-04T10:20:30Z","lab":"hashing","event":"started"}"#;
    fs::write(desk.path("nothing/a.jsonl"), format!("{log}\n{{\n")).unwrap();
    desk.ends(&["lab", "cohort", &empty], 2, "line 2 is no line of a log");
    desk.ends(&["lab", "cohort", &empty], 2, "fewer than 5 people");
    desk.ends(&["lab", "selftest", "hasing"], 2, "did you mean `hashing`");
    for wrong in [&["no-such-command"] as &[&str], &[], &["list", "--no-such-flag"], &["merge"]] {
        desk.ends(wrong, 2, "Usage");
    }
}

#[test]
fn a_lab_is_begun_without_a_terminal_and_nothing_is_asked() {
    let desk = Desk::new();
    let labs = desk.path("labs").display().to_string();
    let lab = |arguments: &[&str], status, says: &str| {
        desk.ends(&[&["lab", "--dir", &labs], arguments].concat(), status, says);
    };
    lab(&["list"], 0, "lazy-evaluation");
    lab(&["hint"], 2, "None was begun in ");
    lab(&["status"], 0, "nothing was begun in ");
    // What is to be typed next is for the same folder.
    let begin = format!("cargo xtask lab --dir {labs} start lazy-evaluation");
    lab(&["check", "lazy-evaluation"], 2, &begin);
    lab(&["reset", "lazy-evaluation"], 2, &begin);
    lab(&["start", "lazy-evaluatoin"], 2, "did you mean `lazy-evaluation`");
    lab(&["start", "lazy-evaluation", "--low", "3", "--high", "2"], 2, "the lower end first");
    assert!(!Path::new(&labs).exists(), "a slip leaves nothing");
    lab(&["start", "lazy-evaluation"], 0, "guess.toml");
    lab(&["start", "lazy-evaluation"], 0, &format!("{labs} watch lazy-evaluation` says after"));
    lab(&["start", "lazy-evaluation", "--low", "2", "--high", "9"], 0, "noted: 2× to 9×");
    lab(&["hint"], 0, "hint 1 of 3");
    lab(&["hint"], 0, "hint 2 of 3");
    lab(&["reset"], 0, "attempt-1.rs");
    lab(&["status"], 0, "begun");
    let log = fs::read_to_string(desk.path("labs/progress.jsonl")).unwrap();
    let events = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let events: Vec<String> = events.map(|line| line["event"].to_string()).collect();
    assert_eq!(events.join(" "), r#""started" "guessed" "hinted" "hinted" "reset""#);
}

/// An end that nobody reads from, as behind `| true`.
fn nobody() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

/// Commands that print much or little, and the status with which each ends.
fn printing(desk: &Desk) -> Vec<(Vec<String>, i32)> {
    let [before, after] = before_and_after(desk);
    let merged = desk.path("merged.json").display().to_string();
    let missing = desk.path("missing.json").display().to_string();
    let commands: [(&[&str], i32); 8] = [
        (&["list"], 0),
        (&["schema"], 0),
        (&["doctor"], 0),
        (&["--help"], 0),
        (&["export", &before, "--format", "csv"], 0),
        (&["merge", &before, "-o", &merged], 0),
        (&["compare", &before, &after], 1),
        (&["compare", &before, &missing], 2),
    ];
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    commands.map(|(words, status)| (owned(words), status)).into()
}

#[test]
fn a_reader_who_has_seen_enough_changes_nothing() {
    let desk = Desk::new();
    for (words, status) in printing(&desk) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut command = desk.tool(&words);
        let output = command.stdout(nobody()).stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{words:?}: {said}");
        assert!(!said.contains("panicked") && !said.contains("ipe"), "{words:?}: {said}");
        let both = desk.tool(&words).stdout(nobody()).stderr(nobody()).status().unwrap();
        assert_eq!(both.code(), Some(status), "{words:?} without standard error");
    }
    assert!(Record::load(&desk.path("merged.json")).is_ok(), "what was to be written is there");
}

#[test]
fn what_does_not_arrive_though_somebody_reads_is_not_done() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let desk = Desk::new();
    for words in [&["list"] as &[&str], &["schema"]] {
        let output = File::create(full).unwrap();
        let ended = desk.tool(words).stdout(output).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(ended.status.code(), Some(2), "{words:?}");
        assert!(String::from_utf8_lossy(&ended.stderr).contains("is the disk full?"));
    }
}

#[test]
fn a_profile_is_diagnosed_and_what_was_found_is_kept() {
    let desk = Desk::new();
    let file = |name: &str, text: &str| {
        fs::write(desk.path(name), text).unwrap();
        desk.path(name).display().to_string()
    };
    let hashes = "_start;main;app::main;app::count;<core::hash::sip::Hasher<S>>::write 900\n\
                  _start;main;app::main;app::\u{1b}[2Jread 100\n";
    let stacks = file("stacks.txt", hashes);
    desk.ends(&["diagnose", "--stacks", &stacks], 0, "1. Hashing: 90 % of the samples [");
    let kept = fs::read_to_string(desk.path("target/casebook/diagnosis.json")).unwrap();
    assert!(kept.contains("\"app::count\""), "{kept}");
    let said = desk.run(&["diagnose", "--stacks", &stacks]).stdout;
    assert!(!said.contains(&0x1b), "a terminal would obey");
    let even = file("even.txt", "_start;main;app::main;app::work 1000\n");
    desk.ends(&["diagnose", "--stacks", &even], 0, "No case of this book fits");
    desk.ends(&["diagnose", "--stacks", &file("no.txt", "main;a\n")], 2, "line 1");
    desk.ends(&["diagnose", "--stacks", "nowhere"], 2, "cannot read nowhere");
    desk.ends(&["diagnose"], 2, "what is slow?");
}
