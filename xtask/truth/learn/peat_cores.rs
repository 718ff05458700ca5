//! Depths of a peat core, cleaned in steps of which each fills a list.

use truth::Random;

fn scaled(v: &[f64], k: f64) -> Vec<f64> {
    let mut out = Vec::with_capacity(v.len());
    for x in v {
        out.push(x * k);
    }
    out
}

fn shifted(v: &[f64], by: f64) -> Vec<f64> {
    let mut out = Vec::with_capacity(v.len());
    for x in v {
        out.push(x - by);
    }
    out
}

fn kept(v: &[f64]) -> Vec<f64> {
    let mut out = Vec::new();
    for x in v {
        if *x > 0.1 {
            out.push(*x);
        }
    }
    out
}

fn squared(v: &[f64]) -> Vec<f64> {
    v.iter().map(|x| x * x).collect()
}

fn main() {
    let mut random = Random::new(3);
    let core: Vec<f64> = (0..200_000).map(|_| random.unit()).collect();
    let mut order: Vec<u64> = (0..100_000).map(|_| random.number()).collect();
    let mut sum = 0.0;
    for round in 0..300 {
        let k = 1.0 + f64::from(round) * 0.001;
        let steps = squared(&kept(&shifted(&scaled(&core, k), 0.2)));
        sum += steps[7] + steps.len() as f64;
        if round % 30 == 0 {
            order.sort_unstable_by_key(|o| o.rotate_left(round as u32));
        }
    }
    println!("{sum} {}", order[0]);
}
