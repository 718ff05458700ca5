//! Blocks and their maxima again, in registers of 512 bits where the processor has them: eight rows
//! at once, and a maximum of 64-bit words in one instruction.

use crate::maxima;
use crate::report::{Report, Totals, Window};
use crate::words::Request;
use std::sync::Arc;

/// How the requests that began in the window fared.
pub fn report(log: &[Request], routes: &[Arc<str>], window: &Window) -> Report {
    totals(log, window).report(|row| routes[log[row].route()].clone())
}

/// The sums over the window.
fn totals(log: &[Request], window: &Window) -> Totals {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx512(log, window) };
    }
    maxima::totals(log, window)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn avx512(log: &[Request], window: &Window) -> Totals {
    maxima::by_block(log, window)
}
