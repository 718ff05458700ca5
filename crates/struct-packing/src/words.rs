//! Bits instead of bytes: a row in two words, four rows to a cache line, and two sums in one
//! addition.
//!
//! Each question of the report is one bit of a word, chosen so that the sum of a block's words,
//! under a mask, holds number and counts side by side without their touching.

use crate::fit::{DoesNotFit, bits, bits_or_none};
use crate::naive;
use crate::report::{Report, Totals, Window};
use std::sync::Arc;

/// A line of the log.
///
/// From the highest bit on, `when` has at in 27 bits, status and 12 in 10, method in 2 and micros
/// in 25: of a status of 500 or more, the highest bit is set. `what` has cached in 1 bit, route in
/// 8, backend in 6 (0 for none), user in 22 (of none, the highest bit is set) and bytes in 27.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    pub(crate) when: u64,
    pub(crate) what: u64,
}

const _: () = assert!(size_of::<Request>() == 16);

/// Rows whose sums can be held in one word: 2¹⁰ times 25 or 27 bits end below the next count.
pub(crate) const BLOCK: usize = 1 << 10;
const MICROS: u64 = (1 << 25) - 1;
const BYTES: u64 = (1 << 27) - 1;
const FAILED: u32 = 36;
const ANONYMOUS: u32 = 48;
/// What of a row's words is summed.
pub(crate) const WHEN: u64 = MICROS | 1 << FAILED;
pub(crate) const WHAT: u64 = BYTES | 1 << ANONYMOUS;

impl Request {
    /// The same line in 16 bytes.
    ///
    /// # Errors
    /// If a value does not fit.
    pub fn new(wide: &naive::Request, route: u16) -> Result<Self, DoesNotFit> {
        let when = bits("at", wide.at, 27)? << 37
            | bits("status", u64::from(wide.status) + 12, 10)? << 27
            | (wide.method as u64) << 25
            | bits("micros", wide.micros, 25)?;
        let user = match wide.user {
            None => 1 << 21,
            Some(user) => bits("user", user, 21)?,
        };
        let backend = wide.backend.map(u64::from);
        let what = u64::from(wide.cached) << 63
            | bits("route", u64::from(route), 8)? << 55
            | bits_or_none("backend", backend, 6)? << 49
            | user << 27
            | bits("bytes", wide.bytes, 27)?;
        Ok(Self { when, what })
    }

    #[inline]
    pub(crate) fn at(self) -> u64 {
        self.when >> 37
    }

    #[inline]
    pub(crate) fn micros(self) -> u64 {
        self.when & MICROS
    }

    #[inline]
    pub(crate) fn route(self) -> usize {
        (self.what >> 55 & 0xff) as usize
    }
}

/// How the requests that began in the window fared.
pub fn report(log: &[Request], routes: &[Arc<str>], window: &Window) -> Report {
    totals(log, window).report(|row| routes[log[row].route()].clone())
}

/// The sums over the window.
#[inline(always)] // so that others can compile it for more instructions
pub(crate) fn totals(log: &[Request], window: &Window) -> Totals {
    let mut totals = Totals::default();
    let mut slower_than = -1; // as no request is
    for (block, rows) in log.chunks(BLOCK).enumerate() {
        let (mut when, mut what) = (0, 0);
        for (row, request) in rows.iter().enumerate() {
            if window.contains(&request.at()) {
                totals.requests += 1;
                totals.hits += request.what >> 63;
                when += request.when & WHEN;
                what += request.what & WHAT;
                let micros = request.micros().cast_signed();
                if micros > slower_than {
                    slower_than = micros;
                    totals.slowest = Some((request.micros(), block * BLOCK + row));
                }
            }
        }
        add(&mut totals, when, what);
    }
    totals
}

/// Reads out what the words of a block came to.
#[inline(always)]
pub(crate) fn add(totals: &mut Totals, when: u64, what: u64) {
    totals.micros += when & ((1 << FAILED) - 1);
    totals.failures += when >> FAILED;
    totals.bytes += what & ((1 << ANONYMOUS) - 1);
    totals.anonymous += what >> ANONYMOUS;
}
