#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod branch_free;
pub mod edges;
pub mod lookup;
pub mod naive;
#[cfg(target_arch = "aarch64")]
mod neon;
pub mod optimized;
pub mod peer;
pub mod ps_simdutf8;
pub mod recompiled;
mod tables;
mod texts;

use std::str::Utf8Error;

use harness::{BadLine, FromFile, Rows, Rung};

pub use texts::{ascii, chinese, mixed};

/// Every rung, naive first. All give the number of characters, or where the text ends to be one.
pub const RUNGS: &[Rung<Vec<u8>, Result<usize, Utf8Error>>] = &[
    Rung::new("naive", |bytes| naive::characters(bytes)),
    Rung::new("branch_free", |bytes| branch_free::characters(bytes)),
    Rung::new("recompiled", |bytes: &Vec<u8>| recompiled::characters(bytes)).needs(avx2),
    Rung::new("lookup", |bytes| lookup::characters(bytes)),
    Rung::new("optimized", |bytes| optimized::characters(bytes)),
    Rung::new("peer", |bytes| peer::characters(bytes)),
    Rung::new("ps_simdutf8", |bytes: &Vec<u8>| ps_simdutf8::characters(bytes)).needs(vbmi2),
];

/// Any file, text or not.
///
/// # Errors
/// None: the job is to say whether it is text. What follows the first byte that is not is counted
/// as not used, because no rung looks at it.
pub fn read(file: &[u8]) -> Result<FromFile<Vec<u8>>, BadLine> {
    let wrong = std::str::from_utf8(file).err().map(|error| error.valid_up_to());
    let unused = wrong.map(|at| {
        BadLine::new(harness::line_at(file, at), "the text ends here, at a byte that is not UTF-8")
    });
    let rows = Rows { unit: "byte", there: file.len(), used: wrong.unwrap_or(file.len()), unused };
    Ok(FromFile { input: file.to_vec(), how: "bytes that may be UTF-8".to_owned(), rows })
}

/// Without AVX2, `recompiled` is `branch_free` by another name.
fn avx2() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return Ok(());
    }
    Err("it is compiled for AVX2, which this processor does not have".to_owned())
}

/// Without these extensions of AVX-512, the fork is the peer by another name.
fn vbmi2() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vbmi")
        && is_x86_feature_detected!("avx512vbmi2")
    {
        return Ok(());
    }
    Err("its vectors are for AVX-512 with VBMI2, which this processor does not have".to_owned())
}

#[cfg(test)]
mod tests;
