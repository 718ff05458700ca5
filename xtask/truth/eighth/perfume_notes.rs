//! Which notes are in a perfume: chromatograms are compared with those of known substances.
//!
//! A chromatogram is a row of peaks over time. Its ground is taken off and it is scaled; then the
//! nearest known substances vote for the family that the sample belongs to.

use truth::{Random, word};

/// Points of a chromatogram.
const POINTS: usize = 192;
const KNOWN: usize = 1_500;
const SAMPLES: usize = 7_000;
const FAMILIES: usize = 24;
const VOTERS: usize = 5;

#[derive(Clone)]
struct Peak {
    at: f32,
    high: f32,
    wide: f32,
}

struct Substance {
    name: String,
    family: usize,
    peaks: Vec<Peak>,
    curve: Vec<f32>,
}

/// The detector's answer to some peaks: each rises like a bell and has a tail.
fn drawn(peaks: &[Peak], ground: f32, random: &mut Random) -> Vec<f32> {
    let mut curve: Vec<f32> =
        (0..POINTS).map(|at| ground + 0.01 * at as f32 + 0.03 * random.unit() as f32).collect();
    for peak in peaks {
        for (at, point) in curve.iter_mut().enumerate() {
            let from = (at as f32 - peak.at) / peak.wide;
            let bell = (-from * from).exp();
            let tail = if from > 0.0 { 0.2 * (-0.3 * from).exp() } else { 0.0 };
            *point += peak.high * bell.max(tail);
        }
    }
    curve
}

/// Takes the ground off, which is the least of the neighbourhood, and scales to a top of one.
fn prepare(curve: &mut [f32]) {
    const REACH: usize = 12;
    let ground: Vec<f32> = (0..curve.len())
        .map(|at| {
            let near = &curve[at.saturating_sub(REACH)..(at + REACH).min(curve.len())];
            near.iter().copied().fold(f32::MAX, |a, b| if b < a { b } else { a })
        })
        .collect();
    for (point, ground) in curve.iter_mut().zip(&ground) {
        *point -= ground;
    }
    let top = curve.iter().copied().fold(0.001, |a, b| if b > a { b } else { a });
    for point in curve {
        *point /= top;
    }
}

fn substances(random: &mut Random) -> Vec<Substance> {
    let base: Vec<Vec<Peak>> = (0..FAMILIES)
        .map(|_| {
            let peak = |_| Peak {
                at: POINTS as f32 * random.unit() as f32,
                high: 0.2 + random.unit() as f32,
                wide: 1.0 + 4.0 * random.unit() as f32,
            };
            (0..9).map(peak).collect()
        })
        .collect();
    (0..KNOWN)
        .map(|number| {
            let family = random.below(FAMILIES);
            let mut peaks = base[family].clone();
            for peak in &mut peaks {
                peak.at += 3.0 * (random.unit() as f32 - 0.5);
                peak.high *= 0.7 + 0.6 * random.unit() as f32;
            }
            let mut curve = drawn(&peaks, 0.1, random);
            prepare(&mut curve);
            Substance { name: word(number * 7), family, peaks, curve }
        })
        .collect()
}

/// A sample: mostly one substance, and a little of two others.
fn sample(substances: &[Substance], random: &mut Random) -> (usize, Vec<f32>) {
    let main = random.below(KNOWN);
    let mut peaks = substances[main].peaks.clone();
    for _ in 0..2 {
        let other = &substances[random.below(KNOWN)].peaks;
        peaks.extend(other.iter().map(|peak| Peak { high: peak.high * 0.15, ..peak.clone() }));
    }
    (substances[main].family, drawn(&peaks, random.unit() as f32, random))
}

/// How unlike two curves are: later points count less, as peaks get blurred on their way.
fn unlike(curve: &[f32], known: &[f32], weights: &[f32]) -> f32 {
    let mut sum = 0.0;
    for ((point, known), weight) in curve.iter().zip(known).zip(weights) {
        let apart = point - known;
        sum += apart * apart * weight;
    }
    sum
}

/// The nearest substances, nearest first.
fn nearest(curve: &[f32], substances: &[Substance], weights: &[f32]) -> Vec<(f32, usize)> {
    let mut best: Vec<(f32, usize)> = Vec::with_capacity(VOTERS + 1);
    for (number, substance) in substances.iter().enumerate() {
        let apart = unlike(curve, &substance.curve, weights);
        if best.len() < VOTERS || apart < best[VOTERS - 1].0 {
            let place = best.partition_point(|&(other, _)| other <= apart);
            best.insert(place, (apart, number));
            best.truncate(VOTERS);
        }
    }
    best
}

fn family(voters: &[(f32, usize)], substances: &[Substance]) -> usize {
    let mut votes = [0.0_f32; FAMILIES];
    for &(apart, number) in voters {
        votes[substances[number].family] += 1.0 / (0.01 + apart);
    }
    (0..FAMILIES).max_by(|&a, &b| votes[a].total_cmp(&votes[b])).expect("a family")
}

fn main() {
    let mut random = Random::new(809);
    let substances = substances(&mut random);
    let weights: Vec<f32> = (0..POINTS).map(|at| 1.0 / (1.0 + at as f32 / 300.0)).collect();
    let mut right = 0;
    let mut times = vec![0_u32; KNOWN];
    let mut table = vec![[0_u32; FAMILIES]; FAMILIES];
    for _ in 0..SAMPLES {
        let (truly, mut curve) = sample(&substances, &mut random);
        prepare(&mut curve);
        let voters = nearest(&curve, &substances, &weights);
        let found = family(&voters, &substances);
        right += u32::from(found == truly);
        table[truly][found] += 1;
        times[voters[0].1] += 1;
    }
    let mixed = table.iter().enumerate().map(|(at, row)| row.iter().sum::<u32>() - row[at]);
    println!("{right} of {SAMPLES} right; worst family missed {}", mixed.max().unwrap_or(0));
    let mut order: Vec<usize> = (0..KNOWN).collect();
    order.sort_by_key(|&number| (std::cmp::Reverse(times[number]), number));
    for &number in &order[..5] {
        println!("{:12} nearest {} times", substances[number].name, times[number]);
    }
}
