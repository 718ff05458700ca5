//! Cranes on a quay: what each of them does is noted for whoever watches the harbour. Prints how
//! many containers were moved.

use std::collections::BTreeMap;

use truth::Random;

/// How often what has happened, by what it is called.
#[derive(Default)]
struct Registry {
    counts: BTreeMap<String, u64>,
    recent: Vec<String>,
}

impl Registry {
    fn observe(&mut self, crane: usize, what: &str, weight: u32) {
        *self.counts.entry(format!("crane_{crane}_{what}")).or_default() += 1;
        let line = format!("level=info crane={crane} what={what} weight={weight}");
        if self.recent.len() < 64 {
            self.recent.push(line);
        } else {
            let at = weight as usize % 64;
            self.recent[at] = line;
        }
    }
}

/// The stack on which a container is best put: the lowest, and of those the nearest.
fn stack(heights: &[u32], from: usize) -> usize {
    let cost = |at: &usize| heights[*at] * 8 + at.abs_diff(from) as u32;
    (0..heights.len()).min_by_key(cost).unwrap_or(0)
}

fn main() {
    let mut random = Random::new(1_956);
    let mut registry = Registry::default();
    let mut heights = vec![0; 900];
    for _ in 0..2_500_000 {
        let (crane, weight) = (random.below(12), random.below(30_000) as u32);
        let from = random.below(heights.len());
        let to = stack(&heights[..600.min(heights.len())], from);
        heights[to] += 1;
        heights[from] = heights[from].saturating_sub(1);
        registry.observe(crane, if weight > 20_000 { "heavy" } else { "moved" }, weight);
    }
    println!("{} {:?}", registry.counts.len(), registry.recent.first());
}
