//! A night train's berths: requests come, each is answered by a plan that is made in a buffer of its
//! own. Prints how many found a berth.

use truth::Random;

const BERTHS: usize = 60_000;

/// A plan of all berths, with who could have which.
fn plan(taken: &[u32], wish: u32) -> Option<usize> {
    let mut costs = vec![u32::MAX; BERTHS * 4];
    for (at, taken) in taken.iter().enumerate() {
        if taken % 5 != 0 {
            costs[at * 4 + (taken % 4) as usize] = taken ^ wish;
        }
    }
    let cheap = |at: &usize| costs[*at];
    (0..costs.len()).step_by(97).min_by_key(cheap).map(|at| at / 4)
}

fn rumble(random: &mut Random) -> u64 {
    (0..20_000).fold(0, |rumble, _| rumble ^ random.number() >> 3)
}

fn main() {
    let mut random = Random::new(1_883);
    let mut taken: Vec<u32> = (0..BERTHS).map(|_| random.number() as u32).collect();
    let (mut found, mut noise) = (0, 0);
    for _ in 0..4_000 {
        if let Some(at) = plan(&taken, random.number() as u32) {
            taken[at] = random.number() as u32;
            found += 1;
        }
        noise ^= rumble(&mut random);
    }
    println!("{found} {noise}");
}
