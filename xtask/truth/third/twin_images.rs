//! Finds pictures that are nearly the same: makes a fingerprint of each, and compares all pairs.

use truth::Random;

const SIDE: usize = 64;
const WORDS: usize = 8;

/// A fingerprint: for each place of a small copy and its neighbours, which is lighter.
type Print = [u64; WORDS];

struct Picture {
    pixels: Vec<u8>,
}

/// Pictures of soft waves; some are others again with noise on them.
fn pictures(count: usize) -> Vec<Picture> {
    let mut random = Random::new(451);
    let mut pictures: Vec<Picture> = Vec::with_capacity(count);
    for at in 0..count {
        let mut pixels = Vec::with_capacity(SIDE * SIDE);
        if at % 50 == 49 {
            let like = random.below(at);
            let noisy = pictures[like].pixels.iter();
            pixels.extend(noisy.map(|&pixel| pixel.saturating_add(random.number() as u8 & 3)));
        } else {
            let [a, b, c, d] = [(); 4].map(|()| random.below(400) as i32);
            for place in 0..SIDE * SIDE {
                let (x, y) = ((place % SIDE) as i32, (place / SIDE) as i32);
                let wave = (x * a + y * b + x * y * c / 32 + y * y * d / 64) >> 4;
                pixels.push(((wave & 255) - 128).unsigned_abs() as u8);
            }
        }
        pictures.push(Picture { pixels });
    }
    pictures
}

impl Picture {
    /// Takes the noise off: each pixel becomes the mean of itself and its neighbours.
    fn soften(&self, soft: &mut Vec<u8>) {
        soft.clear();
        soft.extend_from_slice(&self.pixels);
        for at in SIDE + 1..SIDE * (SIDE - 1) - 1 {
            let near = [at - SIDE - 1, at - SIDE, at - SIDE + 1, at - 1, at, at + 1];
            let below = &self.pixels[at + SIDE - 1..at + SIDE + 2];
            let sum: u16 = near.iter().map(|&at| u16::from(self.pixels[at])).sum();
            soft[at] = ((sum + below.iter().map(|&pixel| u16::from(pixel)).sum::<u16>()) / 9) as u8;
        }
    }

    /// The mean of each tile of 4 by 4.
    fn small(pixels: &[u8]) -> [u16; 256] {
        let mut small = [0; 256];
        for (y, row) in pixels.chunks_exact(SIDE).enumerate() {
            for (x, tile) in row.chunks_exact(4).enumerate() {
                small[y / 4 * 16 + x] += tile.iter().map(|&pixel| u16::from(pixel)).sum::<u16>();
            }
        }
        small
    }

    fn print(&self, soft: &mut Vec<u8>) -> Print {
        self.soften(soft);
        let small = Picture::small(soft);
        let mut print = [0; WORDS];
        for at in 0..256 {
            let right = small[at / 16 * 16 + (at + 1) % 16];
            let below = small[(at + 16) % 256];
            print[at / 64] |= u64::from(small[at] < right) << (at % 64);
            print[4 + at / 64] |= u64::from(small[at] < below) << (at % 64);
        }
        print
    }
}

/// In how many places two fingerprints differ.
fn distance(a: &Print, b: &Print) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}

/// All pairs that are nearer than this.
fn pairs(prints: &[Print], near: u32) -> Vec<(u32, usize, usize)> {
    let mut pairs = Vec::new();
    for (first, print) in prints.iter().enumerate() {
        for (second, other) in prints[..first].iter().enumerate() {
            let distance = distance(print, other);
            if distance < near {
                pairs.push((distance, second, first));
            }
        }
    }
    pairs
}

/// The difference of two pictures, pixel by pixel, to be sure.
fn differ(a: &Picture, b: &Picture) -> u64 {
    a.pixels.iter().zip(&b.pixels).map(|(&a, &b)| u64::from(a.abs_diff(b))).sum()
}

fn main() {
    let pictures = pictures(14_000);
    let mut soft = Vec::new();
    let prints: Vec<Print> = pictures.iter().map(|picture| picture.print(&mut soft)).collect();
    let mut pairs = pairs(&prints, 60);
    pairs.sort_unstable();
    let sure = pairs
        .iter()
        .filter(|(_, first, second)| {
            differ(&pictures[*first], &pictures[*second]) < 4 * (SIDE * SIDE) as u64
        })
        .count();
    println!("{} pairs, {sure} of them sure, {:?}", pairs.len(), pairs.first());
}
