//! Looks at what a sequencer read of a virus: counts the short pieces of all reads, and says from
//! how often each occurs which letters were probably read wrongly.

use std::collections::HashMap;

use truth::Random;

/// Letters of a piece.
const PIECE: usize = 21;
const READ: usize = 150;

fn genome(letters: usize) -> Vec<u8> {
    let mut random = Random::new(19);
    (0..letters).map(|_| b"ACGT"[random.below(4)]).collect()
}

fn reads(genome: &[u8], count: usize) -> Vec<Vec<u8>> {
    let mut random = Random::new(20);
    let read = |_| {
        let start = random.below(genome.len() - READ);
        let mut read = genome[start..start + READ].to_vec();
        while random.below(4) == 0 {
            let at = random.below(READ);
            read[at] = b"ACGT"[random.below(4)];
        }
        read
    };
    (0..count).map(read).collect()
}

fn letter(byte: u8) -> u64 {
    match byte {
        b'A' => 0,
        b'C' => 1,
        b'G' => 2,
        _ => 3,
    }
}

/// A read's pieces as numbers, of each the smaller one of itself and its opposite strand.
fn pieces(read: &[u8]) -> impl Iterator<Item = u64> {
    let mask = (1u64 << (2 * PIECE)) - 1;
    let (mut forward, mut backward) = (0, 0);
    read.iter().enumerate().filter_map(move |(at, &byte)| {
        let letter = letter(byte);
        forward = (forward << 2 | letter) & mask;
        backward = backward >> 2 | (3 - letter) << (2 * (PIECE - 1));
        (at + 1 >= PIECE).then(|| u64::min(forward, backward))
    })
}

#[derive(Default)]
struct Spectrum {
    counts: HashMap<u64, u32>,
}

impl Spectrum {
    fn add(&mut self, read: &[u8]) {
        for piece in pieces(read) {
            *self.counts.entry(piece).or_insert(0) += 1;
        }
    }

    fn depth(&self, piece: u64) -> u32 {
        self.counts.get(&piece).copied().unwrap_or(0)
    }

    /// How many pieces occur how often.
    fn histogram(&self) -> Vec<u32> {
        let mut histogram = vec![0; 400];
        for &count in self.counts.values() {
            histogram[(count as usize).min(399)] += 1;
        }
        histogram
    }
}

/// The least count between the pieces that were read wrongly and those of the virus.
fn valley(histogram: &[u32]) -> u32 {
    let smooth: Vec<u32> = histogram.windows(5).map(|window| window.iter().sum()).collect();
    let at = smooth.windows(2).position(|pair| pair[0] < pair[1]).unwrap_or(1);
    at as u32 + 2
}

/// The place of a read in the virus, by how many letters agree.
fn place(genome: &[u8], read: &[u8], around: usize) -> (usize, usize) {
    let starts = around.saturating_sub(600)..(around + 600).min(genome.len() - READ);
    let agree = |start: usize| {
        let pairs = genome[start..start + READ].iter().zip(read);
        pairs.map(|(a, b)| u8::from(a == b)).fold(0u8, |sum, one| sum.wrapping_add(one)) as usize
    };
    starts.map(|start| (agree(start), start)).max().unwrap_or_default()
}

fn main() {
    let genome = genome(30_000);
    let reads = reads(&genome, 70_000);
    let mut spectrum = Spectrum::default();
    for read in &reads {
        spectrum.add(read);
    }
    let threshold = valley(&spectrum.histogram());
    let mut random = Random::new(21);
    let (mut doubtful, mut agreed) = (0, 0);
    for read in &reads {
        let weak = pieces(read).filter(|&piece| spectrum.depth(piece) < threshold).count();
        doubtful += usize::from(weak > 0);
        let around = random.below(genome.len() - READ);
        agreed += place(&genome, read, around).0;
    }
    println!(
        "{} pieces, threshold {threshold}, {doubtful} doubtful reads, {agreed} letters by chance",
        spectrum.counts.len()
    );
}
