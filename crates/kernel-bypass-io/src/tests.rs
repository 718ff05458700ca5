//! Tests that all rungs hold together, and of what they are held against.

use std::io::Cursor;

use harness::{agree, agree_at, agree_on};
use proptest::prelude::*;

use super::*;
use crate::index::Index;
use crate::record::{Record, checksums};
use crate::wanted::{DEPTH, Wanted};

fn small() -> Index {
    Index::of(Index::SMALL)
}

#[test]
fn rungs_agree() {
    agree(RUNGS, |n, seed| Job::random(small(), n.min(129), DEPTH, seed));
    agree(RUNGS, |n, seed| Job::random(small(), n.min(33), 1 + seed as usize, seed).cold());
    agree(RUNGS, |n, seed| Job::scan(small(), n.min(513), seed));
    agree_at(RUNGS, edges::edges());
}

#[test]
fn what_is_held_is_of_the_index_that_is_asked_for() {
    let held = held::Held::empty();
    let mut opened = Vec::new();
    for index in [small(), small(), Index::of(2), Index::of(2), small()] {
        let open = || {
            opened.push(index.records());
            index.open()
        };
        let read = |file: &mut std::fs::File| Ok(file.metadata()?.len());
        assert_eq!(held.with(index, open, read).unwrap(), index.bytes());
    }
    assert_eq!(opened, [Index::SMALL, 2, Index::SMALL]);
}

/// What rungs are held against: the records themselves, not the file.
#[test]
fn naive_has_the_checksums_of_the_records_in_their_order() {
    for job in edges::edges() {
        let runs =
            job.wanted.pieces.iter().flat_map(|&piece| piece..piece + job.wanted.records as u32);
        let expected: Vec<u64> =
            runs.map(|number| checksums(&Record::of(number).0).next().unwrap()).collect();
        assert_eq!(service::naive(&job), expected);
    }
}

#[test]
fn jobs_are_within_their_index_and_as_large_as_they_say() {
    let starts = (0..50).map(|seed| Job::scan(small(), 500, seed).wanted.pieces[0]);
    assert!(starts.max() > Some(Index::SMALL / 4), "a scan begins anywhere");
    for seed in 0..50 {
        let random = Job::random(small(), 64, DEPTH, seed);
        assert_eq!(random.wanted.pieces.len(), 64);
        let scan = Job::scan(small(), 500, seed);
        assert_eq!(scan.wanted.pieces.len() * scan.wanted.records, 512);
        assert!(scan.wanted.pieces.windows(2).all(|two| two[0] + 32 == two[1]));
        assert_eq!(scan.clone().cold().device_reads(), 0, "its reads are large");
        assert_eq!(random.device_reads(), 0, "they may be cached");
        assert_eq!(random.clone().cold().device_reads(), 64);
        for Job { wanted, index, .. } in [random, scan] {
            let end = wanted.offsets().max().unwrap() + wanted.bytes() as u64;
            assert!(end <= index.bytes());
        }
    }
    let whole = Job::scan(small(), 1_000, 1);
    assert_eq!((whole.wanted.pieces[0], whole.wanted.pieces.len()), (0, 32));
    let [one, other] = [1, 2].map(|seed| Job::random(small(), 64, DEPTH, seed).wanted.pieces);
    assert_ne!(one, other);
}

#[test]
fn a_stream_may_be_anything_that_has_a_place() {
    let content: Vec<u8> = (0..4).flat_map(|number| Record::of(number).0).collect();
    let sums: Vec<u64> = checksums(&content).collect();
    let wanted = Wanted::records(vec![3, 0, 2], 1);
    assert_eq!(naive::read(Cursor::new(&content), &wanted).unwrap(), [sums[3], sums[0], sums[2]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn rungs_agree_on_any_records(
        pieces in proptest::collection::vec(0..Index::SMALL, 0..150),
        depth in 1..=DEPTH,
        cold: bool,
    ) {
        agree_on(RUNGS, Job { index: small(), wanted: Wanted::records(pieces, depth), cold });
    }
}
