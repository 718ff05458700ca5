//! Mutants of the committed records through everything that is pure: each is refused in a
//! sentence, or is merged, compared, exported and shown on every page without a panic, in time and
//! without a live tag.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use judge::export::{self, Choice, Format};
use judge::records::{Comparison, agreement, code};
use memchr::memmem;
use record::merge::{self, Source};
use record::mutated::{mutant, part};
use record::{Record, fixture};
use serde_json::Value;

use super::tests::{House, LIVE, committed, fill_lists, pages};

/// Longer than any mutant takes, on a machine that is busy.
const HANGS: Duration = Duration::from_secs(20);
/// How long mutants are tried at most: where nobody is at work beside them, three minutes do.
const MINUTES: Duration = Duration::from_secs(240);
/// Processes of each: what a mutant costs is mostly drawing for intervals.
const PROCESSES: usize = 2;

/// A record to make mutants of, and what is held against them.
struct Original {
    value: Value,
    record: Record,
    house: House,
}

/// Small parts of every committed record, and the shared one, which has something of all.
fn originals() -> Vec<Original> {
    let original = |value: Value| {
        let record = Record::read(&value.to_string()).unwrap();
        let names: Vec<&str> = record.cases.keys().map(String::as_str).collect();
        let house = House::new(&names);
        Original { value, record, house }
    };
    let mut fixture = fixture::record();
    fill_lists(&mut fixture);
    let mut all = vec![original(serde_json::to_value(fixture).unwrap())];
    for (_, record) in committed().1 {
        let value = serde_json::to_value(&record).unwrap();
        all.extend(record.cases.keys().map(|case| original(part(&value, case, PROCESSES))));
    }
    all
}

/// What became of mutants.
#[derive(Default)]
struct Counts {
    next: AtomicU64,
    read: AtomicUsize,
    refused: AtomicUsize,
    wrong: AtomicUsize,
}

/// Tries mutants with the seeds below `end`, for so long at most.
fn try_all(end: u64, budget: Duration) -> Counts {
    let (counts, originals, began) = (Counts::default(), originals(), Instant::now());
    let (said, heard) = channel();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let (said, counts, originals) = (said.clone(), &counts, &originals);
            scope.spawn(move || {
                while began.elapsed() < budget {
                    let seed = counts.next.fetch_add(1, Relaxed);
                    if seed >= end {
                        break;
                    }
                    try_one(originals, seed, counts, &said);
                }
            });
        }
        drop(said);
        watch(&heard);
    });
    counts
}

/// Ends all if one of the mutants has no end.
fn watch(heard: &Receiver<(u64, bool)>) {
    let mut under_way = BTreeMap::new();
    loop {
        match heard.recv_timeout(Duration::from_secs(1)) {
            Ok((seed, true)) => drop(under_way.insert(seed, Instant::now())),
            Ok((seed, false)) => drop(under_way.remove(&seed)),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some((seed, _)) = under_way.iter().find(|(_, began)| began.elapsed() > HANGS) {
            record::errln!("the mutant with seed {seed} has no end");
            std::process::abort();
        }
    }
}

fn try_one(originals: &[Original], seed: u64, counts: &Counts, said: &Sender<(u64, bool)>) {
    let _ = said.send((seed, true));
    let original = &originals[seed as usize / 24 % originals.len()];
    let tried =
        catch_unwind(AssertUnwindSafe(|| match Record::read(&mutant(&original.value, seed)) {
            Ok(record) => {
                use_everywhere(original, record, seed);
                counts.read.fetch_add(1, Relaxed);
            }
            Err(error) => {
                let error = format!("{error:#}");
                assert!(
                    error.chars().count() < 300 && !error.contains(char::is_control),
                    "{error}"
                );
                counts.refused.fetch_add(1, Relaxed);
            }
        }));
    if tried.is_err() {
        record::errln!("… by the mutant with seed {seed}");
        counts.wrong.fetch_add(1, Relaxed);
    }
    let _ = said.send((seed, false));
}

/// All that commands do with a record, but for files and terminals: it is shown on every page, and
/// used by one of the others in turn.
fn use_everywhere(original: &Original, record: Record, seed: u64) {
    let turn = seed as usize;
    match turn % 3 {
        0 => exported(&record, turn / 3),
        1 => compared(&original.record, &record, turn / 3),
        _ => merged(&original.record, &record),
    }
    // The book's own, one beside it, or that of a file.
    let records = [record, original.record.clone()];
    let (shown, file) = match turn % 4 {
        0 => (&records[..], None),
        1 => (&records[1..], Some(&records[0])),
        _ => (&records[..1], None),
    };
    for (name, page) in pages(&original.house, shown, file).unwrap() {
        for tag in LIVE {
            assert!(memmem::find(page.as_bytes(), tag.as_bytes()).is_none(), "{tag} on {name}");
        }
    }
}

fn exported(record: &Record, turn: usize) {
    let format = [Format::Csv, Format::GithubActionBenchmark, Format::Bencher][turn % 3];
    let _ = export::text(
        record,
        format,
        &Choice { headline: turn.is_multiple_of(2), ..Choice::default() },
    );
}

fn compared(original: &Record, record: &Record, turn: usize) {
    let (old, new) = if turn.is_multiple_of(2) { (original, record) } else { (record, original) };
    let comparison = Comparison::new(old, new);
    let _ = (comparison.regressions(), comparison.naive_changed(), code::changes(old, new));
    if turn % 4 < 2 {
        let _ = agreement::of(old, new);
    }
}

fn merged(original: &Record, record: &Record) {
    let source = |record: &Record| Source { path: "a.json".into(), record: record.clone() };
    let sources = vec![source(original), source(record)];
    if let Ok(merged) = merge::merge(&sources) {
        let _ = merge::warnings(&merged);
    }
    let _ = merge::by_machine(sources);
}

/// Whether so many were tried at least, none of which did harm.
#[track_caller]
fn nothing_wrong(counts: &Counts, least: usize) {
    let [read, refused, wrong] =
        [&counts.read, &counts.refused, &counts.wrong].map(|count| count.load(Relaxed));
    record::errln!("{read} mutants were shown on every page, {refused} refused");
    assert_eq!(wrong, 0, "of {}", read + refused);
    assert!(read + refused >= least, "there was time for {} alone", read + refused);
    assert!(read > least / 10 && refused > least / 10, "mutants are of both kinds");
}

#[test]
fn no_mutant_of_a_record_panics_hangs_or_gets_a_tag_into_a_page() {
    nothing_wrong(&try_all(500, MINUTES), 500);
}

/// Where others are at work beside it, there may be time for half of them only.
#[test]
#[ignore = "takes minutes; `cargo xtask check` runs it"]
fn nor_does_any_of_a_hundred_thousand() {
    nothing_wrong(&try_all(100_000, MINUTES), 50_000);
}
