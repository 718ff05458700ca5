//! Tests of what goes wrong while a rung is at work: its own loop, over what [`faulty`] gives it,
//! and over real files and rings that are short or overflow.

use std::fs::File;
use std::io::ErrorKind;
use std::sync::Arc;

use crate::direct::SECTOR;
use crate::faulty::{Faulty, FaultyQueue};
use crate::held::Held;
use crate::index::{Index, folder, make, open_direct};
use crate::record::{BYTES, Record, checksums};
use crate::scratch::Scratch;
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
            let calls = disk.calls.into_inner();
            // Those that no signal interrupts, each for all the sectors that a call gives.
            let least = wanted.bytes().div_ceil(per_call / SECTOR * SECTOR) * wanted.pieces.len();
            assert_eq!(calls - calls / 3, least, "no sector is read twice");
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

/// A file of so many bytes of an index.
fn of_bytes(bytes: u64) -> Scratch {
    let scratch = Scratch::new(&folder());
    make(&scratch.0, RECORDS).unwrap();
    File::options().write(true).open(&scratch.0).unwrap().set_len(bytes).unwrap();
    scratch
}

/// Whatever is left of the last record: none is made up, and nobody waits for the rest.
#[test]
fn a_file_that_ends_too_soon_is_an_error() {
    let wanted = Wanted::records(vec![3, 50, 4, 99, 5], 4);
    for rest in [0, 100, 512, 2_048, 2_100, 4_095] {
        let short = of_bytes(99 * BYTES as u64 + rest);
        let file = File::open(&short.0).unwrap();
        let threads = peer::open().unwrap();
        let mut outcomes = vec![
            naive::read(&file, &wanted),
            positioned::read(&file, &wanted),
            mapped::read(&mapped::open(&file).unwrap(), &wanted),
            peer::read(&threads, &Arc::new(file.try_clone().unwrap()), &wanted),
        ];
        if system::registered().is_ok() {
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
    let whole = of_bytes(u64::from(RECORDS) * BYTES as u64);
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
    static RING: Held<(Uring, File)> = Held::empty();
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
