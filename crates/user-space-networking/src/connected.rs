//! What is the same for all datagrams is prepared once: the address, and the buffer that they are
//! written into.

use std::io;
use std::ops::Range;

use crate::datagram::LONGEST;
use crate::job::Job;
use crate::ledger::Ledger;
use crate::link::{Link, again};

/// A sender, a receiver, and where datagrams are made and received.
pub struct Ends {
    link: Link,
    datagram: Vec<u8>,
    buffer: Vec<u8>,
}

impl Ends {
    /// Prepares both ends.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(link: Link) -> io::Result<Self> {
        link.sender.connect(link.to)?;
        Ok(Self { link, datagram: Vec::new(), buffer: vec![0; LONGEST] })
    }

    /// Sends the messages of a window.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn send(&mut self, job: &Job, window: Range<usize>) -> io::Result<()> {
        for number in window {
            self.datagram.clear();
            job.write(number, &mut self.datagram);
            again(|| self.link.sender.send(&self.datagram))?;
        }
        Ok(())
    }

    /// Takes what has come, or waits for it.
    ///
    /// # Errors
    /// If the system reports one.
    pub fn receive(&mut self, ledger: &mut Ledger) -> io::Result<()> {
        match self.link.receiver.recv(&mut self.buffer) {
            Ok(length) => ledger.take(&self.buffer[..length]),
            Err(error) => ledger.nothing_came(error)?,
        }
        Ok(())
    }
}
