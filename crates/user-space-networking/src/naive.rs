//! Each message becomes a datagram of its own, which is sent to its address and received alone.

use std::io;
use std::ops::Range;

use crate::datagram::LONGEST;
use crate::job::Job;
use crate::ledger::Ledger;
use crate::link::{Link, again};

/// A sender, a receiver, and where to receive.
pub struct Ends {
    link: Link,
    buffer: Vec<u8>,
}

impl Ends {
    /// Prepares both ends.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(link: Link) -> io::Result<Self> {
        Ok(Self { link, buffer: vec![0; LONGEST] })
    }

    /// Sends the messages of a window.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn send(&mut self, job: &Job, window: Range<usize>) -> io::Result<()> {
        for number in window {
            let mut datagram = Vec::with_capacity(job.length(number));
            job.write(number, &mut datagram);
            again(|| self.link.sender.send_to(&datagram, self.link.to))?;
        }
        Ok(())
    }

    /// Takes what has come, or waits for it.
    ///
    /// # Errors
    /// If the system reports one.
    pub fn receive(&mut self, ledger: &mut Ledger) -> io::Result<()> {
        match self.link.receiver.recv_from(&mut self.buffer) {
            Ok((length, _)) => ledger.take(&self.buffer[..length]),
            Err(error) => ledger.nothing_came(error)?,
        }
        Ok(())
    }
}
