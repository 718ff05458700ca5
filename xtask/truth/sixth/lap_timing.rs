//! Timing of a cycling race: a decoder thread reads the passings of transponders off the mats, and
//! a board thread keeps the order of the riders.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use truth::Random;

const RIDERS: usize = 180;
const MATS: usize = 4;

#[derive(Clone, Copy)]
struct Passing {
    rider: u16,
    mat: u8,
    strength: u8,
    /// Tenths of milliseconds since the start.
    at: u64,
}

#[derive(Default)]
struct Waiting {
    passings: VecDeque<Passing>,
    over: bool,
}

/// What the mats saw and the board has not taken yet.
struct Relay {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
    taken: Condvar,
    room: usize,
}

impl Relay {
    fn new(room: usize) -> Relay {
        let waiting = Mutex::new(Waiting::default());
        Relay { waiting, arrived: Condvar::new(), taken: Condvar::new(), room }
    }

    fn send(&self, passing: Passing) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        while waiting.passings.len() >= self.room {
            waiting = self.taken.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        waiting.passings.push_back(passing);
        drop(waiting);
        self.arrived.notify_one();
    }

    fn close(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).over = true;
        self.arrived.notify_one();
    }

    fn receive(&self) -> Option<Passing> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(passing) = waiting.passings.pop_front() {
                drop(waiting);
                self.taken.notify_one();
                return Some(passing);
            }
            if waiting.over {
                return None;
            }
            waiting = self.arrived.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The signal that a mat records while a transponder is above it, and its strongest moment.
fn decode(random: &mut Random, samples: &mut [u16; 192]) -> (u8, u64) {
    let peak = 20 + random.below(150);
    for (at, sample) in samples.iter_mut().enumerate() {
        let distance = at.abs_diff(peak) as u16;
        *sample = 4000u16.saturating_sub(distance * distance * 2) + (at as u16 * 37) % 90;
    }
    let smooth = samples.windows(3).map(|near| near.iter().map(|&s| u32::from(s)).sum::<u32>());
    let (mut best, mut place) = (0, 0);
    for (at, level) in smooth.enumerate() {
        if level > best {
            (best, place) = (level, at);
        }
    }
    ((best >> 6) as u8, place as u64)
}

fn read_mats(relay: &Relay, passings: usize) {
    let mut random = Random::new(404);
    let mut samples = [0; 192];
    let mut at = 0;
    for _ in 0..passings {
        let (strength, place) = decode(&mut random, &mut samples);
        at += 1 + random.below(40) as u64;
        let (rider, mat) = (random.below(RIDERS) as u16, random.below(MATS) as u8);
        relay.send(Passing { rider, mat, strength, at: at * 10 + place / 10 });
    }
    relay.close();
}

#[derive(Clone, Copy, Default)]
struct Rider {
    sections: u32,
    last: u64,
    fastest: u64,
    weak: u32,
}

struct Board {
    riders: Vec<Rider>,
    /// Riders, the leading one first.
    order: Vec<u16>,
    changes: u64,
}

impl Board {
    fn take(&mut self, passing: Passing) {
        let rider = &mut self.riders[usize::from(passing.rider)];
        let took = passing.at - rider.last;
        rider.fastest = if rider.fastest == 0 { took } else { rider.fastest.min(took) };
        rider.weak += u32::from(passing.strength < 40);
        rider.sections += 1 + u32::from(passing.mat == 0);
        rider.last = passing.at;
        let sections = rider.sections;
        let mut place = self.order.iter().position(|&other| other == passing.rider).unwrap_or(0);
        while place > 0 && self.riders[usize::from(self.order[place - 1])].sections < sections {
            self.order.swap(place - 1, place);
            place -= 1;
            self.changes += 1;
        }
    }
}

fn main() {
    let relay = Relay::new(1024);
    let mut board = Board {
        riders: vec![Rider::default(); RIDERS],
        order: (0..RIDERS as u16).collect(),
        changes: 0,
    };
    thread::scope(|scope| {
        scope.spawn(|| read_mats(&relay, 3_200_000));
        while let Some(passing) = relay.receive() {
            board.take(passing);
        }
    });
    let leader = board.order[0];
    let rider = board.riders[usize::from(leader)];
    println!("{leader} leads with {} sections, {} changes", rider.sections, board.changes);
}
