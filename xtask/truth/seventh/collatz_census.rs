//! A census of the Collatz problem: how many steps does each number take until it is one? All cores
//! count, each for itself, and take another stretch of numbers when they have done with theirs.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

const STRETCH: u64 = 40_000;
const NUMBERS: u64 = 16_000_000;
const LONGEST: usize = 1_024;

/// What was counted, by one thread or by all.
struct Census {
    by_steps: Box<[u32; LONGEST]>,
    longest: (u32, u64),
    highest: u64,
}

impl Census {
    fn new() -> Census {
        Census { by_steps: Box::new([0; LONGEST]), longest: (0, 0), highest: 0 }
    }

    /// Follows a number down; halvings in a row are one shift.
    fn follow(&mut self, number: u64) {
        let (mut at, mut steps, mut highest) = (number, 0, number);
        while at > 1 {
            let halvings = at.trailing_zeros();
            at >>= halvings;
            steps += halvings;
            if at == 1 {
                break;
            }
            at = 3 * at + 1;
            steps += 1;
            highest = highest.max(at);
        }
        self.by_steps[steps as usize % LONGEST] += 1;
        self.longest = self.longest.max((steps, number));
        self.highest = self.highest.max(highest);
    }

    fn merge(&mut self, other: &Census) {
        for (all, some) in self.by_steps.iter_mut().zip(other.by_steps.iter()) {
            *all += some;
        }
        self.longest = self.longest.max(other.longest);
        self.highest = self.highest.max(other.highest);
    }
}

fn count(next: &AtomicU64) -> Census {
    let mut census = Census::new();
    loop {
        let start = next.fetch_add(STRETCH, Ordering::Relaxed);
        if start >= NUMBERS {
            return census;
        }
        for number in start.max(1)..(start + STRETCH).min(NUMBERS) {
            census.follow(number);
        }
    }
}

fn main() {
    let workers = thread::available_parallelism().map_or(2, |cores| cores.get().min(8));
    let next = AtomicU64::new(0);
    let mut census = Census::new();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(|| count(&next))).collect();
        for worker in workers {
            census.merge(&worker.join().expect("a worker counts to the end"));
        }
    });
    let numbers: u64 = census.by_steps.iter().map(|&count| u64::from(count)).sum();
    let steps = census.by_steps.iter().zip(0_u64..).map(|(&count, steps)| u64::from(count) * steps);
    let usual = (0..LONGEST).max_by_key(|&steps| census.by_steps[steps]).unwrap_or(0);
    println!("{numbers} numbers, {} steps, usually {usual}", steps.sum::<u64>());
    println!("{} takes {}, up to {}", census.longest.1, census.longest.0, census.highest);
}
