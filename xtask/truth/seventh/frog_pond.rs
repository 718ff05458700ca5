//! Frogs that jump between the pads of a pond: how often is each pad sat on, in the long run? Walks
//! many frogs on all cores, and compares what was seen with the chain's own balance.

use std::thread;

use truth::Random;

const PADS: usize = 6;
const FROGS: usize = 800;
const JUMPS: usize = 100_000;

/// Where a frog goes from each pad: a place in the row is as likely as any other.
struct Pond {
    next: [[u8; 64]; PADS],
}

impl Pond {
    fn new(seed: u64) -> Pond {
        let mut random = Random::new(seed);
        let mut next = [[0; 64]; PADS];
        for row in &mut next {
            row.fill_with(|| random.skewed(PADS) as u8);
            // Some jumps lead anywhere, so that no pad is left for ever.
            row[..PADS].iter_mut().zip(0..).for_each(|(pad, number)| *pad = number);
        }
        Pond { next }
    }

    /// One frog's way, from a pad of its choice.
    fn follow(&self, seed: u64, visits: &mut [u64; PADS]) {
        let mut state = seed | 1;
        let mut pad = seed as usize % PADS;
        for _ in 0..JUMPS {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            pad = usize::from(self.next[pad][(state >> 40) as usize % 64]);
            visits[pad] += 1;
        }
    }

    /// Follows each frog, as many at once as there are workers.
    fn watch(&self, seeds: &[u64], workers: usize) -> [u64; PADS] {
        let mut visits = vec![[0; PADS]; workers];
        thread::scope(|scope| {
            for (seeds, visits) in seeds.chunks(seeds.len().div_ceil(workers)).zip(&mut visits) {
                scope.spawn(move || {
                    for &seed in seeds {
                        self.follow(seed, visits);
                    }
                });
            }
        });
        let mut total = [0; PADS];
        for visits in visits {
            for (total, visits) in total.iter_mut().zip(visits) {
                *total += visits;
            }
        }
        total
    }

    /// The balance of the chain: what is left when the walk goes on for ever.
    fn balance(&self) -> [f64; PADS] {
        let mut share = [1.0 / PADS as f64; PADS];
        for _ in 0..2_000 {
            let mut after = [0.0; PADS];
            for (row, share) in self.next.iter().zip(share) {
                for &pad in row {
                    after[usize::from(pad)] += share / 64.0;
                }
            }
            share = after;
        }
        share
    }
}

fn main() {
    let mut random = Random::new(310);
    let workers = thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
    for season in 0..4 {
        let pond = Pond::new(season);
        let seeds: Vec<u64> = (0..FROGS).map(|_| random.number()).collect();
        let visits = pond.watch(&seeds, workers);
        let balance = pond.balance();
        let all: u64 = visits.iter().sum();
        let furthest = visits
            .iter()
            .zip(balance)
            .map(|(&visits, balance)| (visits as f64 / all as f64 - balance).abs())
            .fold(0.0, f64::max);
        println!("season {season}: {visits:?}, {:.3} % off at most", furthest * 100.0);
    }
}
