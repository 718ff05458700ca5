//! Parts loans into those to look at and those to leave alone, by scores that follow no order.

use truth::Random;

const LOANS: usize = 1_000_000;
const ROUNDS: usize = 160;

/// Loans whose risk is above what the bank takes this week, by their numbers.
fn doubtful(risks: &[u32], limit: u32, found: &mut Vec<u32>) {
    found.clear();
    for (at, &risk) in risks.iter().enumerate() {
        if risk > limit {
            found.push(at as u32);
        }
    }
}

/// Amounts that are repaid in time, of those that are doubtful.
fn expected(found: &[u32], amounts: &[f32]) -> f64 {
    found.iter().map(|&at| f64::from(amounts[at as usize])).sum::<f64>() / found.len().max(1) as f64
}

/// A week later all risks are a little different.
fn drift(risks: &mut [u32], by: u32) {
    for risk in risks {
        *risk = (*risk ^ by).wrapping_mul(0x9e37_79b1) >> 12;
    }
}

fn main() {
    let mut random = Random::new(42);
    let mut risks: Vec<u32> = (0..LOANS).map(|_| random.below(1 << 20) as u32).collect();
    let amounts: Vec<f32> = (0..LOANS).map(|_| random.unit() as f32 * 9000.0).collect();
    let mut found = Vec::new();
    let (mut count, mut sum) = (0, 0.0);
    for round in 0..ROUNDS {
        doubtful(&risks, (1 << 19) + (round as u32) * 1000, &mut found);
        count += found.len();
        sum += expected(&found, &amounts);
        drift(&mut risks, random.below(1 << 20) as u32);
    }
    println!("{count} {sum:.2}");
}
