//! Pilgrims on their way over a map of squares: from each they see a few others that they could go
//! to. Prints how far they came.

use truth::Random;

const SIDE: usize = 700;

struct Map {
    heights: Vec<u8>,
}

impl Map {
    /// Squares beside this one that are not too steep.
    fn ways(&self, at: usize) -> Vec<usize> {
        let mut ways = Vec::new();
        let (row, column) = (at / SIDE, at % SIDE);
        let mut see = |to: usize| {
            if self.heights[to].abs_diff(self.heights[at]) < 40 {
                ways.push(to);
            }
        };
        if row > 0 {
            see(at - SIDE);
        }
        if row + 1 < SIDE {
            see(at + SIDE);
        }
        if column > 0 {
            see(at - 1);
        }
        if column + 1 < SIDE {
            see(at + 1);
        }
        ways
    }

    fn walk(&self, from: usize, steps: usize, random: &mut Random) -> usize {
        let mut at = from;
        for _ in 0..steps {
            let ways = self.ways(at);
            if ways.is_empty() {
                break;
            }
            at = ways[random.below(ways.len())];
        }
        at
    }
}

/// Clouds over the map: how dark it is, from a table.
fn clouds(random: &mut Random, dark: &mut [u32; 256]) {
    for _ in 0..4_000 {
        let bits = random.number();
        dark[(bits >> 56) as usize] += (bits & 3) as u32;
    }
}

fn main() {
    let mut random = Random::new(1_387);
    let heights = (0..SIDE * SIDE).map(|at| (at / 900 % 90 + random.below(60)) as u8).collect();
    let map = Map { heights };
    let (mut far, mut dark) = (0, [0; 256]);
    for _ in 0..120_000 {
        let from = random.below(SIDE * SIDE);
        far += map.walk(from, 400, &mut random).abs_diff(from) / SIDE;
        clouds(&mut random, &mut dark);
    }
    println!("{far} {}", dark[7]);
}
