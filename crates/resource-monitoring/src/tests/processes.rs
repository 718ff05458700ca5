//! Processes as they are, and as they work on.

use std::fs;
use std::io;
use std::process;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::resource::{Resource, UsageWho, getrlimit, getrusage, setrlimit};

use super::watching::{alone, hold, sampled, watching, writing};
use crate::children::{Children, Plan};
use crate::*;

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
fn room_is_made_for_as_many_files_as_are_allowed() {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, hard.min(1_024), hard).unwrap(); // as most systems have it
    descriptors::room_for(2_000);
    let (soft, same) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    assert_eq!((soft, same), (hard.min(2_064), hard));
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
    // Seconds and a part of one: the system tells them apart.
    let too_little = || {
        let user = getrusage(UsageWho::RUSAGE_SELF).unwrap().user_time();
        user.tv_sec() < 1 || user.tv_usec() < 400_000
    };
    while too_little() {
        (0..10_000).for_each(|n| _ = std::hint::black_box(n));
    }
    let mut job = itself(3, 1);
    hold(&mut job);
    let own = sampled("optimized", &mut job)[2].unwrap();
    assert!(own.cpu >= 1_400, "{own:?}");
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
