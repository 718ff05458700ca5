//! Bees that decide by each flower that they meet, in one long turn.

use truth::Random;

struct Bee {
    energy: u32,
    load: u32,
    kind: u32,
    trips: u32,
}

fn season(bees: &mut [Bee], flowers: &[u32]) -> u64 {
    let mut honey = 0u64;
    for (bee, flower) in bees.iter_mut().zip(flowers) {
        if *flower > 500 {
            bee.load += flower / 3;
            bee.trips += 1;
        } else {
            bee.energy = bee.energy.saturating_sub(*flower / 7);
        }
        if bee.energy < 40 + (flower & 63) {
            honey += u64::from(bee.load / 2);
            bee.energy += 100;
            bee.load = 0;
        }
        if bee.kind ^ (flower & 1) == 1 {
            bee.trips += 2;
            honey += u64::from(bee.trips & 15);
        }
    }
    honey
}

fn main() {
    let mut random = Random::new(3);
    let mut bees: Vec<Bee> = (0..20_000)
        .map(|_| Bee {
            energy: random.below(100) as u32,
            load: 0,
            kind: random.below(2) as u32,
            trips: 0,
        })
        .collect();
    let flowers: Vec<u32> = (0..2_000_000).map(|_| random.below(1000) as u32).collect();
    let mut honey = 0;
    for day in 0..5000 {
        let at = random.below(1_900_000);
        honey += season(&mut bees, &flowers[at..at + 20_000]) + day;
    }
    println!("{honey}");
}
