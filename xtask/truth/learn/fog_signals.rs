//! Fog signals on a coast: watchers on all cores count what they hear in a table that they share.
//! Prints what was heard most.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use truth::Random;

/// What one watcher has heard.
struct Heard {
    near: AtomicU64,
    far: AtomicU64,
}

fn watch(seed: u64, heard: &Heard) -> u64 {
    let mut random = Random::new(seed);
    let mut storms = 0;
    for _ in 0..60_000_000 {
        let bits = random.number();
        if bits & 7 == 0 {
            heard.near.fetch_add(1, Ordering::Relaxed);
        } else {
            heard.far.fetch_add(bits >> 62, Ordering::Relaxed);
        }
        storms += bits >> 63;
    }
    storms
}

fn main() {
    let heard: Vec<Heard> =
        (0..4).map(|_| Heard { near: AtomicU64::new(0), far: AtomicU64::new(0) }).collect();
    let storms: u64 = thread::scope(|scope| {
        let watchers: Vec<_> = heard
            .iter()
            .zip(1..)
            .map(|(heard, seed)| scope.spawn(move || watch(seed, heard)))
            .collect();
        watchers.into_iter().map(|watcher| watcher.join().expect("it watches")).sum()
    });
    let near: u64 = heard.iter().map(|heard| heard.near.load(Ordering::Relaxed)).sum();
    let far: u64 = heard.iter().map(|heard| heard.far.load(Ordering::Relaxed)).sum();
    println!("{near} {far} {storms}");
}
