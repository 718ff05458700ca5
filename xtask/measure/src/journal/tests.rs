//! Journals as crashes, full disks and other runs leave them.

use std::fs;
use std::path::PathBuf;

use protocol::{Block, Effort, Machine, Round, Scenario};
use tempfile::TempDir;

use super::plan::tests::plan;
use super::*;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/journal.jsonl");
    (folder, path)
}

fn session() -> Entry {
    Entry::Session { machine: Machine::default(), conditions: vec![] }
}

fn round(round: u64) -> Entry {
    let scenario = Scenario { input: "any".into(), n: 8, effort: Effort::Quick };
    let block = Block { ns: vec![1.5, 0.75, 1.5], compute: 3.25, stream: 0.0, ..Block::default() };
    let answer = Round {
        inputs: 2,
        columns: vec![0, 1, 0],
        untimed: Vec::new(),
        blocks: vec![block; 2],
        work: 0.0,
        within: 0.0,
        data_bytes: vec![None, Some(8)],
        handover: 0.0,
    };
    Entry::Case {
        case: "bitsets".into(),
        seconds: 0.5,
        piece: Piece::Round { scenario, round, answer },
    }
}

/// A run that was killed after two rounds.
fn killed(path: &Path) {
    let mut journal = Journal::create(path, plan()).unwrap();
    for entry in [session(), round(0), round(1)] {
        journal.write(&entry).unwrap();
    }
}

fn append(path: &Path, text: &[u8]) {
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(text).unwrap();
}

#[test]
fn a_run_goes_on_where_it_was_killed() {
    let (_folder, path) = folder();
    killed(&path);
    let mut journal = Journal::resume(&path, &plan()).unwrap();
    assert_eq!(journal.earlier(), [session(), round(0), round(1)]);
    journal.write(&round(2)).unwrap();
    drop(journal);
    let mut journal = Journal::resume(&path, &plan()).unwrap();
    assert_eq!(journal.earlier(), [session(), round(0), round(1), round(2)]);
}

#[test]
fn a_torn_line_is_dropped_and_the_next_one_is_whole() {
    let (_folder, path) = folder();
    killed(&path);
    let torn = serde_json::to_vec(&round(2)).unwrap();
    append(&path, &torn[..torn.len() / 2]);
    let mut journal = Journal::resume(&path, &plan()).unwrap();
    assert_eq!(journal.earlier().len(), 3);
    journal.write(&round(3)).unwrap();
    drop(journal);
    assert_eq!(Journal::resume(&path, &plan()).unwrap().earlier()[3], round(3));

    // Even where only the line's end is missing: nobody knows whether more should follow.
    append(&path, &torn);
    assert_eq!(Journal::resume(&path, &plan()).unwrap().earlier().len(), 4);
}

#[test]
fn an_unreadable_line_costs_only_itself() {
    let (_folder, path) = folder();
    killed(&path);
    append(&path, b"\0\0\0\0\n{\"later\":1}\n");
    append(&path, &[serde_json::to_vec(&round(2)).unwrap(), b"\n".to_vec()].concat());
    let earlier = Journal::resume(&path, &plan()).unwrap().earlier();
    assert_eq!(earlier[2..], [round(1), round(2)]);
}

#[test]
fn another_run_is_refused_and_the_journal_stays() {
    let (_folder, path) = folder();
    killed(&path);
    let mut other = plan();
    other.effort = Effort::Full;
    let error = Journal::resume(&path, &other).unwrap_err().to_string();
    assert!(error.contains("effort") && error.contains("--resume --quick"), "{error}");
    assert_eq!(Journal::resume(&path, &plan()).unwrap().earlier().len(), 3);
}

#[test]
fn a_finished_run_leaves_nothing_to_go_on_with() {
    let (_folder, path) = folder();
    killed(&path);
    Journal::resume(&path, &plan()).unwrap().finish().unwrap();
    assert_eq!(notice(&path).unwrap(), None);
    let error = Journal::resume(&path, &plan()).unwrap_err().to_string();
    assert!(error.contains("nothing to go on with"), "{error}");
    fs::write(&path, "").unwrap();
    let error = Journal::resume(&path, &plan()).unwrap_err().to_string();
    assert!(error.contains("nothing to go on with"), "killed before its first line: {error}");
}

#[test]
fn a_new_run_keeps_the_unfinished_one_aside() {
    let (_folder, path) = folder();
    killed(&path);
    let before = fs::read(&path).unwrap();
    let notice = notice(&path).unwrap().unwrap();
    assert!(notice.contains("--resume --quick") && notice.contains("journal.old.jsonl"));
    drop(Journal::create(&path, plan()).unwrap());
    assert_eq!(fs::read(aside(&path)).unwrap(), before);

    // One in which nothing was measured must not push that one out.
    drop(Journal::create(&path, plan()).unwrap());
    assert_eq!(super::notice(&path).unwrap(), None);
    assert_eq!(fs::read(aside(&path)).unwrap(), before);
}

#[test]
fn foreign_files_and_other_versions_are_refused() {
    let (_folder, path) = folder();
    killed(&path);
    let whole = fs::read_to_string(&path).unwrap();
    for text in ["{", "[1]\n", "{\"journal\":\"x\"}\n", &whole.replace("journal 2", "journal 9")] {
        fs::write(&path, text).unwrap();
        let error = format!("{:#}", Journal::resume(&path, &plan()).unwrap_err());
        assert!(error.contains("without --resume"), "{text}: {error}");
    }
}

#[test]
fn two_runs_at_once_are_refused() {
    let (_folder, path) = folder();
    let mut journal = Journal::create(&path, plan()).unwrap();
    for error in [
        Journal::create(&path, plan()).unwrap_err(),
        Journal::resume(&path, &plan()).unwrap_err(),
        notice(&path).unwrap_err(),
    ] {
        assert!(error.to_string().contains("another `bench-all`"), "{error}");
    }
    journal.write(&round(0)).unwrap();
}

/// Linux has a device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_says_what_to_do() {
    let (_folder, path) = folder();
    let mut journal = Journal::create(&path, plan()).unwrap();
    let full = OpenOptions::new().append(true).open("/dev/full").unwrap();
    journal.file = Locked::new(full).unwrap();
    let error = format!("{:#}", journal.write(&round(0)).unwrap_err());
    for part in ["disk full", "journal.jsonl", "No space left"] {
        assert!(error.contains(part), "{error}");
    }
}

/// The same of a journal that cannot even be begun: it is gone, and an earlier one is as it was.
#[cfg(target_os = "linux")]
#[test]
fn a_journal_that_could_not_be_begun_leaves_nothing_but_the_cause() {
    let (_folder, path) = folder();
    killed(&path);
    let before = fs::read(&path).unwrap();
    let folder = path.parent().unwrap();
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/dev/full", &path).unwrap();
    let error = format!("{:#}", Journal::begin(&path, plan()).unwrap_err());
    assert!(error.contains("cannot write") && error.contains("journal.jsonl"), "{error}");
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);

    fs::write(&path, &before).unwrap();
    fs::create_dir(aside(&path)).unwrap();
    let error = format!("{:#}", Journal::create(&path, plan()).unwrap_err());
    assert!(error.contains("journal.jsonl"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}
