//! One call takes all datagrams of a window, and one gives them out: `sendmmsg` and `recvmmsg`.

use std::io::{self, IoSlice, IoSliceMut};
use std::ops::Range;
use std::os::fd::AsRawFd;

use nix::sys::socket::{MsgFlags, MultiHeaders, recvmmsg, sendmmsg};

use crate::datagram::LONGEST;
use crate::job::{Job, WINDOW};
use crate::ledger::Ledger;
use crate::link::{Link, again};

/// A sender, a receiver, and where many datagrams are made and received.
pub struct Ends {
    link: Link,
    datagrams: Vec<u8>,
    buffers: Vec<u8>,
    sent: MultiHeaders<()>,
    received: MultiHeaders<()>,
}

impl Ends {
    /// Prepares both ends.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(link: Link) -> io::Result<Self> {
        link.sender.connect(link.to)?;
        let [sent, received] = [(); 2].map(|()| MultiHeaders::preallocate(WINDOW, None));
        Ok(Self { link, datagrams: Vec::new(), buffers: vec![0; WINDOW * LONGEST], sent, received })
    }

    /// Sends the messages of a window.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn send(&mut self, job: &Job, window: Range<usize>) -> io::Result<()> {
        self.datagrams.clear();
        window.clone().for_each(|number| job.write(number, &mut self.datagrams));
        let mut rest = self.datagrams.as_slice();
        let slices: Vec<_> = window
            .map(|number| [IoSlice::new(rest.split_off(..job.length(number)).unwrap_or_default())])
            .collect();
        let (sender, mut done) = (self.link.sender.as_raw_fd(), 0);
        while done < slices.len() {
            let (left, no_address) = (&slices[done..], [None; WINDOW]);
            done += again(|| {
                let sent = &mut self.sent;
                Ok(sendmmsg(sender, sent, left, no_address, [], MsgFlags::empty())?.count())
            })?;
        }
        Ok(())
    }

    /// Takes what has come, or waits for it.
    ///
    /// # Errors
    /// If the system reports one.
    pub fn receive(&mut self, ledger: &mut Ledger) -> io::Result<()> {
        let open = ledger.open().min(WINDOW);
        let mut slices: Vec<_> =
            self.buffers.chunks_mut(LONGEST).take(open).map(|at| [IoSliceMut::new(at)]).collect();
        let (receiver, flags) = (self.link.receiver.as_raw_fd(), MsgFlags::MSG_WAITFORONE);
        match recvmmsg(receiver, &mut self.received, slices.iter_mut(), flags, None) {
            Ok(received) => received.for_each(|one| ledger.take(one.iovs().next().unwrap_or(&[]))),
            Err(error) => ledger.nothing_came(error.into())?,
        }
        Ok(())
    }
}
