//! Bees at the entrances of hives, filmed day and night: each worker goes through the crossings of
//! some hives and keeps figures of them. Prints the busiest.

use std::thread;

use truth::Random;

const CROSSINGS: usize = 3_000_000;

/// What is known of an entrance.
#[derive(Clone, Copy, Default)]
struct Figures {
    out: u32,
    home: u32,
    laden: u32,
    longest: u32,
}

impl Figures {
    fn add(&mut self, crossing: u32) {
        if crossing & 1 == 0 {
            self.out += 1;
        } else {
            self.home += 1;
        }
        self.laden += crossing >> 1 & 3;
        self.longest = self.longest.max(crossing >> 8);
    }
}

/// Each worker takes every so many-th crossing, and has its figures beside those of the others.
fn watch(crossings: &[u32], figures: &mut [Figures]) {
    let workers = figures.len();
    thread::scope(|scope| {
        for (worker, figures) in figures.iter_mut().enumerate() {
            scope.spawn(move || {
                for crossing in crossings.iter().skip(worker).step_by(workers) {
                    figures.add(*crossing);
                }
            });
        }
    });
}

fn main() {
    let mut random = Random::new(51);
    let mut crossings = vec![0; CROSSINGS];
    let mut figures = [Figures::default(); 4];
    for _ in 0..60 {
        for crossing in &mut crossings {
            *crossing = random.number() as u32;
        }
        watch(&crossings, &mut figures);
    }
    let sums = figures.map(|of| u64::from(of.out) + u64::from(of.home) + u64::from(of.laden));
    println!("{sums:?} {}", figures[0].longest);
}
