//! The slowest request of a block without its row, and the row looked for only where that is slower
//! than all before. So no row depends on another, and vectors can take several at once.
//!
//! A row outside the window is added like any other, as zeros: a branch would keep rows apart
//! again. Without AVX2, which compares words of 64 bits, all this costs more than it saves.

use crate::report::{Report, Totals, Window};
use crate::words::{self, BLOCK, Request, WHAT, WHEN};
use std::sync::Arc;

/// How the requests that began in the window fared.
pub fn report(log: &[Request], routes: &[Arc<str>], window: &Window) -> Report {
    totals(log, window).report(|row| routes[log[row].route()].clone())
}

/// The sums over the window.
pub(crate) fn totals(log: &[Request], window: &Window) -> Totals {
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
    by_block(log, window)
}

/// The sums of one block after the other.
#[inline(always)] // so that it is compiled for the instructions of whoever calls it
pub(crate) fn by_block(log: &[Request], window: &Window) -> Totals {
    let mut totals = Totals::default();
    for (block, rows) in log.chunks(BLOCK).enumerate() {
        let (mut when, mut what, mut requests, mut slowest) = (0, 0, 0, 0);
        for request in rows {
            let inside = window.contains(&request.at());
            let mask = if inside { u64::MAX } else { 0 };
            let request = Request { when: request.when & mask, what: request.what & mask };
            requests += u64::from(inside);
            totals.hits += request.what >> 63;
            when += request.when & WHEN;
            what += request.what & WHAT;
            slowest = slowest.max(request.micros());
        }
        if requests > 0 && totals.slowest.is_none_or(|(most, _)| slowest > most) {
            let is_it = |row: &Request| row.micros() == slowest && window.contains(&row.at());
            let row = rows.iter().position(is_it);
            totals.slowest = row.map(|row| (slowest, block * BLOCK + row));
        }
        totals.requests += requests;
        words::add(&mut totals, when, what);
    }
    totals
}
