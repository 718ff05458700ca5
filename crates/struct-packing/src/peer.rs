//! The same bits as in `words`, at the same places, but each field is taken out by an accessor that
//! `bitfield-struct` writes.

use crate::fit::{DoesNotFit, bits, bits_or_none};
use crate::naive;
use crate::report::{Report, Seen, Totals, Window};
use bitfield_struct::bitfield;
use std::sync::Arc;

/// When it began, how it ended and how long it took; fields from the lowest bit on.
#[bitfield(u64)]
#[derive(PartialEq, Eq)]
pub struct When {
    #[bits(25)]
    micros: u32,
    #[bits(2)]
    method: u8,
    #[bits(10)]
    status_and_12: u16,
    #[bits(27)]
    at: u32,
}

/// What was sent, to whom, and from where.
#[bitfield(u64)]
#[derive(PartialEq, Eq)]
pub struct What {
    #[bits(27)]
    bytes: u32,
    #[bits(21)]
    user: u32,
    anonymous: bool,
    #[bits(6)]
    backend_or_0: u8,
    route: u8,
    cached: bool,
}

/// A line of the log.
pub type Request = (When, What);

const _: () = assert!(size_of::<Request>() == 16);

/// The same line in 16 bytes.
///
/// # Errors
/// If a value does not fit.
pub fn request(wide: &naive::Request, route: u16) -> Result<Request, DoesNotFit> {
    let when = When::new()
        .with_micros(bits("micros", wide.micros, 25)? as u32)
        .with_method(wide.method as u8)
        .with_status_and_12(bits("status", u64::from(wide.status) + 12, 10)? as u16)
        .with_at(bits("at", wide.at, 27)? as u32);
    let what = What::new()
        .with_bytes(bits("bytes", wide.bytes, 27)? as u32)
        .with_user(bits("user", wide.user.unwrap_or(0), 21)? as u32)
        .with_anonymous(wide.user.is_none())
        .with_backend_or_0(bits_or_none("backend", wide.backend.map(u64::from), 6)? as u8)
        .with_route(bits("route", u64::from(route), 8)? as u8)
        .with_cached(wide.cached);
    Ok((when, what))
}

/// How the requests that began in the window fared.
pub fn report(log: &[Request], routes: &[Arc<str>], window: &Window) -> Report {
    let mut totals = Totals::default();
    for (row, (when, what)) in log.iter().enumerate() {
        if window.contains(&u64::from(when.at())) {
            let seen = Seen {
                micros: u64::from(when.micros()),
                bytes: u64::from(what.bytes()),
                failed: when.status_and_12() >= 512,
                anonymous: what.anonymous(),
                hit: what.cached(),
            };
            totals.add(row, seen);
        }
    }
    totals.report(|row| routes[log[row].1.route() as usize].clone())
}
