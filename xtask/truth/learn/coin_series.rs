//! In how many ways a sum can be paid grows beyond any word of a processor: long numbers of words,
//! added up.

use std::cmp::Ordering;

const WORDS: usize = 64;
const SUMS: usize = 140_000;

#[derive(Clone, PartialEq, Eq)]
struct Long([u64; WORDS]);

impl Long {
    fn add(&mut self, other: &Long) {
        let mut carry = false;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            let (sum, first) = word.overflowing_add(*more);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            *word = sum;
            carry = first || second;
        }
    }

    fn order(&self, other: &Long) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }

    /// The remainder by a small number, from the highest word down.
    fn modulo(&self, by: u64) -> u64 {
        let step = |rest: u64, word: &u64| {
            let high = (rest << 32 | word >> 32) % by;
            (high << 32 | word & 0xffff_ffff) % by
        };
        self.0.iter().rev().fold(0, step)
    }
}

fn main() {
    let mut one = Long([0; WORDS]);
    one.0[0] = 1;
    let coins = [1, 2, 5, 10, 20, 50, 100, 200];
    let mut ways = vec![one; 1];
    ways.resize(SUMS, Long([0; WORDS]));
    for coin in coins {
        for sum in coin..SUMS {
            let (before, from) = ways.split_at_mut(sum);
            from[0].add(&before[sum - coin]);
        }
    }
    let mut check = 0;
    for pair in ways.windows(2).step_by(23) {
        check += pair[0].modulo(9973) + u64::from(pair[0].order(&pair[1]) == Ordering::Less);
    }
    println!("{check}");
}
