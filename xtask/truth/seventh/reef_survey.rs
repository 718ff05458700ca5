//! A survey of a reef from photographs of its bottom. Each pixel has been classified as coral,
//! weed, sand or rubble; strips of each photograph are counted on all cores. Prints how much of the
//! bottom is covered by what, and how ragged the coral's edge is.

use std::thread;

use truth::Random;

const WIDE: usize = 3_200;
const HIGH: usize = 2_400;
const PHOTOGRAPHS: usize = 80;
const CLASSES: [&str; 4] = ["coral", "weed", "sand", "rubble"];

/// A class for each pixel, row by row.
struct Photograph {
    classes: Vec<u8>,
}

impl Photograph {
    /// Another part of the bottom, in the memory of the photograph before.
    fn take(&mut self, random: &mut Random) {
        const LOW: u64 = 0x0303_0303_0303_0303;
        let (mut patch, mut left) = (0, 0);
        for eight in self.classes.as_chunks_mut().0 {
            if left == 0 {
                patch = (random.number() & 3) * 0x0101_0101_0101_0101;
                left = 1 + random.below(30);
            }
            left -= 1;
            // Most pixels are of the patch around them.
            let bits = random.number();
            let strewn = bits & bits >> 2 & LOW;
            *eight = ((patch ^ strewn) & LOW).to_le_bytes();
        }
    }

    /// Neighbours in a row of which one is coral and the other is not.
    fn edges(&self) -> u64 {
        let edges = |row: &[u8]| -> u32 {
            let pairs = row.iter().zip(&row[1..]);
            pairs.map(|(one, next)| u32::from((*one == 0) != (*next == 0))).sum()
        };
        self.classes.chunks_exact(WIDE).map(|row| u64::from(edges(row))).sum()
    }
}

fn count(strip: &[u8], counts: &mut [u32; CLASSES.len()]) {
    for &class in strip {
        counts[usize::from(class)] += 1;
    }
}

/// How many pixels are of each class; each worker counts a strip, in a place of its own.
fn cover(photograph: &Photograph, counts: &mut [[u32; CLASSES.len()]]) -> [u32; CLASSES.len()] {
    counts.fill([0; CLASSES.len()]);
    let strip = photograph.classes.len().div_ceil(counts.len());
    thread::scope(|scope| {
        for (strip, counts) in photograph.classes.chunks(strip).zip(counts.iter_mut()) {
            scope.spawn(|| count(strip, counts));
        }
    });
    let mut cover = [0; CLASSES.len()];
    for counts in counts {
        for (cover, count) in cover.iter_mut().zip(counts) {
            *cover += *count;
        }
    }
    cover
}

fn main() {
    let workers = thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
    let mut counts = vec![[0; CLASSES.len()]; workers];
    let mut random = Random::new(1_842);
    let mut photograph = Photograph { classes: vec![0; WIDE * HIGH] };
    let (mut pixels, mut edges) = ([0_u64; CLASSES.len()], 0);
    let mut richest = (0, 0);
    for number in 0..PHOTOGRAPHS {
        photograph.take(&mut random);
        let cover = cover(&photograph, &mut counts);
        richest = richest.max((cover[0], number));
        pixels.iter_mut().zip(cover).for_each(|(pixels, cover)| *pixels += u64::from(cover));
        edges += photograph.edges();
    }
    let all: u64 = pixels.iter().sum();
    for (class, pixels) in CLASSES.iter().zip(pixels) {
        println!("{class}: {:.3} %", pixels as f64 / all as f64 * 100.0);
    }
    println!("photograph {} has the most coral; {edges} edges in all", richest.1);
}
