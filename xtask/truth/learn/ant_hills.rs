//! Ants on a plain, on all cores: each worker moves its own ants over its own part of the plain,
//! and tells in the end how many came home. Nothing is wrong with it. Prints that.

use std::thread;

use truth::Random;

const SIDE: usize = 256;

struct Ant {
    row: u8,
    column: u8,
    laden: bool,
}

fn walk(seed: u64) -> u32 {
    let mut random = Random::new(seed);
    let mut scents = vec![0_u16; SIDE * SIDE];
    let mut home = 0;
    let mut ants: Vec<Ant> = (0..500).map(|_| Ant { row: 9, column: 9, laden: false }).collect();
    for _ in 0..160_000 {
        for ant in &mut ants {
            let bits = random.number();
            ant.row = ant.row.wrapping_add((bits & 2) as u8).wrapping_sub(1);
            ant.column = ant.column.wrapping_add((bits >> 8 & 2) as u8).wrapping_sub(1);
            let at = usize::from(ant.row) * SIDE + usize::from(ant.column);
            scents[at] = scents[at].saturating_add(1 + u16::from(ant.laden));
            if ant.laden && at == 0 {
                home += 1;
                ant.laden = false;
            }
            ant.laden |= scents[at] == 77;
        }
    }
    home
}

fn main() {
    let workers: Vec<_> = (1..=4).map(|seed| thread::spawn(move || walk(seed))).collect();
    let home: u32 = workers.into_iter().map(|worker| worker.join().expect("it walks")).sum();
    println!("{home}");
}
