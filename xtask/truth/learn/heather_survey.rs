//! Maps a moor from the air: photographs become heights, and each flight line across the moor is
//! drawn as a profile of its own, since the plane flew from north to south.

use truth::Random;

/// Heights in centimetres, from west to east and then from north to south.
struct Moor {
    heights: Vec<u32>,
    width: usize,
    depth: usize,
}

impl Moor {
    /// Measures another part of it.
    fn measure(&mut self, width: usize, depth: usize, seed: u64) {
        let mut random = Random::new(seed);
        let height = |at| ((at % width) * 3 + (at / width) * 5 + random.below(64)) as u32;
        self.heights.clear();
        self.heights.extend((0..width * depth).map(height));
        (self.width, self.depth) = (width, depth);
    }

    /// All flight lines one after the other.
    fn profiles(&self, profiles: &mut Vec<u32>) {
        profiles.clear();
        for x in 0..self.width {
            for y in 0..self.depth {
                profiles.push(self.heights[y * self.width + x]);
            }
        }
    }
}

/// How much a plane would have to climb, in metres.
fn climbs(profiles: &[u32], depth: usize) -> Vec<u32> {
    let climb = |line: &[u32]| line.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).sum();
    profiles.chunks(depth).map(climb).map(|sum: u32| sum / 100).collect()
}

fn main() {
    let (mut steepest, mut profiles) = (0, Vec::new());
    let mut moor = Moor { heights: Vec::new(), width: 0, depth: 0 };
    for (flight, width) in [2800, 2640, 2900, 2512, 2736, 2848, 2608].into_iter().enumerate() {
        moor.measure(width, 2304, 300 + flight as u64);
        moor.profiles(&mut profiles);
        let climbs = climbs(&profiles, moor.depth);
        let most = climbs.iter().copied().max().unwrap_or_default();
        println!("flight {flight}: {} lines, at most {most} m", climbs.len());
        steepest = steepest.max(most);
    }
    println!("{steepest} m");
}
