//! Processes as they are, as they work on, and as they go.

use std::fs;
use std::io;
use std::process;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, getrlimit};

use crate::children::{Children, Plan};
use crate::process::{Usage, Watched};
use crate::*;

/// Whether all rungs see what naive sees, with the agents that they have.
fn hold(job: &mut Job) {
    if let Err(wrong) = harness::check(RUNGS, job, agree) {
        panic!("rung `{}` disagrees with naive: {}", wrong.rung, wrong.difference);
    }
}

fn sampled(name: &str, job: &mut Job) -> Vec<Option<Usage>> {
    let rung = RUNGS.iter().position(|rung| rung.name() == name).unwrap();
    SAMPLES[rung](job).usage
}

/// As in the table of rungs, for tests that call one.
const SAMPLES: [fn(&mut Job) -> Sample; 8] = [
    |job| job.sample(|agents| &mut agents.naive, naive::Agent::new, naive::Agent::sample),
    |job| {
        job.sample(|agents| &mut agents.specifics, specifics::Agent::new, specifics::Agent::sample)
    },
    |job| job.sample(|agents| &mut agents.files, files::Agent::new, files::Agent::sample),
    |job| job.sample(|agents| &mut agents.one_read, one_read::Agent::new, one_read::Agent::sample),
    |job| job.sample(|agents| &mut agents.held, held::Agent::new, held::Agent::sample),
    |job| job.sample(|agents| &mut agents.bytes, bytes::Agent::new, bytes::Agent::sample),
    |job| {
        job.sample(|agents| &mut agents.optimized, optimized::Agent::new, optimized::Agent::sample)
    },
    |job| job.sample(|agents| &mut agents.peer, peer::Agent::new, peer::Agent::sample),
];

fn watching(plans: &[Plan]) -> Job {
    let children = Children::new(plans).unwrap();
    Job { watched: children.watched().unwrap(), children: Some(children), ..Job::default() }
}

/// Those that know whom they watch to the tick.
const EXACT: [&str; 6] = ["files", "one_read", "held", "bytes", "optimized", "peer"];

/// What is written anywhere in this process is its own: whoever looks at that looks alone.
static WRITING: RwLock<()> = RwLock::new(());

fn writing() -> RwLockReadGuard<'static, ()> {
    WRITING.read().unwrap_or_else(PoisonError::into_inner)
}

fn alone() -> RwLockWriteGuard<'static, ()> {
    WRITING.write().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn rungs_agree() {
    let _alone = alone();
    for make in [asked_again, asked_once, itself] {
        for (n, seed) in [(1, 0), (2, 1), (17, 2)] {
            harness::agree_on_by(RUNGS, make(n, seed), agree);
        }
    }
    harness::agree_at_by(RUNGS, edges::edges(), agree);
}

#[test]
fn a_sample_says_what_a_process_did() {
    let _writing = writing();
    let plan = Plan { name: b"busy".to_vec(), rounds: 200_000, writes: 20_000, keeps: 100_000 };
    let idle = Plan { name: b"idle".to_vec(), ..Plan::default() };
    let mut job = watching(&[plan, idle]);
    hold(&mut job);
    let usage = sampled("optimized", &mut job);
    let [Some(busy), Some(idle)] = usage[..] else { panic!("{usage:?}") };
    assert!(busy.cpu >= idle.cpu + 10 && busy.cpu < 60_000, "{usage:?}");
    assert!(idle.resident > 100_000 && idle.resident < 100_000_000, "{usage:?}");
    assert_eq!(idle.written, 0);
    assert!(busy.written.is_multiple_of(4096) && busy.written < 100_000, "{usage:?}");
}

/// A rung that showed what it had found before would agree with naive as long as nothing happens.
#[test]
fn a_later_sample_says_what_happened_since() {
    let _writing = writing();
    let plan = Plan { name: b"busy".to_vec(), rounds: 50_000, writes: 9_000, keeps: 1_000 };
    let mut job = watching(&vec![plan; 6]);
    hold(&mut job);
    let before = sampled("naive", &mut job);
    for _ in 0..3 {
        job.children.as_mut().unwrap().work(12).unwrap();
        hold(&mut job);
    }
    let after = sampled("naive", &mut job);
    let cpu = |usage: &[Option<Usage>]| usage.iter().flatten().map(|usage| usage.cpu).sum::<u64>();
    assert!(cpu(&after) > 2 * cpu(&before), "{before:?} {after:?}");
}

#[test]
fn a_process_that_went_between_two_samples_has_gone() {
    let _writing = writing();
    for reaped in [true, false] {
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
                    let same = (now.read, now.written) == (first.read, first.written);
                    assert!(same && now.resident <= first.resident, "{name} {first:?} {now:?}");
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

/// Where a container hides a file, the rest is still told.
#[test]
fn of_a_file_that_is_not_there_nothing_is_told() {
    let folder = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let folder = tempfile::tempdir_in(folder).unwrap();
    let folder = folder.path().join("42");
    fs::create_dir(&folder).unwrap();
    let stat = "42 (a) b) S 1 42 42 0 -1 4194304 1 0 0 0 250 50 0 0 20 0 1 0 777 9 8".to_owned();
    let stat = stat + &" 0".repeat(28) + "\n";
    fs::write(folder.join("stat"), stat).unwrap();
    fs::write(folder.join("statm"), "9 8 7 6 5 4 3\n").unwrap();
    let watched = vec![Watched { pid: 42, started: 777, folder: folder.clone() }];
    let page = units::Units::of_system().unwrap().page;
    let expected = Usage { cpu: 3_000, resident: 8 * page, read: 0, written: 0 };
    for name in EXACT {
        let mut job = Job { watched: watched.clone(), ..Job::default() };
        assert_eq!(sampled(name, &mut job), [Some(expected)], "{name}");
    }
    fs::remove_file(folder.join("statm")).unwrap();
    for name in EXACT {
        let mut job = Job { watched: watched.clone(), ..Job::default() };
        assert_eq!(sampled(name, &mut job), [None], "{name}");
    }
}

#[test]
fn only_what_means_an_end_is_one() {
    use nix::libc::{EACCES, EINTR, EMFILE, ENOENT, ESRCH};
    let ended = |code| ended::ended(&io::Error::from_raw_os_error(code));
    assert!(ended(ESRCH) && ended(ENOENT));
    assert!(!ended(EMFILE) && !ended(EACCES) && !ended(EINTR));
}

#[test]
fn room_is_made_for_as_many_files_as_are_allowed() {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    descriptors::room_for(2_000);
    let (soft, same) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    assert!(soft >= hard.min(2_064) && same == hard, "{soft} of {hard}");
    descriptors::room_for(1);
    assert_eq!(getrlimit(Resource::RLIMIT_NOFILE).unwrap().0, soft, "none is taken away");
}

/// What a process asks of itself is in other units than what its files have.
#[test]
fn a_process_knows_of_itself_what_its_files_know() {
    let _alone = alone();
    let mut file =
        tempfile::tempfile_in(std::env::current_exe().unwrap().parent().unwrap()).unwrap();
    io::Write::write_all(&mut file, &vec![7; 12 << 20]).unwrap();
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(200) {}
    let mut job = itself(3, 1);
    hold(&mut job);
    let own = sampled("optimized", &mut job)[2].unwrap();
    assert!(own.cpu >= 50, "{own:?}");
    // What children wrote is told of whoever waits for them.
    let plan = Plan { writes: 10 << 20, ..Plan::default() };
    drop(Children::new(&[plan]).unwrap());
    hold(&mut job);
}

#[test]
fn children_end_with_who_made_them() {
    let children = Children::new(&vec![Plan::default(); 3]).unwrap();
    let watched = children.watched().unwrap();
    assert!(watched.iter().all(|watched| watched.folder.exists() && watched.pid != process::id()));
    drop(children);
    assert!(watched.iter().all(|watched| !watched.folder.exists()));
}

/// As when this process is killed, and so has nobody to end them.
#[test]
fn children_end_when_nobody_holds_their_pipe() {
    let mut children = Children::new(&vec![Plan::default(); 3]).unwrap();
    children.let_go();
    for watched in children.watched().unwrap() {
        let zombie = || fs::read_to_string(watched.folder.join("stat")).unwrap().contains(") Z ");
        let start = Instant::now();
        while !zombie() {
            assert!(start.elapsed() < Duration::from_secs(20), "{watched:?}");
            thread::sleep(Duration::from_millis(1));
        }
    }
}
