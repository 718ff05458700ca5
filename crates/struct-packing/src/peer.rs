//! As many bits, each field taken out by an accessor that `bitfield-struct` writes.

use crate::fit::{DoesNotFit, bits, bits_or_none};
use crate::naive;
use crate::report::{Report, Seen, Totals, Window};
use bitfield_struct::bitfield;
use std::sync::Arc;

/// When it began, how long it took and how it ended; fields from the lowest bit on.
#[bitfield(u64)]
#[derive(PartialEq, Eq)]
pub struct When {
    #[bits(2)]
    method: u8,
    cached: bool,
    #[bits(9)]
    status_less_100: u16,
    #[bits(25)]
    micros: u32,
    #[bits(27)]
    at: u32,
}

/// What was sent, to whom, and from where.
#[bitfield(u64)]
#[derive(PartialEq, Eq)]
pub struct What {
    route: u8,
    #[bits(6)]
    backend_or_0: u8,
    #[bits(22)]
    user_or_0: u32,
    #[bits(28)]
    bytes: u32,
}

/// A line of the log.
pub type Request = (When, What);

const _: () = assert!(size_of::<Request>() == 16);

/// The same line in 16 bytes.
///
/// # Errors
/// If a value does not fit.
pub fn request(wide: &naive::Request, route: u16) -> Result<Request, DoesNotFit> {
    let status = u64::from(wide.status);
    let status = status.checked_sub(100).ok_or(DoesNotFit { field: "status", value: status })?;
    let when = When::new()
        .with_method(wide.method as u8)
        .with_cached(wide.cached)
        .with_status_less_100(bits("status", status, 9)? as u16)
        .with_micros(bits("micros", wide.micros, 25)? as u32)
        .with_at(bits("at", wide.at, 27)? as u32);
    let what = What::new()
        .with_route(bits("route", u64::from(route), 8)? as u8)
        .with_backend_or_0(bits_or_none("backend", wide.backend.map(u64::from), 6)? as u8)
        .with_user_or_0(bits_or_none("user", wide.user, 22)? as u32)
        .with_bytes(bits("bytes", wide.bytes, 28)? as u32);
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
                failed: when.status_less_100() >= 400,
                anonymous: what.user_or_0() == 0,
                hit: when.cached(),
            };
            totals.add(row, seen);
        }
    }
    totals.report(|row| routes[log[row].1.route() as usize].clone())
}
