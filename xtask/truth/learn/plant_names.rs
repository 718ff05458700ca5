//! Names of plants as gardeners send them in: they are put in order, and those that come twice are
//! dropped. Prints how many are left.

use truth::{Random, word};

const SENT: usize = 60_000;

fn sent(random: &mut Random) -> Vec<String> {
    (0..SENT).map(|_| word(random.skewed(4_000) * 3)).collect()
}

/// Each name once.
fn different(names: &mut Vec<String>) {
    names.sort();
    names.dedup();
}

/// How alike two names sound: by pairs of letters.
fn alike(one: &[u8], other: &[u8]) -> u32 {
    let mut alike = 0;
    for pair in one.windows(2) {
        alike += other.windows(2).map(|of| u32::from(of == pair)).sum::<u32>();
    }
    alike
}

fn main() {
    let mut random = Random::new(1_753);
    let (mut left, mut sound) = (0, 0);
    for _ in 0..60 {
        let mut names = sent(&mut random);
        different(&mut names);
        left += names.len();
        for pair in names.windows(2).take(2_000) {
            sound += alike(pair[0].as_bytes(), pair[1].as_bytes());
        }
    }
    println!("{left} {sound}");
}
