//! Finds which spices go together in recipes: each recipe's spices are counted alone and in pairs,
//! under their names.

use std::collections::HashMap;

use truth::{Random, word};

type Table<K> = HashMap<K, u32, foldhash::fast::RandomState>;

const RECIPES: usize = 90_000;
const SPICES: usize = 1_500;

fn recipes(seed: u64) -> Vec<Vec<String>> {
    let mut random = Random::new(seed);
    let name = |number: usize| format!("{}-{}", word(number * 31), word(number));
    let names: Vec<String> = (0..SPICES).map(name).collect();
    (0..RECIPES)
        .map(|_| {
            let many = 4 + random.below(6);
            (0..many).map(|_| names[random.skewed(SPICES)].clone()).collect()
        })
        .collect()
}

/// How often each is used, and each two of them together.
fn together(recipes: &[Vec<String>]) -> (Table<&str>, Table<(&str, &str)>) {
    let (mut alone, mut pairs) = (Table::default(), Table::default());
    for recipe in recipes {
        for (at, spice) in recipe.iter().enumerate() {
            *alone.entry(spice.as_str()).or_default() += 1;
            for other in &recipe[..at] {
                let pair = (spice.as_str().min(other), spice.as_str().max(other));
                *pairs.entry(pair).or_default() += 1;
            }
        }
    }
    (alone, pairs)
}

/// How much more often than by chance.
fn affinity(alone: &Table<&str>, pair: (&str, &str), count: u32) -> f64 {
    let chance = f64::from(alone[pair.0]) * f64::from(alone[pair.1]) / RECIPES as f64;
    f64::from(count) / chance.max(1.0)
}

fn main() {
    let recipes = recipes(619);
    let (alone, pairs) = together(&recipes);
    let mut found: Vec<(f64, (&str, &str))> = pairs
        .iter()
        .filter(|(_, count)| **count > 40)
        .map(|(pair, count)| (affinity(&alone, *pair, *count), *pair))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (affinity, pair) in found.iter().take(5) {
        println!("{} and {}: {affinity:.2}", pair.0, pair.1);
    }
}
