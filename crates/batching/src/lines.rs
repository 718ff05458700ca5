//! The lines: what a service says of itself.

use harness::data::{Rng, rand::RngExt, rng, words, zipf};

/// Lines, and the bytes of a batch for the rung that has the choice.
#[derive(Debug, Clone)]
pub struct Job {
    /// The lines, each with its newline.
    pub lines: Vec<String>,
    /// What one call hands over.
    pub batch: usize,
}

impl From<Vec<String>> for Job {
    /// In batches of the usual size.
    fn from(lines: Vec<String>) -> Self {
        Self { lines, batch: crate::optimized::BATCH }
    }
}

/// Lines where the size of a batch is what varies.
pub const LINES: usize = 10_000;

/// As many log lines as [`LINES`] says, in batches of so many KiB.
pub fn in_batches(kib: usize, seed: u64) -> Job {
    Job { lines: input(LINES, seed), batch: kib << 10 }
}

/// `n` finished log lines with their newlines. Most are about requests and of much the same length;
/// one in two hundred carries a dump of some thousand bytes.
pub fn input(n: usize, seed: u64) -> Vec<String> {
    let mut rng = rng(seed);
    let rank = zipf(words().len(), 1.0);
    let mut clock = 1_700_000_000_000_u64 + seed * 1_000_003;
    let mut line = |_| {
        clock += rng.random_range(0..40);
        let level = ["ERROR", "WARN ", "INFO ", "INFO ", "INFO ", "DEBUG"][rng.random_range(0..6)];
        let (module, place) = (&words()[rank(&mut rng)], &words()[rank(&mut rng)]);
        let mut line = format!("{clock} {level} {module}: GET /{place}/{}", rng.random::<u32>());
        let length = match rng.random_range(0..200) {
            0 => rng.random_range(100..600),
            few => few % 8,
        };
        for _ in 0..length {
            line.push(' ');
            line.push_str(&words()[rank(&mut rng)]);
        }
        line.push('\n');
        line
    };
    (0..n).map(&mut line).collect()
}

/// `n` lines of 64 to 128 KiB: bodies of requests, each a batch by itself.
pub fn bodies(n: usize, seed: u64) -> Vec<String> {
    let mut rng = rng(seed);
    (0..n).map(|_| body(&mut rng)).collect()
}

fn body(rng: &mut Rng) -> String {
    let len = rng.random_range(64 << 10..128 << 10);
    let word = &words()[rng.random_range(0..words().len())];
    let mut line = format!("{word} ").repeat(len / (word.len() + 1) + 1);
    line.push('\n');
    line
}

/// Bytes that any implementation hands to the kernel, which copies them.
pub fn bytes(lines: &[String]) -> usize {
    lines.iter().map(String::len).sum()
}
