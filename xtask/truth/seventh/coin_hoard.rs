//! Counts the dies of a hoard of coins: each coin has a die for its face and one for its back, and
//! which were used together tells in which order they were cut. Prints the chains of dies.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use truth::Random;

const COINS: usize = 9_000_000;

/// The dies of both sides, as one number.
fn pair(face: u32, back: u32) -> u64 {
    u64::from(face) << 32 | u64::from(back)
}

/// A coin as it comes out of the ground: a die for the face lasts longer than one for the back.
fn strike(random: &mut Random, at: usize) -> (u32, u32) {
    let bits = random.number();
    let year = at as u64 * 1_500 / COINS as u64;
    let face = year + (bits & 3) * (bits >> 8 & 3);
    let back = year * 3 + (bits >> 20 & 15);
    (face as u32, back as u32)
}

#[derive(Default)]
struct Hoard {
    pairs: HashMap<u64, u32, FixedState>,
}

impl Hoard {
    fn add(&mut self, face: u32, back: u32) {
        *self.pairs.entry(pair(face, back)).or_default() += 1;
    }
}

/// Dies that are linked by coins, each with the one that stands for its chain.
struct Chains {
    above: Vec<u32>,
}

impl Chains {
    fn new(dies: usize) -> Chains {
        Chains { above: (0..dies as u32).collect() }
    }

    fn chain(&mut self, mut die: u32) -> u32 {
        while self.above[die as usize] != die {
            let above = self.above[die as usize];
            self.above[die as usize] = self.above[above as usize];
            die = above;
        }
        die
    }

    fn link(&mut self, one: u32, other: u32) {
        let (one, other) = (self.chain(one), self.chain(other));
        self.above[one.max(other) as usize] = one.min(other);
    }
}

fn main() {
    let mut random = Random::new(1_066);
    let mut hoard = Hoard::default();
    for at in 0..COINS * 20 {
        let (face, back) = strike(&mut random, at % COINS);
        hoard.add(face, back);
    }
    let faces = hoard.pairs.keys().map(|pair| (pair >> 32) as u32).max().unwrap_or(0) + 1;
    let backs = hoard.pairs.keys().map(|&pair| pair as u32).max().unwrap_or(0) + 1;
    let mut chains = Chains::new((faces + backs) as usize);
    for (&pair, _) in hoard.pairs.iter().filter(|(_, count)| **count > 6_000) {
        chains.link((pair >> 32) as u32, faces + pair as u32);
    }
    let ends = (0..faces + backs).filter(|&die| chains.chain(die) == die).count();
    let mut common: Vec<(u32, u64)> =
        hoard.pairs.iter().map(|(&pair, &count)| (count, pair)).collect();
    let (_, &mut (count, pair), _) = common.select_nth_unstable_by(9, |a, b| b.cmp(a));
    println!("{faces} faces, {backs} backs, {} pairs in {ends} chains", hoard.pairs.len());
    println!("tenth: {count} coins of {} and {}", pair >> 32, pair as u32);
}
