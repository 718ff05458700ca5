//! What came as one buffer is given out as one, and the receiver cuts it (generic receive offload):
//! the kernel carries a window as a single packet.

use std::io::{self, IoSliceMut};
use std::net::UdpSocket;
use std::ops::Range;
use std::os::fd::AsRawFd;

use nix::sys::socket::sockopt::UdpGroSegment;
use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt};

use crate::datagram::LONGEST;
use crate::job::Job;
use crate::ledger::Ledger;
use crate::link::Link;
use crate::segmented;

/// The sender is the one of the rung before; the receiver has room for the length of a segment.
pub struct Ends {
    sender: segmented::Ends,
    receiver: UdpSocket,
    buffer: Vec<u8>,
    said: Vec<u8>,
}

impl Ends {
    /// Prepares both ends.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(link: Link) -> io::Result<Self> {
        let receiver = link.receiver.try_clone()?;
        setsockopt(&receiver, UdpGroSegment, &true)?;
        let said = nix::cmsg_space!(i32);
        Ok(Self { sender: segmented::Ends::open(link)?, receiver, buffer: vec![0; LONGEST], said })
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
        let (receiver, said) = (self.receiver.as_raw_fd(), Some(self.said.as_mut_slice()));
        let mut slices = [IoSliceMut::new(&mut self.buffer)];
        let came = match recvmsg::<()>(receiver, &mut slices, said, MsgFlags::empty()) {
            Ok(came) => came,
            Err(error) => return ledger.nothing_came(error.into()),
        };
        let segment = came.cmsgs()?.find_map(|said| match said {
            ControlMessageOwned::UdpGroSegments(length) => usize::try_from(length).ok(),
            _ => None,
        });
        let bytes = came.bytes;
        let segment = segment.unwrap_or(bytes).max(1);
        match &self.buffer[..bytes] {
            [] => ledger.take(&[]), // a datagram of nothing, which no cutting would show
            datagrams => datagrams.chunks(segment).for_each(|datagram| ledger.take(datagram)),
        }
        Ok(())
    }
}
