//! The hub of a vehicle's laser scanner: takes sweeps from the line, turns them into distances
//! around the vehicle, and tells the steering, which is a thread of its own, where the nearest
//! things are.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use truth::Random;

/// The longest sweep that the protocol allows.
const LONGEST: usize = 48 * 1024;
const SECTORS: usize = 8;
/// Sweeps that may wait for being worked on.
const WAITING: usize = 12;

/// What the steering may see at any time: the nearest thing in each sector, all of one moment.
struct Surroundings {
    version: AtomicU64,
    nearest: [AtomicU64; SECTORS],
}

impl Surroundings {
    fn new() -> Surroundings {
        let nearest = std::array::from_fn(|_| AtomicU64::new(u64::MAX));
        Surroundings { version: AtomicU64::new(0), nearest }
    }

    fn publish(&self, nearest: &[u64; SECTORS]) {
        self.version.fetch_add(1, Ordering::SeqCst);
        for (place, &distance) in self.nearest.iter().zip(nearest) {
            place.store(distance, Ordering::SeqCst);
        }
        self.version.fetch_add(1, Ordering::SeqCst);
    }

    fn read(&self) -> [u64; SECTORS] {
        loop {
            let before = self.version.load(Ordering::SeqCst);
            let nearest = std::array::from_fn(|at| self.nearest[at].load(Ordering::SeqCst));
            if before % 2 == 0 && self.version.load(Ordering::SeqCst) == before {
                return nearest;
            }
        }
    }
}

/// The line, on which sweeps come with their lengths before them.
struct Line {
    recorded: Vec<u8>,
    lengths: Vec<usize>,
    next: usize,
    at: usize,
}

impl Line {
    fn recorded(sweeps: usize) -> Line {
        let mut random = Random::new(76);
        let lengths: Vec<usize> = (0..sweeps).map(|_| 96 + random.skewed(700) * 4).collect();
        let mut distance = 9000;
        let returns = (0..lengths.iter().sum::<usize>() / 4).flat_map(|_| {
            distance = (distance + random.below(301) - 150).clamp(300, 60_000);
            let strength = 20 + random.below(200) as u16;
            let [a, b] = (distance as u16).to_le_bytes();
            let [c, d] = strength.to_le_bytes();
            [a, b, c, d]
        });
        Line { recorded: returns.collect(), lengths, next: 0, at: 0 }
    }

    /// A sweep as it stands on the line.
    fn sweep(&mut self) -> impl Read {
        if self.next == self.lengths.len() {
            (self.next, self.at) = (0, 0);
        }
        let length = self.lengths[self.next];
        let sweep = &self.recorded[self.at..self.at + length];
        self.next += 1;
        self.at += length;
        sweep
    }
}

struct Sweep {
    bytes: Vec<u8>,
    length: usize,
}

impl Sweep {
    fn receive(line: &mut Line) -> io::Result<Sweep> {
        let mut bytes = vec![0; LONGEST];
        let length = line.sweep().read(&mut bytes)?;
        Ok(Sweep { bytes, length })
    }

    /// Distances in millimetres, and how strong each echo was.
    fn returns(&self) -> impl Iterator<Item = (u64, u64)> {
        let word = |a, b| u64::from(u16::from_le_bytes([a, b]));
        let returns = self.bytes[..self.length].as_chunks().0.iter();
        returns.map(move |&[a, b, c, d]| (word(a, b), word(c, d)))
    }
}

#[derive(Default)]
struct Tracker {
    nearest: [u64; SECTORS],
    smooth: u64,
    angle: usize,
    edges: u64,
}

impl Tracker {
    /// Works through a sweep and publishes with each group of four echoes.
    fn track(&mut self, sweep: &Sweep, surroundings: &Surroundings) {
        for (at, (distance, strength)) in sweep.returns().enumerate() {
            let trusted = (distance * strength + self.smooth * 64) / (strength + 64);
            self.edges += u64::from(trusted.abs_diff(self.smooth) > 80);
            self.smooth = trusted;
            let sector = &mut self.nearest[self.angle / 64];
            *sector = if trusted < *sector { trusted } else { (*sector * 31 + trusted) / 32 };
            self.angle = (self.angle + 1) % (64 * SECTORS);
            if at % 4 == 3 {
                surroundings.publish(&self.nearest);
            }
        }
    }
}

/// Looks again and again how far away the nearest thing is.
fn steer(surroundings: &Surroundings, over: &AtomicBool) -> u64 {
    let mut looks = 0;
    while !over.load(Ordering::SeqCst) {
        let nearest = surroundings.read();
        looks += u64::from(nearest.iter().any(|&distance| distance < 70_000));
        thread::sleep(Duration::from_millis(5));
    }
    looks
}

fn main() -> io::Result<()> {
    let surroundings = Surroundings::new();
    let over = AtomicBool::new(false);
    let mut line = Line::recorded(3000);
    let mut tracker = Tracker::default();
    let mut random = Random::new(77);
    thread::scope(|scope| {
        let steering = scope.spawn(|| steer(&surroundings, &over));
        let mut waiting = VecDeque::new();
        for _ in 0..130_000 {
            for _ in 0..1 + random.below(WAITING) {
                waiting.push_back(Sweep::receive(&mut line)?);
            }
            while let Some(sweep) = waiting.pop_front() {
                tracker.track(&sweep, &surroundings);
            }
        }
        over.store(true, Ordering::SeqCst);
        let looked = steering.join().is_ok_and(|looks| looks > 0);
        println!("{:?}, {} edges, looked: {looked}", surroundings.read(), tracker.edges);
        Ok(())
    })
}
