//! Counts ballots that were scanned, several desks at a time, while a screen shows how far they
//! are.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use truth::Random;

const DESKS: usize = 2;
const BALLOTS: u64 = 60_000_000;
const CANDIDATES: usize = 24;

/// What the desks have done so far; the screen reads it at any time.
struct Progress {
    counted: Vec<AtomicU64>,
    spoilt: Vec<AtomicU64>,
    marks: Vec<AtomicU64>,
}

/// Twenty-four boxes, in each of which a voter may have made a mark.
struct Ballot {
    darkness: [u8; CANDIDATES],
    seal: u64,
}

impl Progress {
    fn new() -> Progress {
        let zeros = || (0..DESKS).map(|_| AtomicU64::new(0)).collect();
        Progress { counted: zeros(), spoilt: zeros(), marks: zeros() }
    }

    fn note(&self, desk: usize, marks: u32, valid: bool) {
        self.counted[desk].fetch_add(1, Relaxed);
        self.marks[desk].fetch_add(u64::from(marks), Relaxed);
        if !valid {
            self.spoilt[desk].fetch_add(1, Relaxed);
        }
    }

    fn counted(&self) -> u64 {
        self.counted.iter().map(|counted| counted.load(Relaxed)).sum()
    }
}

/// What the scanner saw of the next ballot.
fn scanned(random: &mut Random) -> Ballot {
    let mut darkness = [0; CANDIDATES];
    for boxes in darkness.chunks_exact_mut(8) {
        boxes.copy_from_slice(&(random.number() & 0x3f3f_3f3f_3f3f_3f3f).to_le_bytes());
    }
    let votes = 1 + random.below(3);
    for _ in 0..votes {
        darkness[random.skewed(CANDIDATES)] = 200;
    }
    Ballot { darkness, seal: random.number() }
}

/// Whether the seal is one that was handed out.
fn genuine(seal: u64) -> bool {
    let mut rest = seal;
    for round in 0..8 {
        rest = (rest ^ rest >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(round);
    }
    !rest.is_multiple_of(97)
}

/// The boxes with a mark, one bit for each.
fn marked(ballot: &Ballot) -> u32 {
    let boxes = ballot.darkness.iter().enumerate();
    boxes.fold(0, |marked, (at, &darkness)| marked | u32::from(darkness > 128) << at)
}

/// Counts the ballots of one desk and gives the votes of each candidate.
fn desk(progress: &Progress, desk: usize, start: &Barrier) -> [u64; CANDIDATES] {
    let mut random = Random::new(1000 + desk as u64);
    let mut votes = [0; CANDIDATES];
    start.wait();
    for _ in 0..BALLOTS / DESKS as u64 {
        let ballot = scanned(&mut random);
        let marked = marked(&ballot);
        let valid = (1..=2).contains(&marked.count_ones()) && genuine(ballot.seal);
        if valid {
            let mut rest = marked;
            while rest != 0 {
                votes[rest.trailing_zeros() as usize] += 1;
                rest &= rest - 1;
            }
        }
        progress.note(desk, marked.count_ones(), valid);
    }
    votes
}

/// Looks ten times a second how far the desks are.
fn screen(progress: &Progress, done: &AtomicBool) -> u64 {
    let mut shown = 0;
    while !done.load(Relaxed) {
        shown = shown.max(progress.counted());
        thread::sleep(Duration::from_millis(100));
    }
    shown
}

fn main() {
    let (progress, start, done) = (Progress::new(), Barrier::new(DESKS), AtomicBool::new(false));
    let (progress, start, done) = (&progress, &start, &done);
    let votes = thread::scope(|scope| {
        let watching = scope.spawn(move || screen(progress, done));
        let desks: Vec<_> =
            (0..DESKS).map(|number| scope.spawn(move || desk(progress, number, start))).collect();
        let mut votes = [0; CANDIDATES];
        for counted in desks.into_iter().filter_map(|desk| desk.join().ok()) {
            for (all, desk) in votes.iter_mut().zip(counted) {
                *all += desk;
            }
        }
        done.store(true, Relaxed);
        assert!(watching.join().is_ok_and(|shown| shown <= BALLOTS));
        votes
    });
    let sum = |counts: &[AtomicU64]| counts.iter().map(|count| count.load(Relaxed)).sum::<u64>();
    let elected = (0..CANDIDATES).max_by_key(|&candidate| votes[candidate]).unwrap_or(0);
    println!("candidate {elected} with {} votes", votes[elected]);
    println!(
        "{} ballots, {} spoilt, {} marks",
        progress.counted(),
        sum(&progress.spoilt),
        sum(&progress.marks)
    );
}
