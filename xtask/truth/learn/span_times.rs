//! Scores events by their words, and keeps a histogram of how long each step of each event took.

use std::time::Instant;

use truth::{Random, text};

#[derive(Default)]
struct Histogram {
    counts: [u64; 24],
    sum: u64,
}

impl Histogram {
    fn add(&mut self, from: Instant) {
        let nanos = from.elapsed().as_nanos() as u64;
        let place = (64 - nanos.leading_zeros() as usize).min(self.counts.len() - 1);
        self.counts[place] += 1;
        self.sum += nanos;
    }
}

fn score(line: &str, weights: &[u32; 256]) -> u32 {
    line.bytes().map(|byte| weights[usize::from(byte)]).fold(7, |sum, weight| (sum ^ weight) % 8191)
}

fn vowels(line: &str) -> usize {
    line.bytes().filter(|byte| b"aeiou".contains(byte)).count()
}

fn longest(line: &str) -> usize {
    line.split(' ').map(str::len).max().unwrap_or(0)
}

fn main() {
    let mut random = Random::new(311);
    let weights: [u32; 256] = std::array::from_fn(|_| random.below(8_000) as u32);
    let text = text(240_000, 5_000, 312);
    let events: Vec<&str> = text.lines().map(|line| &line[..line.len().min(24)]).collect();
    let (mut scored, mut counted) = (Histogram::default(), Histogram::default());
    let mut split = Histogram::default();
    let (mut scores, mut letters, mut lengths) = (0u64, 0, 0);
    for _ in 0..400 {
        for event in &events {
            let began = Instant::now();
            scores += u64::from(score(event, &weights));
            scored.add(began);
            let began = Instant::now();
            letters += vowels(event);
            counted.add(began);
            let began = Instant::now();
            lengths += longest(event);
            split.add(began);
        }
    }
    let seen: u64 =
        [&scored, &counted, &split].iter().map(|times| times.counts.iter().sum::<u64>()).sum();
    println!("{scores}, {letters} vowels, {lengths}; {seen} steps timed, {} ns", scored.sum);
}
