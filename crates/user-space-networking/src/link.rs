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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_signal_interrupts_is_called_again() {
        let mut answers =
            vec![Ok(7), Err(io::ErrorKind::Interrupted), Err(io::ErrorKind::Interrupted)];
        let mut call = || answers.pop().expect("called no more").map_err(io::Error::from);
        assert_eq!(again(&mut call).unwrap(), 7);
        let error = again(|| Err::<(), _>(io::ErrorKind::PermissionDenied.into())).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
    }

    #[test]
    fn a_receiver_waits_as_long_as_it_is_told_and_no_longer() {
        let link = Link::direct().unwrap().patient(Duration::from_millis(30)).unwrap();
        let began = std::time::Instant::now();
        link.receiver.recv(&mut [0; 10]).unwrap_err();
        assert!(began.elapsed() >= Duration::from_millis(20));
    }
}
