//! A pie shop: guests come and wait, pies come out of the oven, and all of it is put into a queue
//! by its time. Nothing is wrong with it. Prints how long guests waited.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use truth::Random;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Guest,
    Pie,
    Leaves(u32),
}

fn main() {
    let mut random = Random::new(1_647);
    let mut events = BinaryHeap::from([Reverse((0_u64, What::Guest)), Reverse((5, What::Pie))]);
    let mut waiting: VecDeque<u64> = VecDeque::new();
    let (mut pies, mut waited, mut inside) = (0_u32, 0_u64, 0_u32);
    for _ in 0..12_000_000 {
        let Some(Reverse((now, what))) = events.pop() else { break };
        match what {
            What::Guest => {
                waiting.push_back(now);
                events.push(Reverse((now + 1 + (random.number() >> 61), What::Guest)));
            }
            What::Pie => {
                pies += 2;
                events.push(Reverse((now + 3 + (random.number() >> 61), What::Pie)));
            }
            What::Leaves(eaten) => inside -= eaten,
        }
        while pies > 0 {
            let Some(since) = waiting.pop_front() else { break };
            waited += now - since;
            pies -= 1;
            inside += 1;
            events.push(Reverse((now + 20 + (random.number() >> 58), What::Leaves(1))));
        }
    }
    println!("{waited} {inside} {pies}");
}
