//! Smooths a terrain's heights again and again, lets rain run down, and counts the basins.

use truth::Random;

struct Terrain {
    size: usize,
    heights: Vec<f32>,
}

impl Terrain {
    fn new(size: usize) -> Terrain {
        let mut random = Random::new(171);
        let heights = (0..size * size).map(|_| random.unit() as f32 * 900.0).collect();
        Terrain { size, heights }
    }

    /// The height at a place, or at the nearest one within the borders.
    fn at(&self, x: isize, y: isize) -> f32 {
        let last = self.size as isize - 1;
        let (x, y) = (x.clamp(0, last), y.clamp(0, last));
        self.heights[y as usize * self.size + x as usize]
    }

    fn smooth(&self, out: &mut Terrain) {
        for y in 0..self.size {
            for x in 0..self.size {
                let mut sum = 0.0;
                for dy in -1..=1 {
                    for dx in -1..=1 {
                        sum += self.at(x as isize + dx, y as isize + dy);
                    }
                }
                out.heights[y * self.size + x] = sum / 9.0;
            }
        }
    }

    /// The lowest of four neighbours, or the place itself.
    fn downhill(&self, at: usize) -> usize {
        let mut lowest = at;
        for next in [at - 1, at + 1, at - self.size, at + self.size] {
            if self.heights[next] < self.heights[lowest] {
                lowest = next;
            }
        }
        lowest
    }

    /// Lets drops run until they rest; counts where.
    fn rain(&self, random: &mut Random, drops: usize, pools: &mut [u32]) {
        for _ in 0..drops {
            let (x, y) = (random.below(self.size - 2) + 1, random.below(self.size - 2) + 1);
            let mut at = y * self.size + x;
            for _ in 0..200 {
                let next = self.downhill(at);
                let edge = |at: usize| (at % self.size).is_multiple_of(self.size - 1);
                let inside = next > self.size && next + self.size < self.heights.len();
                if next == at || !inside || edge(next) {
                    break;
                }
                at = next;
            }
            pools[at] += 1;
        }
    }
}

fn main() {
    let mut terrain = Terrain::new(700);
    let mut other = Terrain::new(700);
    let mut random = Random::new(172);
    let mut pools = vec![0; terrain.heights.len()];
    for year in 0..1_100 {
        terrain.smooth(&mut other);
        std::mem::swap(&mut terrain, &mut other);
        terrain.rain(&mut random, 2_500, &mut pools);
        if year % 275 == 0 {
            println!("year {year}: {:.3} in the middle", terrain.at(350, 350));
        }
    }
    let basins = pools.iter().filter(|&&drops| drops > 100).count();
    println!("{basins} basins");
}
