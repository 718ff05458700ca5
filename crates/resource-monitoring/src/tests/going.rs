//! Processes that go, whose numbers others get, and of which a part is not told.

use std::fs;
use std::io;
use std::thread;
use std::time::Duration;

use super::watching::{EXACT, hold, sampled, writing};
use crate::children::{Children, Plan};
use crate::*;

/// Whether the system tells this user what a process fetched and wrote that has ended and was not
/// waited for. It tells root. Others get nothing once they open that file, and all of it from one
/// that they opened before: so the rungs say different things of such a process.
fn is_told_of_the_ended() -> bool {
    let mut children = Children::new(&[Plan::default()]).unwrap();
    let folder = children.watched().unwrap()[0].folder.clone();
    children.end(0, false).unwrap();
    let told = fs::read(folder.join("io")).is_ok();
    if !told {
        println!("not tested: what a process wrote that has ended, which root alone is told");
    }
    told
}

#[test]
fn a_process_that_went_between_two_samples_has_gone() {
    let _writing = writing();
    let ways: &[bool] = if is_told_of_the_ended() { &[true, false] } else { &[true] };
    for &reaped in ways {
        let mut job = asked_again(6, 1);
        hold(&mut job);
        job.children.as_mut().unwrap().end(2, reaped).unwrap();
        hold(&mut job);
        hold(&mut job);
        for name in EXACT {
            let usage = sampled(name, &mut job);
            let there: Vec<_> = usage.iter().map(Option::is_some).collect();
            assert_eq!(there, [true, true, !reaped, true, true, true], "{name}");
        }
    }
}

/// Whatever a process is doing while it goes: there is all of its sample, or nothing.
#[test]
fn a_process_that_goes_while_it_is_read_leaves_no_half() {
    let _writing = writing();
    let told = is_told_of_the_ended();
    for name in EXACT {
        let mut job = asked_again(12, 3);
        let first = sampled(name, &mut job);
        assert!(first.iter().all(Option::is_some));
        let mut children = job.children.take().unwrap();
        thread::scope(|scope| {
            scope.spawn(move || {
                for at in 0..12 {
                    children.end(at, true).unwrap();
                    thread::sleep(Duration::from_micros(300));
                }
            });
            loop {
                let now = sampled(name, &mut job);
                for (first, now) in first.iter().zip(&now) {
                    let (Some(first), Some(now)) = (first, now) else { continue };
                    assert!(now.cpu >= first.cpu && now.cpu < first.cpu + 1_000, "{name} {now:?}");
                    let storage = (now.read, now.written);
                    let untold = !told && storage == (0, 0);
                    let same = untold || storage == (first.read, first.written);
                    assert!(same && now.resident <= 2 * first.resident, "{name} {first:?} {now:?}");
                }
                if now.iter().all(Option::is_none) {
                    return;
                }
            }
        });
    }
}

/// Numbers are given out again, here at once: a process is who was started then.
#[test]
fn a_number_that_somebody_else_has_by_now_is_not_who_was_watched() {
    let _writing = writing();
    const LAST: &str = "/proc/sys/kernel/ns_last_pid";
    let mut job = asked_again(3, 1);
    EXACT.iter().for_each(|name| assert!(sampled(name, &mut job)[1].is_some()));
    // The system tells starts apart by its ticks, which are hundredths of a second.
    std::thread::sleep(std::time::Duration::from_millis(50));
    let children = job.children.as_mut().unwrap();
    children.end(1, true).unwrap();
    let wanted = job.watched[1].pid;
    for _ in 0..20 {
        if let Err(error) = fs::write(LAST, (wanted - 1).to_string()) {
            return println!("no number can be given out again: {error}");
        }
        let other = Children::new(&[Plan::default()]).unwrap();
        if other.watched().unwrap()[0].pid != wanted {
            continue; // somebody else was quicker
        }
        for name in EXACT {
            assert_eq!(sampled(name, &mut job)[1], None, "{name}");
        }
        job.agents = Default::default();
        for name in EXACT {
            let usage = sampled(name, &mut job);
            assert!(usage[1].is_none() && usage[2].is_some(), "{name}, from its first sample on");
        }
        return;
    }
    println!("every number that was given back was somebody else's at once");
}

/// The files of a process that is none, which has been on a processor for three seconds.
fn made_up() -> (tempfile::TempDir, Watched) {
    let beside = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let around = tempfile::tempdir_in(beside).unwrap();
    let folder = around.path().join("42");
    fs::create_dir(&folder).unwrap();
    let stat = "42 (a) b) S 1 42 42 0 -1 4194304 1 0 0 0 250 50 0 0 20 0 1 0 777 9 8".to_owned();
    let stat = stat + &" 0".repeat(28) + "\n";
    fs::write(folder.join("stat"), stat).unwrap();
    fs::write(folder.join("statm"), "9 8 7 6 5 4 3\n").unwrap();
    (around, Watched { pid: 42, started: 777, folder })
}

/// Where a container hides a file, the rest is still told.
#[test]
fn of_a_file_that_is_not_there_nothing_is_told() {
    let (_around, watched) = made_up();
    let page = units::Units::of_system().unwrap().page;
    let expected = Usage { cpu: 3_000, resident: 8 * page, read: 0, written: 0 };
    for name in EXACT {
        let mut job = Job { watched: vec![watched.clone()], ..Job::default() };
        assert_eq!(sampled(name, &mut job), [Some(expected)], "{name}");
    }
    fs::remove_file(watched.folder.join("statm")).unwrap();
    for name in EXACT {
        let mut job = Job { watched: vec![watched.clone()], ..Job::default() };
        assert_eq!(sampled(name, &mut job), [None], "{name}");
    }
}

/// Whatever else is wrong with a file is said, and is neither an end nor something hidden.
#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    type Take = fn(&[Watched]) -> io::Result<Vec<Option<Usage>>>;
    const SAMPLES: [Take; 6] = [
        |watched| files::Agent::new(watched)?.sample(),
        |watched| one_read::Agent::new(watched)?.sample(),
        |watched| held::Agent::new(watched)?.sample(),
        |watched| bytes::Agent::new(watched)?.sample(),
        |watched| optimized::Agent::new(watched)?.sample(),
        |watched| peer::Agent::new(watched)?.sample(),
    ];
    for name in ["stat", "statm", "io"] {
        let (_around, watched) = made_up();
        let file = watched.folder.join(name);
        let _ = fs::remove_file(&file);
        fs::create_dir(&file).unwrap();
        for (rung, sample) in EXACT.iter().zip(SAMPLES) {
            assert!(sample(std::slice::from_ref(&watched)).is_err(), "{rung}, {name}");
        }
    }
}

#[test]
fn only_what_means_an_end_is_one() {
    use nix::libc::{EACCES, EINTR, EMFILE, ENOENT, ESRCH};
    let ended = |code| ended::ended(&io::Error::from_raw_os_error(code));
    assert!(ended(ESRCH) && ended(ENOENT));
    assert!(!ended(EMFILE) && !ended(EACCES) && !ended(EINTR));
}
