//! Each field as wide as what it comes from: nothing can overflow, and `None` is `None`.

use crate::report::{Report, Seen, Totals, Window};
use std::sync::Arc;

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// When it began, in milliseconds since the log began.
    pub at: u64,
    /// How long it took, in microseconds.
    pub micros: u64,
    /// Bytes sent.
    pub bytes: u64,
    /// Who was signed in; numbers begin at 1.
    pub user: Option<u64>,
    /// Which machine answered, if it went that far; numbers begin at 1.
    pub backend: Option<u32>,
    /// The pattern that matched, shared with the router.
    pub route: Arc<str>,
    /// Status of the answer, from 100 on.
    pub status: u16,
    /// What was asked for.
    pub method: Method,
    /// Whether it was answered from the cache.
    pub cached: bool,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// To read.
    Get,
    /// To create.
    Post,
    /// To replace.
    Put,
    /// To remove.
    Delete,
}

/// How the requests that began in the window fared.
pub fn report(log: &[Request], window: &Window) -> Report {
    let mut totals = Totals::default();
    for (row, request) in log.iter().enumerate() {
        if window.contains(&request.at) {
            let seen = Seen {
                micros: request.micros,
                bytes: request.bytes,
                failed: request.status >= 500,
                anonymous: request.user.is_none(),
                hit: request.cached,
            };
            totals.add(row, seen);
        }
    }
    totals.report(|row| log[row].route.clone())
}
