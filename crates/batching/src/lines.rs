//! The lines: what a service says of itself.

use harness::data::{rand::RngExt, rng, words, zipf};

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
    let mut any = |_| {
        let len = rng.random_range(64 << 10..128 << 10);
        body(&words()[rng.random_range(0..words().len())], len)
    };
    (0..n).map(&mut any).collect()
}

/// A word again and again, until these bytes are full.
fn body(word: &str, len: usize) -> String {
    let mut line = format!("{word} ").repeat(len / (word.len() + 1) + 1);
    line.push('\n');
    line
}

/// Bytes that any implementation hands to the kernel, which copies them.
pub fn bytes(lines: &[String]) -> usize {
    lines.iter().map(String::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_a_log_in_which_few_are_long() {
        let logs = [input(10_000, 0), input(10_000, 1), input(10_000, 2)];
        let clock = |line: &String| line.split(' ').next().unwrap().parse::<u64>().unwrap();
        for lines in &logs {
            assert!(lines.iter().all(|line| line.ends_with('\n') && line.lines().count() == 1));
            assert!(lines.is_sorted_by_key(clock), "time goes on");
            let long = lines.iter().filter(|line| line.len() > 500).count();
            assert!((20..100).contains(&long), "{long} lines carry a dump");
            let short = lines.iter().filter(|line| line.len() < 150).count();
            assert!(short > 9_800, "{short} lines are about requests");
        }
        // No line of one log is in another, and all their clocks have as many digits.
        let times: Vec<u64> = logs.iter().flatten().map(clock).collect();
        assert!(times.is_sorted());
        assert!(logs.windows(2).all(|two| clock(&two[0][9_999]) < clock(&two[1][0])));
        assert_eq!(times[0].ilog10(), times[29_999].ilog10());
    }

    #[test]
    fn a_body_is_as_long_as_asked_for_to_a_word() {
        for len in [0, 1, 3, 4, 5, 1_000] {
            let line = body("abc", len);
            assert!((len..=len + 5).contains(&line.len()), "{} bytes for {len}", line.len());
            assert!(line.ends_with("abc \n"));
        }
        let bodies = bodies(100, 1);
        assert!(bodies.iter().all(|body| (64 << 10..129 << 10).contains(&body.len())));
        assert!(bodies.iter().any(|body| body.len() > 100 << 10));
    }
}
