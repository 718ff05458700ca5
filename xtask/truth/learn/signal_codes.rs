//! Reads pulses of a telegraph line, one after the other, and counts what they spell. Each pulse is
//! asked of the line in the same words.

use truth::Random;

const PULSES: usize = 3_600_000;

/// The line, which makes noise as it goes.
struct Line {
    random: Random,
    left: usize,
    level: f64,
}

impl Iterator for Line {
    type Item = f64;

    #[inline(never)]
    fn next(&mut self) -> Option<f64> {
        self.left = self.left.checked_sub(1)?;
        let wanted = if self.random.below(3) == 0 { 1.0 } else { 0.0 };
        for _ in 0..24 {
            self.level += (wanted - self.level) * 0.2 + (self.random.unit() - 0.5) * 0.02;
        }
        Some(self.level)
    }
}

/// What a series of long and short pulses stands for.
fn letter(length: u32, bits: u32) -> usize {
    ((1_u32 << length) + bits) as usize % 64
}

fn main() {
    let line = Line { random: Random::new(804), left: PULSES, level: 0.0 };
    let mut counts = [0_u32; 64];
    let (mut length, mut bits) = (0, 0);
    for level in line {
        if level > 0.8 && length < 5 {
            (length, bits) = (length + 1, bits << 1 | u32::from(level > 0.95));
        } else if length > 0 {
            counts[letter(length, bits)] += 1;
            (length, bits) = (0, 0);
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    println!("{most} of {}", counts.iter().sum::<u32>());
}
