//! Which of many jobs is next: a heap by time, and what each job leaves behind.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use truth::Random;

const JOBS: usize = 5_000;
const EVENTS: usize = 4_000_000;

fn main() {
    let mut random = Random::new(90);
    let mut heap: BinaryHeap<Reverse<(u64, u32)>> =
        (0..JOBS).map(|job| Reverse((random.below(1000) as u64, job as u32))).collect();
    let mut done = vec![0_u32; JOBS];
    let mut late = 0;
    for _ in 0..EVENTS {
        let Some(mut next) = heap.peek_mut() else { break };
        let Reverse((time, job)) = *next;
        done[job as usize] += 1;
        late += time & 3;
        *next = Reverse((time + 1 + random.below(1000) as u64, job));
    }
    println!("{late} {:?}", done.iter().max());
}
