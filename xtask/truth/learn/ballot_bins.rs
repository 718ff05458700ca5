//! Counts ballots by age and district in two threads, each in a table of its own, and adds both up
//! at the end. Nothing is wrong with it.

use std::thread;

use truth::Random;

const BALLOTS: usize = 60_000_000;
const DISTRICTS: usize = 512;

fn count(seed: u64, ballots: usize) -> Vec<u32> {
    let mut random = Random::new(seed);
    let mut table = vec![0; DISTRICTS * 8];
    for _ in 0..ballots {
        let bits = random.number();
        let district = (bits >> 40) as usize % DISTRICTS;
        let age = (bits as u8 & 127).clamp(18, 97);
        table[district * 8 + usize::from(age - 18) / 10] += 1;
    }
    table
}

fn main() {
    let tables: Vec<Vec<u32>> = thread::scope(|scope| {
        let threads = [617, 618].map(|seed| scope.spawn(move || count(seed, BALLOTS / 2)));
        threads.map(|thread| thread.join().unwrap()).into()
    });
    let mut sum = vec![0_u64; DISTRICTS * 8];
    for table in &tables {
        for (sum, count) in sum.iter_mut().zip(table) {
            *sum += u64::from(*count);
        }
    }
    let most = sum.iter().zip(0..).max().unwrap();
    println!("{} ballots in bin {} of {}", most.0, most.1, sum.len());
}
