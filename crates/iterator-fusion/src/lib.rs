#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod branchless;
pub mod chunks;
pub mod edges;
mod file;
pub mod for_each;
pub mod fused;
pub mod lanes;
pub mod naive;
pub mod narrow;
#[cfg_attr(not(target_arch = "x86_64"), expect(unused_imports, reason = "nothing to choose"))]
pub mod optimized;
pub mod peer;
mod recording;

pub use file::from_file;
use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng};
use recording::PROBE;
pub use recording::{Block, Mean, PLAUSIBLE, Probe, Readings, Recording};

/// Every rung, naive first. All give the mean of every hour that has one.
pub const RUNGS: &[Rung<Recording, Vec<Mean>>] = &[
    Rung::new("naive", naive::means),
    Rung::new("fused", fused::means),
    Rung::new("for_each", for_each::means),
    Rung::new("branchless", branchless::means),
    Rung::new("chunks", chunks::means),
    Rung::new("narrow", narrow::means),
    Rung::new("lanes", lanes::means),
    Rung::new("optimized", optimized::means),
    Rung::new("peer", peer::means),
];

/// `n` readings of a probe outdoors: one in twenty is lost to a fault, one in a hundred is a spike.
pub fn input(n: usize, seed: u64) -> Recording {
    recording(n, seed, 0.05)
}

/// `n` readings of a probe with a loose plug: of a thousand readings, one is good.
pub fn unplugged(n: usize, seed: u64) -> Recording {
    recording(n, seed, 0.999)
}

fn recording(n: usize, seed: u64, faults: f64) -> Recording {
    let mut rng = rng(seed);
    let probe = PROBE;
    let (mut blocks, mut left, mut at) = (Vec::new(), n, 0);
    while left > 0 {
        // Seconds are missing where the line was down.
        let size = rng.random_range(400..=600).min(left);
        let late = if rng.random_bool(0.1) { rng.random_range(0..=size / 8) } else { 0 };
        blocks.push(Block {
            hour: at / 6,
            readings: readings(size - late, faults, &mut rng),
            late: readings(late, faults, &mut rng),
        });
        left -= size;
        at += rng.random_range(1..=2);
    }
    Recording { probe, blocks }
}

/// Some twenty degrees, wandering by a few hundredths a second.
fn readings(size: usize, faults: f64, rng: &mut Rng) -> Readings {
    let (faults, spikes) = ((faults * 65_536.0) as u64, 656);
    let mut temperature = rng.random_range(15_000..22_000);
    let mut reading = || {
        let dice: u64 = rng.random();
        temperature += (dice & 15) as i16 - 7;
        let fault = dice >> 16 & 0xffff < faults;
        let spike = dice >> 32 & 0xffff < spikes;
        (
            if spike { (dice >> 48) as i16 } else { temperature },
            fault as u8 * (1 + (dice >> 4 & 3) as u8),
        )
    };
    let (raw, status) = (0..size).map(|_| reading()).unzip();
    Readings { raw, status }
}

#[cfg(test)]
mod tests;
