#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

#[cfg(target_arch = "aarch64")]
mod arm;
pub mod branch_free;
pub mod const_table;
pub mod crc32fast;
pub mod edges;
pub mod folding;
pub mod lanes;
pub mod naive;
pub mod optimized;
pub mod peer;
mod polynomial;
pub mod run_time_table;
pub mod slicing;

use harness::data::{rand::RngExt, rng};
use harness::{BadLine, FromFile, Rows, Rung};

pub use polynomial::POLYNOMIAL;

/// Every rung, naive first. All give the checksum of a file.
pub const RUNGS: &[Rung<Vec<u8>, u32>] = &[
    Rung::new("naive", |file| naive::update(0, file)),
    Rung::new("branch_free", |file| branch_free::update(0, file)),
    Rung::new("run_time_table", |file| run_time_table::update(0, file)),
    Rung::new("const_table", |file| const_table::update(0, file)),
    Rung::new("slicing", |file| slicing::update(0, file)),
    Rung::new("folding", |file: &Vec<u8>| folding::update(0, file)).needs(folding::available),
    Rung::new("lanes", |file: &Vec<u8>| lanes::update(0, file)).needs(lanes::available),
    Rung::new("optimized", |file| optimized::update(0, file)),
    Rung::new("peer", |file| peer::update(0, file)),
    Rung::new("crc32fast", |file| crc32fast::update(0, file)),
];

/// A file of `n` bytes as a backup meets them: stretches that are compressed, stretches of text and
/// holes of zeros.
pub fn input(n: usize, seed: u64) -> Vec<u8> {
    let mut rng = rng(seed);
    let mut file = vec![0; n];
    let mut rest = &mut file[..];
    while !rest.is_empty() {
        let len = rng.random_range(1..8192).min(rest.len());
        let (stretch, after) = rest.split_at_mut(len);
        let kind = rng.random_range(0..8);
        if kind > 0 {
            rng.fill(stretch);
        }
        if kind > 4 {
            stretch.iter_mut().for_each(|byte| *byte = b'0' + (*byte & 63));
        }
        rest = after;
    }
    file
}

/// Any file.
///
/// # Errors
/// None: every sequence of bytes has a checksum.
pub fn read(file: &[u8]) -> Result<FromFile<Vec<u8>>, BadLine> {
    let (how, rows) = ("bytes of any kind".to_owned(), Rows::all("byte", file.len()));
    Ok(FromFile { input: file.to_vec(), how, rows })
}

#[cfg(test)]
mod tests;
