//! Frogs that jump between the pads of a pond, and like a pad less the more often it was sat on: of
//! two that are near, they take the one with fewer visits. Lets frogs jump on all cores, a pond for
//! each, and prints how even the pads come out, beside frogs that do not look.

use std::thread;

use truth::Random;

const PADS: usize = 6;
const FROGS: usize = 300;
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
    fn follow(&self, seed: u64, visits: &mut [u32; PADS]) {
        let mut state = seed | 1;
        let mut pad = seed as usize % PADS;
        for _ in 0..JUMPS {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let near = &self.next[pad];
            let one = usize::from(near[(state >> 40) as usize % 64]);
            let other = usize::from(near[(state >> 50) as usize % 64]);
            pad = if visits[one] < visits[other] { one } else { other };
            visits[pad] += 1;
        }
    }

    /// How many jumps it takes until a frog has sat on each pad, over and over again.
    fn rounds(&self, seed: u64, jumps: usize) -> (u64, u64) {
        const ALL: u32 = (1 << PADS) - 1;
        let mut state = seed | 1;
        let (mut pad, mut seen) = (0, 0_u32);
        let (mut rounds, mut longest, mut start) = (0, 0, 0);
        for jump in 0..jumps {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            pad = usize::from(self.next[pad][(state >> 40) as usize % 64]);
            seen |= 1 << pad;
            if seen == ALL {
                rounds += 1;
                longest = longest.max((jump - start) as u64);
                (seen, start) = (0, jump);
            }
        }
        (rounds, longest)
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
        let mut total = [0_u64; PADS];
        for visits in visits {
            for (total, visits) in total.iter_mut().zip(visits) {
                *total += u64::from(visits);
            }
        }
        total
    }

    /// The balance of frogs that do not look: what is left when their walk goes on for ever.
    fn balance(&self) -> [f64; PADS] {
        let mut share = [1.0 / PADS as f64; PADS];
        for _ in 0..200 {
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

/// The largest share above that of an even pond.
fn unevenness(shares: impl Iterator<Item = f64>) -> f64 {
    shares.fold(0.0, f64::max) * PADS as f64 - 1.0
}

fn main() {
    let mut random = Random::new(310);
    let workers = thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
    for season in 0..10 {
        let pond = Pond::new(season);
        let seeds: Vec<u64> = (0..FROGS).map(|_| random.number()).collect();
        let visits = pond.watch(&seeds, workers);
        let (rounds, longest) = pond.rounds(season + 1, 150 * JUMPS);
        let all: u64 = visits.iter().sum();
        let looking = unevenness(visits.iter().map(|&visits| visits as f64 / all as f64));
        let blind = unevenness(pond.balance().into_iter());
        println!("season {season}: {visits:?}, uneven by {looking:.4} and by {blind:.4}");
        println!("  {rounds} rounds, the longest of {longest} jumps");
    }
}
