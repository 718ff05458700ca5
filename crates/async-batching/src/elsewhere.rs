//! In the place of rings where there are none.

use std::time::Duration;

use crate::client::Client;

/// Of no use.
#[derive(Debug)]
pub(crate) struct Rings;

/// Never opened.
pub(crate) enum Line {}

impl Rings {
    pub(crate) const fn new(_: Duration, _: u32) -> Self {
        Self
    }

    /// Does nothing.
    pub(crate) fn each_core<T>(&self, _: impl Fn(usize, usize, &Line) -> T) -> Vec<T> {
        Vec::new()
    }

    /// None.
    pub(crate) const fn most_in_flight(&self) -> usize {
        0
    }
}

impl Line {
    /// Never called.
    pub(crate) fn block_on<T>(&self, _: impl AsyncFnOnce(&Client) -> T) -> T {
        match *self {}
    }
}

/// Whether this system has rings for sockets.
///
/// # Errors
/// Always.
pub(crate) fn available() -> Result<(), String> {
    Err("only Linux has io_uring".to_owned())
}
