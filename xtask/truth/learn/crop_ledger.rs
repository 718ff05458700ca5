//! Adds up what farms bring to a mill, by place and crop.

use std::collections::BTreeMap;

use truth::{Random, word};

const PLACES: usize = 3_000;
const LOADS: usize = 1_300_000;

struct Load {
    place: String,
    crop: &'static str,
    sacks: u32,
}

fn add(ledger: &mut BTreeMap<String, [u64; 4]>, load: &Load) {
    let crop = ["oats", "rye", "spelt", "wheat"].binary_search(&load.crop).unwrap_or(0);
    match ledger.get_mut(&load.place) {
        Some(sums) => sums[crop] += u64::from(load.sacks),
        None => {
            let mut sums = [0; 4];
            sums[crop] = u64::from(load.sacks);
            ledger.insert(load.place.clone(), sums);
        }
    }
}

/// How wet a load is, by how its weight falls while it dries.
fn moisture(sacks: u32) -> f64 {
    (0..12).fold(f64::from(sacks), |weight, hour| weight * 0.97 + f64::from(hour) * 0.01)
}

fn main() {
    let mut random = Random::new(59);
    let places: Vec<String> = (0..PLACES).map(|at| format!("district/{}", word(at * 7))).collect();
    let mut ledger = BTreeMap::new();
    let loads: Vec<Load> = (0..LOADS / 10)
        .map(|_| Load {
            place: places[random.below(PLACES)].clone(),
            crop: ["wheat", "rye", "oats", "spelt"][random.below(4)],
            sacks: random.below(90) as u32,
        })
        .collect();
    let mut dry = 0.0;
    for _ in 0..25 {
        for load in &loads {
            add(&mut ledger, load);
            dry += moisture(load.sacks);
        }
    }
    let most = ledger.iter().max_by_key(|(_, sums)| sums.iter().sum::<u64>());
    println!("{:?} {dry:.1}", most.map(|(place, sums)| (place.len(), sums)));
}
