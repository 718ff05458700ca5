//! Finds the tunes of a library that sound most like others: each is a row of features, some of
//! which are noise and are damped first.

use truth::Random;

const FEATURES: usize = 384;

struct Tune {
    features: Vec<f32>,
    length: f32,
}

fn nearness(a: &Tune, b: &Tune) -> f32 {
    let mut common = 0.0;
    for (a, b) in a.features.iter().zip(&b.features) {
        common += a * b;
    }
    common / (a.length * b.length)
}

/// Takes the loudest peaks down.
fn damp(features: &mut [f32], level: f32) {
    for feature in features {
        *feature = feature.min(level);
    }
}

fn tune(random: &mut Random) -> Tune {
    let mut features: Vec<f32> = (0..FEATURES).map(|_| random.unit() as f32).collect();
    damp(&mut features, 0.9);
    let length = features.iter().map(|of| of * of).sum::<f32>().sqrt();
    Tune { features, length }
}

fn main() {
    let mut random = Random::new(77);
    let tunes: Vec<Tune> = (0..20_000).map(|_| tune(&mut random)).collect();
    let mut best = vec![(0.0, 0); 200];
    for (wanted, best) in best.iter_mut().enumerate() {
        for (at, other) in tunes.iter().enumerate().skip(wanted + 1) {
            let near = nearness(&tunes[wanted], other);
            if near > best.0 {
                *best = (near, at);
            }
        }
    }
    let sum: usize = best.iter().map(|(_, at)| at).sum();
    println!("{sum}, {:.5}", best[17].0);
}
