//! Labels of wine as they are sent in: most are well written, a few have to be put right. Prints
//! how many there are.

use std::collections::HashSet;

use truth::{Random, word};

/// A label as it should be written.
fn well(label: &str) -> String {
    label.trim().replace("  ", " ").replace('_', " ").to_lowercase()
}

fn labels(random: &mut Random) -> Vec<String> {
    let label = |random: &mut Random| {
        let label = format!("{} {}", word(random.skewed(900)), word(random.below(80)));
        if random.below(50) == 0 { label.to_uppercase() } else { label }
    };
    (0..4_000).map(|_| label(random)).collect()
}

/// How the barrels ripen.
fn ripen(barrels: &mut [f64], random: &mut Random) -> f64 {
    let mut sum = 0.0;
    for barrel in barrels {
        *barrel = 0.98 * *barrel + random.unit();
        sum += *barrel;
    }
    sum
}

fn main() {
    let mut random = Random::new(1_855);
    let labels = labels(&mut random);
    let (mut letters, mut ripe, mut barrels) = (0, 0.0, vec![0.0; 30_000]);
    for _ in 0..800 {
        letters += labels.iter().map(|label| well(label).len()).sum::<usize>();
        ripe += ripen(&mut barrels, &mut random);
    }
    let different: HashSet<&String> = labels.iter().collect();
    println!("{} {letters} {ripe:.1}", different.len());
}
