//! The same source as `words`, compiled a second time for AVX2 and entered where the processor has
//! it.

use crate::report::{Report, Totals, Window};
use crate::words::{self, Request};
use std::sync::Arc;

/// How the requests that began in the window fared.
pub fn report(log: &[Request], routes: &[Arc<str>], window: &Window) -> Report {
    totals(log, window).report(|row| routes[log[row].route()].clone())
}

/// The sums over the window.
fn totals(log: &[Request], window: &Window) -> Totals {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has what the function was compiled for.
        return unsafe { avx2(log, window) };
    }
    words::totals(log, window)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2(log: &[Request], window: &Window) -> Totals {
    words::totals(log, window)
}

/// Whether this processor has what the rung is about.
///
/// # Errors
/// Says that it does not.
pub fn available() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        return Ok(());
    }
    Err("this processor has no AVX2".to_owned())
}
