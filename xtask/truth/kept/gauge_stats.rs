//! Reads a gauge's samples from packed text and prints mean, spread and trend by the hour, with
//! gaps filled in.

use truth::Random;

/// Differences in zigzag, seven bits at a time.
fn packed(count: usize) -> Vec<u8> {
    let mut random = Random::new(101);
    let mut bytes = Vec::new();
    for _ in 0..count {
        let step = random.below(4_000) as i64 - 2_000;
        let mut rest = (step << 1 ^ step >> 63) as u64;
        while rest >= 128 {
            bytes.push(rest as u8 | 128);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }
    bytes
}

fn unpack(bytes: &[u8], samples: &mut Vec<f64>) {
    samples.clear();
    let mut pressure = 40_000_000i64;
    let (mut value, mut shift) = (0u64, 0);
    for &byte in bytes {
        value |= u64::from(byte & 127) << shift;
        shift += 7;
        if byte < 128 {
            let step = (value >> 1) as i64 ^ -((value & 1) as i64);
            pressure = 40_000_000 + (pressure - 40_000_000) / 2 + step;
            samples.push(pressure as f64 / 10.0);
            (value, shift) = (0, 0);
        }
    }
}

fn mean(samples: &[f64]) -> f64 {
    samples.iter().sum::<f64>() / samples.len() as f64
}

fn deviation(samples: &[f64], mean: f64) -> f64 {
    let squares: f64 = samples.iter().map(|sample| (sample - mean).powi(2)).sum();
    (squares / samples.len() as f64).sqrt()
}

/// The slope of the line through samples at equal distances.
fn trend(samples: &[f64], mean: f64) -> f64 {
    let middle = (samples.len() - 1) as f64 / 2.0;
    let sum: f64 =
        samples.iter().enumerate().map(|(at, sample)| (at as f64 - middle) * (sample - mean)).sum();
    let squares: f64 = (0..samples.len()).map(|at| (at as f64 - middle).powi(2)).sum();
    sum / squares
}

/// The share of samples that lie far from the mean.
fn far(samples: &[f64], mean: f64, deviation: f64) -> usize {
    samples.iter().filter(|&&sample| (sample - mean).abs() > 3.0 * deviation).count()
}

fn main() {
    let bytes = packed(2_000_000);
    let mut samples = Vec::new();
    let (mut outside, mut slopes, mut spread) = (0, 0.0, 0.0);
    for _ in 0..120 {
        unpack(&bytes, &mut samples);
        for hour in samples.chunks(36_000) {
            let mean = mean(hour);
            let deviation = deviation(hour, mean);
            slopes += trend(hour, mean);
            spread += deviation;
            outside += far(hour, mean, deviation);
        }
    }
    println!("{} samples, {outside} far, {slopes:.6}, {spread:.3}", samples.len());
}
