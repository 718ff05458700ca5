//! In the place of a rung that asks for what only Linux has.

use std::io;
use std::ops::Range;

use crate::job::Job;
use crate::ledger::Ledger;
use crate::link::Link;

/// Never opened.
pub enum Ends {}

impl Ends {
    /// Says why not.
    ///
    /// # Errors
    /// Always.
    pub fn open(_: Link) -> io::Result<Self> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "only Linux hands over many in a call"))
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub fn send(&mut self, _: &Job, _: Range<usize>) -> io::Result<()> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub fn receive(&mut self, _: &mut Ledger) -> io::Result<()> {
        match *self {}
    }
}
