//! What test runners say to a bench binary, from outside: this program is one, of the kind that
//! `BENCH` names, and a test of it otherwise.

use std::process::{Command, Output};

use harness::{Bench, Rung};
use libtest_mimic::{Arguments, Trial};

/// Says which bench the program is.
const BENCH: &str = "CASEBOOK_TEST_BENCH";

const RUNGS: &[Rung<u64, u64>] = &[
    Rung::new("naive", |seed| *seed),
    Rung::new("other", |seed| *seed % 1_000_000),
    Rung::new("elsewhere", |_| unreachable!()).needs(|| Err("another machine".to_owned())),
];

fn small(n: usize, seed: u64) -> u64 {
    assert!(n < 8_000, "larger ones take longer");
    seed
}

fn bench(kind: &str) -> Bench<u64, u64> {
    let bench = Bench::new(RUNGS).substance(|_| 1);
    let bench = bench.input("few, small", small).full([8_000]).standard([2]);
    match kind {
        "wrong" => bench.input("large", |_, seed| seed + 1_000_000).quick([1]),
        "sizeless" => bench.input("sizeless", |_, _| unreachable!()),
        "claims" => bench.claim("other", "few, small", 7, harness::DoesNotPay),
        "absent" => {
            let bench = bench.input("cold", |_, _| unreachable!()).quick([1]);
            bench.needs(|| Err("its pages stay".to_owned()))
        }
        "panics" => bench.input("broken", |_, _| panic!("no such data")).quick([1]),
        _ => bench,
    }
}

fn run(kind: &str, args: &[&str]) -> Output {
    let program = std::env::current_exe().unwrap();
    Command::new(program).args(args).env(BENCH, kind).output().unwrap()
}

/// What it says, and what that is worth to a runner.
fn said(kind: &str, args: &[&str]) -> (String, Option<i32>) {
    let output = run(kind, args);
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

const EDGES: &str = "edges";
const GATE: &str = "few__small::gate";
const NAIVE: &str = "few__small::naive";
const OTHER: &str = "few__small::other";
const ELSEWHERE: &str = "few__small::elsewhere";

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("{name}: test\n")).collect()
}

/// As nextest asks; whatever both lists have it takes for ignored.
fn lists_name_every_rung_and_none_as_ignored() {
    let all = listed(&[EDGES, GATE, NAIVE, OTHER, ELSEWHERE]);
    assert_eq!(said("plain", &["--list", "--format", "terse"]), (all, Some(0)));
    let ignored = said("plain", &["--list", "--format", "terse", "--ignored"]);
    assert_eq!(ignored, (String::new(), Some(0)));
    assert!(said("plain", &["--list"]).0.starts_with(&listed(&[EDGES, GATE, NAIVE, OTHER])));
    assert!(!said("plain", &["--list", "--ignored"]).0.contains("::"));
    assert_eq!(said("plain", &["--list", "--format", "terse", "other"]).0, listed(&[OTHER]));
}

/// As nextest runs each, and as `cargo test` hands over what stands behind its dashes.
fn exactly_what_is_chosen_is_run() {
    let of = |args: &[&str]| {
        let (text, status) = said("plain", args);
        assert_eq!(status, Some(0), "{args:?}: {text}");
        let summary = text.split("test result: ok. ").nth(1).expect("a summary");
        let count = |what: &str| {
            let before = summary.split(what).next().expect("never empty");
            let number = before.rsplit(' ').next().expect("never empty");
            number.parse::<usize>().unwrap()
        };
        [count(" passed"), count(" ignored"), count(" filtered out")]
    };
    assert_eq!(of(&[]), [4, 1, 0], "the third cannot run here");
    assert_eq!(of(&[OTHER, "--nocapture", "--exact"]), [1, 0, 4]);
    assert_eq!(of(&["--exact", "other"]), [0, 0, 5]);
    assert_eq!(of(&["other"]), [1, 0, 4]);
    assert_eq!(of(&["few__small", "--no-capture"]), [3, 1, 1]);
    assert_eq!(of(&["naive", "other", "--format", "terse"])[..2], [2, 0]);
    assert_eq!(of(&["--exact", NAIVE, "other", ELSEWHERE])[..2], [1, 1]);
    assert_eq!(of(&["--skip", "other"]), [3, 1, 1]);
    assert_eq!(of(&["--ignored"]), [0, 0, 5]);
    assert_eq!(of(&["--include-ignored", "-q", "--test-threads=1"]), [4, 1, 0]);
    assert_eq!(of(&["nothing of that name"]), [0, 0, 5]);
}

fn a_wrong_rung_fails_and_the_others_pass() {
    // One after the other: they are told in the order in which they end.
    let (text, status) = said("wrong", &["--test-threads=1"]);
    assert_eq!(status, Some(101), "{text}");
    assert!(text.contains("failures:\n    edges\n    large::gate\n    large::other\n"), "{text}");
    assert!(text.contains("naive has …1000000…, this rung …0…"), "{text}");
    assert!(text.contains("4 passed; 3 failed"), "{text}");
    assert_eq!(said("wrong", &["--exact", "large::naive"]).1, Some(0));
    assert_eq!(said("wrong", &["--exact", "large::other"]).1, Some(101));
}

/// None of its inputs is made.
fn what_this_system_cannot_do_is_ignored_and_says_why() {
    let (text, status) = said("absent", &["--test-threads=1", "cold"]);
    assert_eq!(status, Some(0), "{text}");
    for name in ["gate", "naive", "other", "elsewhere"] {
        assert!(text.contains(&format!("cold::{name}")), "{text}");
    }
    assert_eq!(text.matches("ignored (its pages stay)").count(), 4, "{text}");
    assert!(text.contains("0 passed; 0 failed; 4 ignored"), "{text}");
}

fn a_distribution_without_sizes_fails_by_its_name() {
    let (text, status) = said("sizeless", &[]);
    assert!(text.contains("distribution `sizeless` has no sizes"), "{text}");
    assert_eq!(status, Some(101));
}

/// In a test, under criterion, and where the bench is put together: message, and file and line.
fn a_panic_is_shown_with_its_place() {
    let runs: [(&str, &[&str], &str); 4] = [
        ("panics", &[], "no such data"),
        ("panics", &["--bench", "no rung"], "no such data"),
        ("claims", &[], "there is no scenario few, small/7"),
        ("claims", &["--bench"], "there is no scenario few, small/7"),
    ];
    for (kind, args, message) in runs {
        let output = run(kind, args);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(101), "{args:?}: {text}");
        let place = text.split_once("tests/runners.rs:");
        assert!(place.is_some_and(|(_, rest)| rest.contains(message)), "{args:?}: {text}");
    }
}

fn what_is_no_argument_is_refused() {
    for args in [&["--sing"][..], &["--exact", "--format", "song"], &["--file", "x"]] {
        let output = run("plain", args);
        assert!(!output.status.success() && !output.stderr.is_empty(), "{args:?}");
    }
}

/// As words, and to who reads them alone: JSON is for who asks.
fn criterion_times_no_wrong_rung() {
    let output = run("wrong", &["--bench", "no rung"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("rung `other` disagrees with naive at large/0"), "{text}");
    assert!(!output.status.success() && output.stdout.is_empty(), "{text}");
}

fn main() {
    if let Ok(kind) = std::env::var(BENCH) {
        return bench(&kind).main();
    }
    let trials: [(&str, fn()); 8] = [
        ("criterion_times_no_wrong_rung", criterion_times_no_wrong_rung),
        ("lists_name_every_rung_and_none_as_ignored", lists_name_every_rung_and_none_as_ignored),
        ("exactly_what_is_chosen_is_run", exactly_what_is_chosen_is_run),
        (
            "what_this_system_cannot_do_is_ignored_and_says_why",
            what_this_system_cannot_do_is_ignored_and_says_why,
        ),
        ("a_wrong_rung_fails_and_the_others_pass", a_wrong_rung_fails_and_the_others_pass),
        (
            "a_distribution_without_sizes_fails_by_its_name",
            a_distribution_without_sizes_fails_by_its_name,
        ),
        ("a_panic_is_shown_with_its_place", a_panic_is_shown_with_its_place),
        ("what_is_no_argument_is_refused", what_is_no_argument_is_refused),
    ];
    let trials = trials.map(|(name, test)| {
        let test = move || {
            test();
            Ok(())
        };
        Trial::test(name, test)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit();
}
