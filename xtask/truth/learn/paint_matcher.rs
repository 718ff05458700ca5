//! Finds for each colour of a picture the paint that comes nearest, whatever the number of inks
//! that a paint is described by.

use truth::Random;

const PAINTS: usize = 900;
const COLOURS: usize = 130_000;

struct Palette {
    inks: usize,
    /// All paints one after the other.
    shares: Vec<f32>,
}

impl Palette {
    fn nearest(&self, colour: &[f32]) -> usize {
        let (mut best, mut least) = (0, f32::MAX);
        for (at, paint) in self.shares.chunks(self.inks).enumerate() {
            let mut distance = 0.0;
            for (a, b) in paint.iter().zip(colour) {
                distance += (a - b) * (a - b);
            }
            if distance < least {
                (best, least) = (at, distance);
            }
        }
        best
    }
}

/// A colour fades with the years.
fn faded(colour: &[f32], years: usize) -> Vec<f32> {
    let mut faded = colour.to_vec();
    for _ in 0..years {
        for ink in &mut faded {
            *ink = (*ink * 0.999).sqrt().mul_add(0.1, *ink * 0.9);
        }
    }
    faded
}

fn main() {
    let mut random = Random::new(45);
    let inks = 3 + random.below(4).max(2);
    let mut shares =
        |many: usize| (0..many * inks).map(|_| random.unit() as f32).collect::<Vec<_>>();
    let palette = Palette { inks, shares: shares(PAINTS) };
    let colours = shares(COLOURS);
    let mut used = vec![0_u32; PAINTS];
    for (at, colour) in colours.chunks(inks).enumerate() {
        used[palette.nearest(&faded(colour, at % 200))] += 1;
    }
    let most = used.iter().max().copied().unwrap_or(0);
    println!("{most} {}", used.iter().filter(|&&times| times == 0).count());
}
