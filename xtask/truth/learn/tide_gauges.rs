//! How often each height of the tide was measured, on all cores: each counts in a table of its own,
//! and the tables are added up at the end. Nothing is wrong with it. Prints the commonest height.

use std::thread;

use truth::Random;

const HEIGHTS: usize = 4_096;
const MEASURED: usize = 2_000_000;

fn counted(heights: &[u16]) -> Vec<u32> {
    let mut counts = vec![0; HEIGHTS];
    for height in heights {
        counts[usize::from(*height) % HEIGHTS] += 1;
    }
    counts
}

fn main() {
    let mut random = Random::new(1_872);
    let mut heights = vec![0; MEASURED];
    let mut counts = vec![0_u64; HEIGHTS];
    for _ in 0..700 {
        for height in &mut heights {
            *height = (random.number() >> 50) as u16;
        }
        let halves = heights.chunks(MEASURED / 2);
        let tables: Vec<Vec<u32>> = thread::scope(|scope| {
            let workers: Vec<_> = halves.map(|half| scope.spawn(|| counted(half))).collect();
            workers.into_iter().map(|worker| worker.join().expect("it counts")).collect()
        });
        for table in tables {
            counts.iter_mut().zip(table).for_each(|(sum, count)| *sum += u64::from(count));
        }
    }
    println!("{:?}", (0..HEIGHTS).max_by_key(|height| counts[*height]));
}
