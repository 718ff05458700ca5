//! Plans rounds of a delivery van: quickest ways between stops over a grid of streets, then an
//! order of the stops that is bettered by exchanges.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use truth::Random;

const SIZE: usize = 220;

struct Town {
    minutes: Vec<u8>,
}

/// What a search needs, kept from one to the next.
struct Search {
    best: Vec<u32>,
    queue: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Search {
    fn from(&mut self, town: &Town, start: usize) {
        self.best.fill(u32::MAX);
        self.best[start] = 0;
        self.queue.clear();
        self.queue.push(Reverse((0, start as u32)));
        while let Some(Reverse((minutes, place))) = self.queue.pop() {
            let place = place as usize;
            if minutes > self.best[place] {
                continue;
            }
            let (x, y) = (place % SIZE, place / SIZE);
            let mut go = |next: usize| {
                let sum = minutes + u32::from(town.minutes[next]);
                if sum < self.best[next] {
                    self.best[next] = sum;
                    self.queue.push(Reverse((sum, next as u32)));
                }
            };
            if x > 0 {
                go(place - 1);
            }
            if x + 1 < SIZE {
                go(place + 1);
            }
            if y > 0 {
                go(place - SIZE);
            }
            if y + 1 < SIZE {
                go(place + SIZE);
            }
        }
    }
}

/// Reverses stretches of a round as long as this shortens it.
fn better(round: &mut [usize], minutes: &[Vec<u32>]) -> u32 {
    let length = round.len();
    loop {
        let mut changed = false;
        for from in 1..length - 1 {
            for to in from + 1..length {
                let (a, b) = (round[from - 1], round[from]);
                let (c, d) = (round[to], round[(to + 1) % length]);
                if minutes[a][c] + minutes[b][d] < minutes[a][b] + minutes[c][d] {
                    round[from..=to].reverse();
                    changed = true;
                }
            }
        }
        if !changed {
            let step = |at: usize| minutes[round[at]][round[(at + 1) % length]];
            return (0..length).map(step).sum();
        }
    }
}

fn main() {
    let mut random = Random::new(341);
    let minutes = (0..SIZE * SIZE).map(|_| 1 + random.skewed(30) as u8).collect();
    let town = Town { minutes };
    let queue = BinaryHeap::with_capacity(SIZE * SIZE);
    let mut search = Search { best: vec![0; SIZE * SIZE], queue };
    for day in 0..8 {
        let stops: Vec<usize> = (0..60).map(|_| random.below(SIZE * SIZE)).collect();
        let mut minutes = Vec::new();
        for &stop in &stops {
            search.from(&town, stop);
            minutes.push(stops.iter().map(|&other| search.best[other]).collect::<Vec<u32>>());
        }
        let mut round: Vec<usize> = (0..stops.len()).collect();
        println!("day {day}: {} minutes", better(&mut round, &minutes));
    }
}
