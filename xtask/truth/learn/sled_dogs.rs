//! Sleds and the dogs that could draw them: each evening each sled gets its list anew. Prints how
//! many dogs were wanted.

use truth::Random;

struct Dog {
    strong: u32,
    tired: u32,
}

/// For each sled the dogs that would do.
fn lists(dogs: &[Dog], loads: &[u32]) -> Vec<Vec<u16>> {
    let mut lists = vec![Vec::new(); loads.len()];
    for (at, dog) in dogs.iter().enumerate() {
        let first = (dog.strong * 7 + dog.tired) as usize % loads.len();
        for sled in [first, (first + 9) % loads.len(), (first * 3) % loads.len()] {
            if dog.strong > loads[sled] {
                lists[sled].push(at as u16);
            }
        }
    }
    lists
}

/// A storm: how much snow each place gets.
fn storm(places: &mut [u32], random: &mut Random) -> u32 {
    for place in places.iter_mut() {
        *place = (*place + (random.number() >> 59) as u32) % 1_009;
    }
    places[17]
}

fn main() {
    let mut random = Random::new(1_911);
    let mut dogs: Vec<Dog> = (0..6_000).map(|_| Dog { strong: 0, tired: 0 }).collect();
    let loads: Vec<u32> = (0..4_000).map(|_| random.below(40) as u32).collect();
    let (mut wanted, mut snow, mut places) = (0, 0, vec![0; 40_000]);
    for _ in 0..3_000 {
        for dog in &mut dogs {
            let bits = random.number();
            *dog = Dog { strong: (bits >> 58) as u32, tired: bits as u32 % 100 };
        }
        wanted += lists(&dogs, &loads).iter().map(Vec::len).max().unwrap_or(0);
        snow ^= storm(&mut places, &mut random);
    }
    println!("{wanted} {snow}");
}
