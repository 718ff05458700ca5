//! A bakery's oven, simulated; everything that happens is counted under a name with labels.

use std::collections::HashMap;

use truth::Random;

const LOAVES: usize = 900_000;

#[derive(Default)]
struct Metrics {
    counts: HashMap<String, u64>,
}

impl Metrics {
    fn count(&mut self, name: &str, oven: usize, by: u64) {
        *self.counts.entry(format!("{name}{{oven=\"{oven}\"}}")).or_insert(0) += by;
    }
}

struct Oven {
    heat: f64,
    baked: u64,
}

/// How brown a loaf becomes in so many minutes.
fn baked(oven: &mut Oven, minutes: usize) -> f64 {
    let mut brown = 0.0_f64;
    for _ in 0..minutes {
        oven.heat += (230.0 - oven.heat) * 0.05;
        brown += (oven.heat / 230.0).powi(4) * 0.02;
    }
    oven.heat -= 3.0;
    oven.baked += 1;
    brown
}

fn main() {
    let mut random = Random::new(88);
    let mut ovens: Vec<Oven> = (0..6).map(|_| Oven { heat: 200.0, baked: 0 }).collect();
    let mut metrics = Metrics::default();
    for _ in 0..LOAVES {
        let number = random.below(6);
        let brown = baked(&mut ovens[number], 30 + random.below(20));
        metrics.count("loaves", number, 1);
        if brown > 0.9 {
            metrics.count("too_brown", number, 1);
        }
    }
    let sum: u64 = metrics.counts.values().sum();
    println!("{sum} {}", ovens.iter().map(|oven| oven.baked).max().unwrap_or(0));
}
