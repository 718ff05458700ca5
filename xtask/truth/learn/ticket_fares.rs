//! Prices tickets by zones. What a fare is takes a while to find out, so it is found out once for
//! each pair of zones, before the first ticket is sold; after that it is looked up.

use truth::Random;

const ZONES: usize = 160;
const TICKETS: usize = 30_000_000;

/// The cheapest sum of steps between two zones, by trying all zones in between.
#[inline(never)]
fn fare(steps: &[u32], from: usize, to: usize) -> u32 {
    let mut best = u32::MAX;
    for first in 0..ZONES {
        let start = steps[from * ZONES + first];
        for second in first..ZONES {
            let middle = steps[first * ZONES + second];
            best = best.min(start + middle + steps[second * ZONES + to]);
        }
    }
    best
}

fn main() {
    let mut random = Random::new(806);
    let steps: Vec<u32> = (0..ZONES * ZONES).map(|_| 90 + random.below(400) as u32).collect();
    let mut fares = vec![0_u32; ZONES * ZONES];
    for from in 0..ZONES {
        for to in 0..ZONES {
            fares[from * ZONES + to] = fare(&steps, from, to);
        }
    }
    let mut sum = 0_u64;
    for _ in 0..TICKETS {
        let (from, to) = (random.skewed(ZONES), random.skewed(ZONES));
        sum += u64::from(fares[from * ZONES + to]);
    }
    println!("{sum}");
}
