//! Grains on a chessboard and beyond: powers and products of numbers with thousands of digits, in
//! words of half a register. Prints the last words.

use truth::Random;

const WORDS: usize = 600;

/// A long number, its lowest word first.
#[derive(Clone)]
struct Grains {
    words: Vec<u32>,
}

impl Grains {
    fn add(&mut self, other: &Grains) {
        let mut carry = 0;
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            let sum = u64::from(*word) + u64::from(*more) + carry;
            *word = sum as u32;
            carry = sum >> 32;
        }
    }

    fn times(&mut self, factor: u32) {
        let mut carry = 0;
        for word in &mut self.words {
            let product = u64::from(*word) * u64::from(factor) + carry;
            *word = product as u32;
            carry = product >> 32;
        }
    }
}

/// How the digits are strewn, in a table of their counts.
fn strewn(grains: &Grains, counts: &mut [u32; 256]) {
    for word in &grains.words {
        word.to_le_bytes().iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    }
}

fn main() {
    let mut random = Random::new(64);
    let mut grains = Grains { words: (0..WORDS).map(|_| random.number() as u32).collect() };
    let mut sum = grains.clone();
    let mut counts = [0; 256];
    for step in 0..900_000_u32 {
        grains.times(3 + step % 5 * 2);
        sum.add(&grains);
        if step % 3 == 0 {
            strewn(&sum, &mut counts);
        }
    }
    println!("{:?} {}", &sum.words[WORDS - 3..], counts[0]);
}
