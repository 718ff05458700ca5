//! Tests of what goes wrong while a rung is at work: its own loop, over what [`faulty`] gives it,
//! and over real files and rings that are short, shrink, or are refused.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::Arc;

use crate::faulty::{Faulty, FaultyQueue};
use crate::held::Held;
use crate::index::{Index, folder, make, open_direct};
use crate::record::{BYTES, Record, checksums};
use crate::uring::Uring;
use crate::wanted::Wanted;
use crate::{compio, direct, mapped, naive, optimized, peer, positioned, ring, system, uncached};

const RECORDS: u32 = 100;

fn content() -> Vec<u8> {
    (0..RECORDS).flat_map(|number| Record::of(number).0).collect()
}

/// Twenty records and two runs, with what is right of each.
fn wanted() -> [(Wanted, Vec<u64>); 2] {
    let sums: Vec<u64> = checksums(&content()).collect();
    let pieces: Vec<u32> = (0..20).map(|at| at * 37 % RECORDS).collect();
    let right = pieces.iter().map(|&piece| sums[piece as usize]).collect();
    let runs = [&sums[60..92], &sums[1..33]].concat();
    let scan = Wanted { pieces: vec![60, 1], records: Wanted::RUN, depth: 2 };
    [(Wanted::records(pieces, 7), right), (scan, runs)]
}

#[test]
fn short_reads_and_signals_change_nothing() {
    for (wanted, right) in wanted() {
        for per_call in [512, 700, 4_096, 5_000, usize::MAX] {
            let file = || Faulty::new(&content(), per_call);
            assert_eq!(naive::read(file(), &wanted).unwrap(), right);
            assert_eq!(positioned::read(&file(), &wanted).unwrap(), right);
            let disk = Faulty { sectors: true, ..file() };
            assert_eq!(direct::read(&disk, &wanted).unwrap(), right);
            let threads = peer::open().unwrap();
            assert_eq!(peer::read(&threads, &Arc::new(file()), &wanted).unwrap(), right);
        }
    }
}

/// Short, interrupted, put off, in any order, and more of them than the ring has room for.
#[test]
fn a_ring_may_answer_as_it_likes() {
    let content = content();
    for (wanted, right) in wanted() {
        for seed in 0..300 {
            let mut queue = FaultyQueue::new(&content, wanted.bytes(), wanted.depth, seed);
            assert_eq!(ring::read(&mut queue, &wanted).unwrap(), right, "seed {seed}");
        }
    }
}

#[test]
fn an_error_of_the_disk_reaches_the_caller() {
    let (content, [(wanted, _), _]) = (content(), wanted());
    let broken = |call| Faulty { breaks: call, ..Faulty::new(&content, BYTES) };
    let threads = peer::open().unwrap();
    for call in [1, 8] {
        let errors = [
            naive::read(broken(call), &wanted),
            positioned::read(&broken(call), &wanted),
            direct::read(&broken(call), &wanted),
            peer::read(&threads, &Arc::new(broken(call)), &wanted),
        ];
        for error in errors.map(Result::unwrap_err) {
            assert_eq!(error.raw_os_error(), Some(libc::EIO));
        }
    }
    for piece in [wanted.pieces[0], wanted.pieces[19]] {
        let mut queue = FaultyQueue::new(&content, BYTES, wanted.depth, 1);
        queue.breaks = Some(piece as usize * BYTES);
        let error = ring::read(&mut queue, &wanted).unwrap_err();
        assert_eq!(error.raw_os_error(), Some(libc::EIO));
    }
}

/// A file that is gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, bytes: u64) -> Self {
        let scratch = Self(folder().join(format!("{name}-{}", std::process::id())));
        make(&scratch.0, RECORDS).unwrap();
        File::options().write(true).open(&scratch.0).unwrap().set_len(bytes).unwrap();
        scratch
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Whatever is left of the last record: none is made up, and nobody waits for the rest.
#[test]
fn a_file_that_ends_too_soon_is_an_error() {
    let wanted = Wanted::records(vec![3, 50, 4, 99, 5], 4);
    for rest in [0, 100, 512, 2_048, 2_100, 4_095] {
        let short = Scratch::new("short", 99 * BYTES as u64 + rest);
        let file = File::open(&short.0).unwrap();
        let threads = peer::open().unwrap();
        let mut outcomes = vec![
            naive::read(&file, &wanted),
            positioned::read(&file, &wanted),
            mapped::read(&mapped::open(&file).unwrap(), &wanted),
            peer::read(&threads, &Arc::new(file.try_clone().unwrap()), &wanted),
        ];
        if system::direct_ring().is_ok() {
            let past = open_direct(&short.0).unwrap();
            outcomes.push(direct::read(&past, &wanted));
            outcomes.push(ring::read(&mut ring::open(&past).unwrap(), &wanted));
            outcomes.push(ring::read(&mut optimized::open(&past).unwrap(), &wanted));
        }
        if system::uncached().is_ok() {
            outcomes.push(ring::read(&mut uncached::open(&file).unwrap(), &wanted));
        }
        if system::ring().is_ok() {
            outcomes.push(compio::read(&compio::open(&short.0).unwrap(), &wanted));
        }
        for (at, outcome) in outcomes.into_iter().enumerate() {
            let kind = outcome.unwrap_err().kind();
            assert_eq!(kind, ErrorKind::UnexpectedEof, "outcome {at}, {rest} bytes left");
        }
    }
}

/// A real ring with fewer entries than reads under way, and with room for half of the answers.
#[test]
fn a_ring_that_overflows_loses_nothing() {
    if let Err(why) = system::ring() {
        return eprintln!("not on this system: {why}");
    }
    let whole = Scratch::new("overflow", u64::from(RECORDS) * BYTES as u64);
    let file = File::open(&whole.0).unwrap();
    let [(wanted, right), _] = wanted();
    let wanted = Wanted { depth: 16, ..wanted };
    for entries in [1, 2, 4] {
        let mut ring = Uring::with_entries(entries, ring::entry(&file)).unwrap();
        ring.prepare(BYTES, 16);
        for _ in 0..5 {
            assert_eq!(ring::read(&mut ring, &wanted).unwrap(), right, "{entries} entries");
        }
    }
}

/// What was under way when something failed writes into no buffer of somebody else's.
#[test]
fn after_an_error_a_ring_is_opened_anew() {
    if let Err(why) = system::direct_ring() {
        return eprintln!("not on this system: {why}");
    }
    static RING: Held<(Uring, File)> = Held::new();
    let index = Index::of(Index::SMALL);
    let mut opened = 0;
    let mut read = |pieces: &[u32]| {
        let open = || {
            opened += 1;
            let file = index.open_direct()?;
            Ok((ring::open(&file)?, file))
        };
        RING.with(index, open, |(ring, _)| {
            ring.prepare(BYTES, 8);
            ring::read(ring, &Wanted::records(pieces.to_vec(), 8))
        })
    };
    for _ in 0..20 {
        let right: Vec<u64> = checksums(&Record::of(9).0).collect();
        assert_eq!(read(&[9]).unwrap(), right);
        assert_eq!(read(&[9]).unwrap(), right);
        assert!(read(&[Index::SMALL, 1, 2, 3, 4, 5, 6, 7, 8]).is_err());
    }
    assert_eq!(opened, 20);
}

/// Runs one test of this file again, alone in a process, which is told so.
fn alone(test: &str) -> (ExitStatus, String) {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program)
        .args(["--exact", &format!("faults::{test}"), "--nocapture"])
        .env(ALONE, test)
        .output()
        .unwrap();
    (output.status, String::from_utf8_lossy(&output.stderr).into_owned())
}

const ALONE: &str = "KERNEL_BYPASS_IO_ALONE";

fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Lets this process have no more of something.
fn limit(what: libc::__rlimit_resource_t, to: u64) {
    let limit = libc::rlimit { rlim_cur: to, rlim_max: to };
    // SAFETY: it reads what is handed over, and this process has asked to be limited.
    assert_eq!(unsafe { libc::setrlimit(what, &limit) }, 0);
}

/// There is no error to return: whoever maps a file that others may shorten must expect a signal.
#[test]
fn a_file_that_shrinks_under_a_mapping_ends_the_process() {
    if !is_alone() {
        let (status, words) = alone("a_file_that_shrinks_under_a_mapping_ends_the_process");
        assert_eq!(status.signal(), Some(libc::SIGBUS), "{words}");
        return;
    }
    limit(libc::RLIMIT_CORE, 0);
    let whole = Scratch::new("shrinks", u64::from(RECORDS) * BYTES as u64);
    let map = mapped::open(&File::open(&whole.0).unwrap()).unwrap();
    let wanted = Wanted::records(vec![90], 1);
    mapped::read(&map, &wanted).unwrap();
    File::options().write(true).open(&whole.0).unwrap().set_len(BYTES as u64).unwrap();
    drop(whole); // the file lives on in the mapping, without a name
    let _ = mapped::read(&map, &wanted);
}

/// A process that may open nothing more gets no ring, as one in a container that refuses them.
#[test]
fn what_is_refused_is_said() {
    if !is_alone() {
        let (status, words) = alone("what_is_refused_is_said");
        assert!(status.success(), "{words}");
        return;
    }
    limit(libc::RLIMIT_NOFILE, 3);
    for needs in [system::ring, system::direct, system::direct_ring, system::uncached] {
        let why = needs().unwrap_err();
        assert!(why.starts_with("this system, or a container's rules, refuses "), "{why}");
    }
}

/// Where a folder is memory, nothing in it is cold and nothing goes past the page cache.
#[test]
fn a_file_system_in_memory_is_told() {
    let memory = Path::new("/dev/shm");
    if !fs::read_to_string("/proc/mounts").unwrap().contains(" /dev/shm tmpfs ") {
        return eprintln!("not on this system: /dev/shm is no tmpfs");
    }
    let why = system::direct_in(memory).unwrap_err();
    assert!(why.starts_with("the file system of /dev/shm "), "{why}");
    let why = system::cold_in(memory).unwrap_err();
    assert!(why.starts_with("the page cache of /dev/shm does not let go: 1 page before, 1 after"));
}
