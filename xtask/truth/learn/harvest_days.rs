//! Harvests by days: on all cores, each worker adds up the fields of a part in a row of a table
//! that all have. Prints the best day.

use std::thread;

use truth::Random;

const DAYS: usize = 4;

fn add(fields: &[(u8, u32)], sums: &mut [u64]) {
    for (day, weight) in fields {
        sums[usize::from(*day) % DAYS] += u64::from(*weight);
    }
}

fn main() {
    let mut random = Random::new(1_621);
    let mut fields = vec![(0_u8, 0_u32); 1_000_000];
    let mut best = [0; DAYS];
    for _ in 0..500 {
        for field in &mut fields {
            let bits = random.number();
            *field = ((bits & 3) as u8, (bits >> 54) as u32);
        }
        let mut sums = vec![0_u64; DAYS * 4];
        thread::scope(|scope| {
            for (part, sums) in fields.chunks(250_000).zip(sums.chunks_mut(DAYS)) {
                scope.spawn(move || (0..3).for_each(|_| add(part, sums)));
            }
        });
        for (at, sum) in sums.iter().enumerate() {
            best[at % DAYS] ^= sum;
        }
    }
    println!("{best:?}");
}
