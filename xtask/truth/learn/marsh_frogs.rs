//! Frogs that were heard in a marsh, by nights: which nights had several kinds at once. Prints how
//! many.

use std::collections::BTreeSet;

use truth::Random;

const NIGHTS: u32 = 20_000;
const KINDS: usize = 24;

/// Nights on which both were heard.
fn both(one: &BTreeSet<u32>, other: &BTreeSet<u32>) -> usize {
    one.intersection(other).count()
}

/// How loud it was: a sum of echoes.
fn loud(random: &mut Random, echoes: &mut [u32]) -> u32 {
    let mut loud = 0;
    for at in 0..echoes.len() {
        let bits = random.number();
        echoes[at] = echoes[at] / 2 + (bits >> 50) as u32;
        loud ^= echoes[at];
    }
    loud
}

fn main() {
    let mut random = Random::new(1_768);
    let kinds: Vec<BTreeSet<u32>> = (0..KINDS)
        .map(|_| (0..NIGHTS / 3).map(|_| random.below(NIGHTS as usize) as u32).collect())
        .collect();
    let (mut sum, mut noise, mut echoes) = (0, 0, vec![0; 1_000]);
    for one in 0..KINDS {
        for other in 0..KINDS {
            for _ in 0..14 {
                sum += both(&kinds[one], &kinds[other]);
                for _ in 0..9 {
                    noise ^= loud(&mut random, &mut echoes);
                }
            }
        }
    }
    println!("{sum} {noise}");
}
