//! Counts visitors of a fair: several halls are evaluated at once, each with its own counters.

use std::sync::atomic::{AtomicU64, Ordering};

use truth::Random;

const WORKERS: usize = 2;
const PASSES: usize = 60_000_000;

#[derive(Default)]
struct Hall {
    came: AtomicU64,
    left: AtomicU64,
}

/// How long somebody stayed, by a key that is scrambled on the tickets.
fn stayed(ticket: u64) -> u64 {
    let mixed = (ticket ^ (ticket >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ (mixed >> 32)) % 240
}

fn evaluate(hall: &Hall, seed: u64) -> u64 {
    let mut random = Random::new(seed);
    let mut minutes = 0;
    for _ in 0..PASSES {
        let ticket = random.number();
        minutes += stayed(ticket);
        if ticket % 5 < 3 {
            hall.came.fetch_add(1, Ordering::Relaxed);
        } else {
            hall.left.fetch_add(1, Ordering::Relaxed);
        }
    }
    minutes
}

fn main() {
    let halls: [Hall; WORKERS] = Default::default();
    let minutes: u64 = std::thread::scope(|scope| {
        let workers: Vec<_> = halls
            .iter()
            .zip(1..)
            .map(|(hall, seed)| scope.spawn(move || evaluate(hall, seed)))
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    for hall in &halls {
        println!("{} {}", hall.came.load(Ordering::Relaxed), hall.left.load(Ordering::Relaxed));
    }
    println!("{minutes}");
}
