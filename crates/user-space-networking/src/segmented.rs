//! Datagrams of one length are handed over as one buffer, and the kernel cuts it as late as it can
//! (generic segmentation offload).

use std::io::{self, IoSlice};
use std::ops::Range;
use std::os::fd::AsRawFd;

use nix::sys::socket::{ControlMessage, MsgFlags, sendmsg};

use crate::batched;
use crate::job::{Job, WINDOW};
use crate::ledger::Ledger;
use crate::link::{Link, again};

/// A sender with one buffer for many datagrams; the receiver is the one of the rung before.
pub struct Ends {
    sender: std::net::UdpSocket,
    datagrams: Vec<u8>,
    receiver: batched::Ends,
}

impl Ends {
    /// Prepares both ends.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(link: Link) -> io::Result<Self> {
        let sender = link.sender.try_clone()?;
        Ok(Self { sender, datagrams: Vec::new(), receiver: batched::Ends::open(link)? })
    }

    /// Sends the messages of a window.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn send(&mut self, job: &Job, mut window: Range<usize>) -> io::Result<()> {
        while !window.is_empty() {
            let alike = job.alike(window.clone(), WINDOW);
            window.start = alike.end;
            self.datagrams.clear();
            alike.clone().for_each(|number| job.write(number, &mut self.datagrams));
            let length = u16::try_from(job.length(alike.start)).map_err(io::Error::other)?;
            let cut = [ControlMessage::UdpGsoSegments(&length)];
            let cut = if alike.len() > 1 { &cut[..] } else { &[] };
            let (sender, slices) = (self.sender.as_raw_fd(), [IoSlice::new(&self.datagrams)]);
            again(|| Ok(sendmsg::<()>(sender, &slices, cut, MsgFlags::empty(), None)?))?;
        }
        Ok(())
    }

    /// Takes what has come, or waits for it.
    ///
    /// # Errors
    /// If the system reports one.
    pub fn receive(&mut self, ledger: &mut Ledger) -> io::Result<()> {
        self.receiver.receive(ledger)
    }
}
