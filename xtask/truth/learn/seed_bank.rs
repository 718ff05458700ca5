//! A seed bank: samples are found by what has been grown of them, and the next to be sown anew are
//! listed for each season.

use truth::{Random, word};

const SAMPLES: usize = 220_000;
const SEASONS: u32 = 30;
const BEDS: usize = 40;

struct Sample {
    name: String,
    year: u32,
    seeds: u32,
    sprouts: f64,
}

fn samples(random: &mut Random) -> Vec<Sample> {
    let sample = |number| Sample {
        name: word(number),
        year: 1950 + random.below(70) as u32,
        seeds: 20 + random.below(4000) as u32,
        sprouts: 0.2 + 0.8 * random.unit(),
    };
    (0..SAMPLES).map(sample).collect()
}

/// How pressing it is to sow a sample.
fn need(sample: &Sample, season: u32) -> f64 {
    let age = f64::from(2020 + season - sample.year);
    let living = sample.sprouts * (-age / 40.0).exp() * f64::from(sample.seeds);
    1000.0 / (living + 1.0)
}

/// What is sown in a season.
fn sowing(samples: &[Sample], season: u32) -> Vec<usize> {
    let needs: Vec<f64> = samples.iter().map(|sample| need(sample, season)).collect();
    let mut order: Vec<usize> = (0..samples.len()).collect();
    order.sort_by(|a, b| needs[*b].total_cmp(&needs[*a]));
    order.truncate(BEDS);
    order
}

/// The rest: how many seeds are in boxes of each size.
fn boxes(samples: &[Sample]) -> [u64; 8] {
    let mut boxes = [0; 8];
    for sample in samples {
        boxes[(sample.seeds.ilog2() as usize).saturating_sub(4).min(7)] += u64::from(sample.seeds);
    }
    boxes
}

fn main() {
    let mut random = Random::new(621);
    let mut samples = samples(&mut random);
    for season in 0..SEASONS {
        let sown = sowing(&samples, season);
        for at in &sown {
            samples[*at].year = 2020 + season;
            samples[*at].seeds += 300;
        }
        let boxes = boxes(&samples);
        println!("{season}: {} first, {boxes:?}", samples[sown[0]].name);
    }
}
