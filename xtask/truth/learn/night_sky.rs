//! Compares pictures of the sky that were taken in different nights: each is a row of flags, made
//! of where it is brighter than around, and two that differ in few flags are of the same place.

use truth::Random;

const WORDS: usize = 24;

struct Shot {
    flags: [u64; WORDS],
}

fn shot(random: &mut Random) -> Shot {
    let mut row = [0u16; 64];
    let mut flags = [0; WORDS];
    for word in &mut flags {
        for light in &mut row {
            *light = (random.number() % 1_024) as u16;
        }
        let around = row.iter().map(|light| u32::from(*light)).sum::<u32>() / 64;
        *word = row.iter().fold(0, |word, light| word << 1 | u64::from(u32::from(*light) > around));
    }
    Shot { flags }
}

fn differing(a: &Shot, b: &Shot) -> u32 {
    a.flags.iter().zip(&b.flags).map(|(a, b)| (a ^ b).count_ones()).sum()
}

fn main() {
    let mut random = Random::new(1_999);
    let shots: Vec<Shot> = (0..14_000).map(|_| shot(&mut random)).collect();
    let mut nearest = (u32::MAX, 0, 0);
    for (first, a) in shots.iter().enumerate().take(8_000) {
        for (second, b) in shots.iter().enumerate().skip(first + 1) {
            let apart = differing(a, b);
            if apart < nearest.0 {
                nearest = (apart, first, second);
            }
        }
    }
    println!("{nearest:?}");
}
