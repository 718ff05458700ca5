//! One request brings all datagrams: the kernel puts each into a buffer as it comes, and says so in
//! memory that it shares with the program (`io_uring`, a multishot receive).

use std::io;
use std::ops::Range;
use std::time::Duration;

use crate::job::Job;
use crate::ledger::Ledger;
use crate::link::Link;
use crate::ring::Ring;
use crate::segmented;

/// The sender is the one of the rung before; the receiver has a ring.
pub struct Ends {
    sender: segmented::Ends,
    ring: Ring,
    patience: Duration,
}

impl Ends {
    /// Prepares both ends.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(link: Link) -> io::Result<Self> {
        let (ring, patience) = (Ring::open(link.receiver.try_clone()?)?, link.patience);
        Ok(Self { sender: segmented::Ends::open(link)?, ring, patience })
    }

    /// Sends the messages of a window.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn send(&mut self, job: &Job, window: Range<usize>) -> io::Result<()> {
        self.sender.send(job, window)
    }

    /// Takes what has come, or waits for it.
    ///
    /// # Errors
    /// If the system reports one.
    pub fn receive(&mut self, ledger: &mut Ledger) -> io::Result<()> {
        let came = self.ring.wait(self.patience);
        let taken = came.and_then(|()| self.ring.take(|datagram| ledger.take(datagram)));
        taken.or_else(|error| ledger.nothing_came(error))
    }
}
