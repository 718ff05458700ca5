//! Heat spreads over a plate: each step is a weighed sum of neighbours by whole rows, cut into
//! bands for the cores that there are.

use rayon::prelude::*;
use truth::Random;

const WIDTH: usize = 1_536;
const HEIGHT: usize = 1_024;

struct Plate {
    heat: Vec<f32>,
    next: Vec<f32>,
}

impl Plate {
    fn new() -> Plate {
        let mut random = Random::new(321);
        let heat: Vec<f32> = (0..WIDTH * HEIGHT)
            .map(|_| if random.below(500) == 0 { 900.0 } else { 20.0 })
            .collect();
        Plate { next: heat.clone(), heat }
    }

    fn step(&mut self) {
        let heat = &self.heat;
        let bands = self.next.par_chunks_mut(WIDTH * 32).enumerate();
        bands.for_each(|(band, rows)| {
            for (at, row) in rows.chunks_exact_mut(WIDTH).enumerate() {
                let y = band * 32 + at;
                if y == 0 || y == HEIGHT - 1 {
                    continue;
                }
                let above = &heat[(y - 1) * WIDTH..][..WIDTH];
                let here = &heat[y * WIDTH..][..WIDTH];
                let below = &heat[(y + 1) * WIDTH..][..WIDTH];
                spread(above, here, below, row);
            }
        });
        std::mem::swap(&mut self.heat, &mut self.next);
    }

    /// Coldest and hottest places by blocks of rows.
    fn range(&self) -> (f32, f32) {
        self.heat
            .par_chunks(WIDTH * 32)
            .map(|rows| {
                let mut low = [f32::MAX; 16];
                let mut high = [f32::MIN; 16];
                for chunk in rows.chunks_exact(16) {
                    for lane in 0..16 {
                        low[lane] = if chunk[lane] < low[lane] { chunk[lane] } else { low[lane] };
                        high[lane] =
                            if chunk[lane] > high[lane] { chunk[lane] } else { high[lane] };
                    }
                }
                let low = low.into_iter().fold(f32::MAX, f32::min);
                (low, high.into_iter().fold(f32::MIN, f32::max))
            })
            .reduce(|| (f32::MAX, f32::MIN), |a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

/// A row's inner places, sixteen and more at once: the slices have one length, which is checked
/// here.
fn spread(above: &[f32], here: &[f32], below: &[f32], out: &mut [f32]) {
    let inner = WIDTH - 2;
    let (above, below) = (&above[1..][..inner], &below[1..][..inner]);
    let (left, middle, right) = (&here[..inner], &here[1..][..inner], &here[2..][..inner]);
    let out = &mut out[1..][..inner];
    for x in 0..inner {
        let around = above[x] + below[x] + left[x] + right[x];
        out[x] = middle[x] * 0.6 + around * 0.1;
    }
}

fn main() {
    let mut plate = Plate::new();
    for step in 0..2_700 {
        plate.step();
        if step % 100 == 0 {
            let (low, high) = plate.range();
            println!("step {step}: {low:.2} to {high:.2} degrees");
        }
    }
}
