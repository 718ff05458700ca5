//! Pools between the tides and what lives in them: each step of the year is a rule for each kind,
//! and the rules are methods of kinds in boxes. Prints how many are left.

use truth::Random;

trait Kind {
    fn grown(&self, many: u32, warm: u32) -> u32;
    fn eaten(&self, many: u32) -> u32;
}

struct Crab;
struct Snail {
    shell: u32,
}
struct Weed {
    reach: u32,
}

impl Kind for Crab {
    fn grown(&self, many: u32, warm: u32) -> u32 {
        many + (many >> 4) * (warm & 1)
    }

    fn eaten(&self, many: u32) -> u32 {
        many.min(4_000)
    }
}

impl Kind for Snail {
    fn grown(&self, many: u32, warm: u32) -> u32 {
        many + warm % (self.shell + 1)
    }

    fn eaten(&self, many: u32) -> u32 {
        many - (many >> self.shell)
    }
}

impl Kind for Weed {
    fn grown(&self, many: u32, warm: u32) -> u32 {
        many + self.reach + warm / 8
    }

    fn eaten(&self, many: u32) -> u32 {
        many - many / 16
    }
}

struct Pool {
    kinds: Vec<(Box<dyn Kind>, u32)>,
}

/// A day for all pools.
fn day(pools: &mut [Pool], warm: u32) -> u32 {
    let mut most = 0;
    for pool in pools {
        for (kind, many) in &mut pool.kinds {
            *many = kind.eaten(kind.grown(*many, warm));
            most = most.max(*many);
        }
    }
    most
}

fn weather(random: &mut Random) -> u32 {
    (0..30_000).fold(0, |warm: u32, _| warm / 2 + (random.number() >> 59) as u32)
}

fn main() {
    let mut random = Random::new(1_930);
    let kind = |random: &mut Random| -> Box<dyn Kind> {
        match random.below(3) {
            0 => Box::new(Crab),
            1 => Box::new(Snail { shell: 1 + random.below(5) as u32 }),
            _ => Box::new(Weed { reach: random.below(9) as u32 }),
        }
    };
    let mut pools: Vec<Pool> = (0..2_000)
        .map(|_| Pool { kinds: (0..5).map(|_| (kind(&mut random), 100)).collect() })
        .collect();
    let mut most = 0;
    for _ in 0..12_000 {
        let warm = weather(&mut random);
        most ^= day(&mut pools, warm);
    }
    println!("{most}");
}
