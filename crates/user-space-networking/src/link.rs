//! Two sockets of the kernel's on loopback. The sender knows where the receiver is, or somebody who
//! passes datagrams on.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use socket2::SockRef;

/// How long a receiver waits for what was sent. Loopback delivers at once; this is for a machine
/// that has no time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);

/// Bytes that sockets ask room for; the system gives less where it has a bound.
pub(crate) const ROOM: usize = 1 << 20;

/// A sender and a receiver.
#[derive(Debug)]
pub struct Link {
    /// Where datagrams are sent from.
    pub sender: UdpSocket,
    /// Where they arrive.
    pub receiver: UdpSocket,
    /// To whom they are addressed.
    pub to: SocketAddr,
    /// How long the receiver waits.
    pub patience: Duration,
}

impl Link {
    /// From one socket to the other.
    ///
    /// # Errors
    /// If the system gives no sockets on loopback.
    pub fn direct() -> io::Result<Self> {
        let (sender, receiver) = (socket()?, socket()?);
        let to = receiver.local_addr()?;
        Self { sender, receiver, to, patience: PATIENCE }.patient(PATIENCE)
    }

    /// The same with a receiver that waits this long.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn patient(mut self, patience: Duration) -> io::Result<Self> {
        self.receiver.set_read_timeout(Some(patience))?;
        self.patience = patience;
        Ok(self)
    }
}

/// A socket on loopback, on any free port.
pub fn socket() -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    let options = SockRef::from(&socket);
    options.set_send_buffer_size(ROOM)?;
    options.set_recv_buffer_size(ROOM)?;
    Ok(socket)
}

/// Calls again what a signal has interrupted.
pub fn again<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}
