//! `None` in a value that is never used: numbers begin at 1, so 0 is free, and `NonZero` says so.

use crate::fit::{DoesNotFit, narrow, niche};
use crate::naive::{self, Method};
use crate::report::{Report, Seen, Totals, Window};
use std::num::{NonZeroU16, NonZeroU32};
use std::sync::Arc;

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    at: u32,
    micros: u32,
    bytes: u32,
    user: Option<NonZeroU32>,
    backend: Option<NonZeroU16>,
    route: Arc<str>,
    status: u16,
    method: Method,
    cached: bool,
}

const _: () = assert!(size_of::<Request>() == 40);

impl Request {
    /// The same line, narrower.
    ///
    /// # Errors
    /// If a value does not fit.
    pub fn new(wide: &naive::Request) -> Result<Self, DoesNotFit> {
        let (user, backend) = (wide.user, wide.backend.map(u64::from));
        Ok(Self {
            at: narrow("at", wide.at)?,
            micros: narrow("micros", wide.micros)?,
            bytes: narrow("bytes", wide.bytes)?,
            user: user.map(|user| niche("user", user)).transpose()?,
            backend: backend.map(|backend| niche("backend", backend)).transpose()?,
            route: Arc::clone(&wide.route),
            status: wide.status,
            method: wide.method,
            cached: wide.cached,
        })
    }
}

/// How the requests that began in the window fared.
pub fn report(log: &[Request], window: &Window) -> Report {
    let mut totals = Totals::default();
    for (row, request) in log.iter().enumerate() {
        if window.contains(&u64::from(request.at)) {
            let seen = Seen {
                micros: u64::from(request.micros),
                bytes: u64::from(request.bytes),
                failed: request.status >= 500,
                anonymous: request.user.is_none(),
                hit: request.cached,
            };
            totals.add(row, seen);
        }
    }
    totals.report(|row| log[row].route.clone())
}
