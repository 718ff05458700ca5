//! A flight recorder's afterlife: channels are read, looked through, and stored for good.
//!
//! What is stored may lie under water for years. So each block gets check bytes by which as many
//! lost ones can be found again, and what was recorded is searched for channels that went wrong.

use truth::{Random, word};

const FLIGHTS: usize = 160;
const CHANNELS: usize = 48;
const SAMPLES: usize = 8_000;
/// Bytes in a block, and those that are added.
const BLOCK: usize = 223;
const CHECKS: usize = 16;

/// A product in the field of 256 elements that the code is over.
fn times(mut left: u8, mut right: u8) -> u8 {
    let mut product = 0;
    while right > 0 {
        if right & 1 > 0 {
            product ^= left;
        }
        left = if left & 0x80 > 0 { left << 1 ^ 0x1d } else { left << 1 };
        right >>= 1;
    }
    product
}

/// The polynomial that each stored block is a multiple of, highest power first, without its one.
fn generator() -> [u8; CHECKS] {
    let mut whole = vec![1];
    let mut root = 1;
    for _ in 0..CHECKS {
        whole.push(0);
        for at in (1..whole.len()).rev() {
            whole[at] ^= times(whole[at - 1], root);
        }
        root = times(root, 2);
    }
    whole[1..].try_into().expect("a polynomial of that degree")
}

/// The remainder that makes a block a multiple.
fn checks(block: &[u8], generator: &[u8; CHECKS]) -> [u8; CHECKS] {
    let mut rest = [0; CHECKS];
    for &byte in block {
        let lead = byte ^ rest[0];
        rest.copy_within(1.., 0);
        rest[CHECKS - 1] = 0;
        for (rest, &factor) in rest.iter_mut().zip(generator) {
            *rest ^= times(factor, lead);
        }
    }
    rest
}

/// A channel of a flight: something slow, something that vibrates, and now and then a fault.
fn channel(number: usize, random: &mut Random, samples: &mut [f64]) {
    let base = 100.0 * (number + 1) as f64;
    let pace = 0.02 + 0.001 * number as f64;
    let (mut swing, mut speed, mut drift) = (1.0, 0.0, 0.0);
    let faulty = random.below(40) == 0;
    for sample in samples {
        speed -= swing * pace;
        swing += speed * pace;
        let dice = random.number();
        drift += (dice as u16 as f64 - 32_767.5) * 1e-7;
        let fault = if faulty && dice >> 52 == 0 { 60.0 } else { 0.0 };
        *sample = base + drift + swing * 3.0 + (dice >> 48) as f64 * 1e-5 + fault;
    }
}

#[derive(Clone, Copy, Default)]
struct Health {
    mean: f64,
    spread: f64,
    beyond: usize,
}

/// A mean and a spread that are kept up to date with each sample.
#[derive(Default)]
struct Running {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Running {
    fn add(&mut self, sample: f64) {
        self.count += 1.0;
        let off = sample - self.mean;
        self.mean += off / self.count;
        self.squares += off * (sample - self.mean);
    }
}

/// Mean and spread of a channel, and how many samples are far from the mean.
fn health(samples: &[f64]) -> Health {
    let mut running = Running::default();
    for &sample in samples {
        running.add(sample);
    }
    let Running { count, mean, squares } = running;
    let spread = (squares / (count - 1.0)).sqrt();
    let beyond = samples.iter().filter(|&sample| (sample - mean).abs() > 6.0 * spread).count();
    Health { mean, spread, beyond }
}

/// Health of all parts of a channel, parts of three lengths.
fn parts(samples: &[f64]) -> Vec<Health> {
    let lengths = [500, 2_000, SAMPLES];
    lengths.iter().flat_map(|&length| samples.chunks_exact(length).map(health)).collect()
}

/// A channel in few bytes: every so many samples one, as a difference to the one before.
fn packed(samples: &[f64], bytes: &mut Vec<u8>) {
    let mut last = 0_i32;
    for sample in samples.iter().step_by(28) {
        let now = (sample * 16.0) as i32;
        let mut rest = ((now - last) << 1 ^ (now - last) >> 31) as u32;
        last = now;
        while rest > 0x7f {
            bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }
}

fn main() {
    let mut random = Random::new(818);
    let generator = generator();
    let mut samples = vec![0.0; SAMPLES];
    let mut stored: Vec<u8> = Vec::new();
    let mut odd: Vec<(usize, usize, Health)> = Vec::new();
    let mut means = [0.0; CHANNELS];
    for flight in 0..FLIGHTS {
        let mut bytes = Vec::new();
        for (number, mean) in means.iter_mut().enumerate() {
            channel(number, &mut random, &mut samples);
            let parts = parts(&samples);
            let whole = parts[parts.len() - 1];
            *mean += whole.mean / FLIGHTS as f64;
            if let Some(part) = parts.iter().find(|part| part.beyond > 0) {
                odd.push((flight, number, *part));
            }
            packed(&samples, &mut bytes);
        }
        for block in bytes.chunks(BLOCK) {
            stored.extend(block);
            stored.extend(checks(block, &generator));
        }
    }

    let sum = stored.iter().fold(0_u64, |sum, &byte| sum.rotate_left(5) ^ u64::from(byte));
    println!("{} bytes stored, {sum:016x}", stored.len());
    println!("{} odd channels", odd.len());
    odd.sort_by(|a, b| b.2.spread.total_cmp(&a.2.spread));
    for (flight, number, health) in odd.iter().take(5) {
        println!("flight {flight:3} {:8} spread {:.4}", word(*number), health.spread);
    }
    println!("mean of the first channel: {:.6}", means[0]);
}
