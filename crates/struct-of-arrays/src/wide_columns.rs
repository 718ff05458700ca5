//! The columns and their loop as they are, compiled for AVX2 where the processor has it.

use crate::columns::{self, Columns};
#[cfg(target_arch = "x86_64")]
use crate::order::loss;

/// What is lost if the market falls to a price.
pub fn losses(columns: &Columns, market: u32) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { losses_avx2(columns, market) };
    }
    columns::losses(columns, market)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn losses_avx2(columns: &Columns, market: u32) -> u64 {
    let (price, remaining) = columns.hot();
    let hot = price.iter().zip(remaining);
    hot.map(|(&price, &remaining)| loss(market, price, remaining)).sum()
}

/// What the processor must have.
///
/// # Errors
/// Says that it has no AVX2.
pub fn needs() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return Ok(());
    }
    Err("this processor has no AVX2".to_owned())
}

pub use columns::settle;
