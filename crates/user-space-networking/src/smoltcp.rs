//! `smoltcp`, a network stack that is a library: sockets, addresses, headers and checksums as
//! before, and neither a kernel nor a card below it.

use std::io;
use std::ops::Range;

use ::smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use ::smoltcp::phy::{ChecksumCapabilities, Device, DeviceCapabilities, Loopback, Medium};
use ::smoltcp::socket::udp::{PacketBuffer, PacketMetadata, Socket};
use ::smoltcp::time::Instant;
use ::smoltcp::wire::{HardwareAddress, IpAddress, IpCidr, IpEndpoint};

use crate::datagram::{HEADER, header};
use crate::job::{Job, WINDOW};
use crate::ledger::Ledger;

/// Bytes that a socket has room for: a window, however its end falls.
const ROOM: usize = 1 << 19;

/// The receiver's address.
const TO: IpEndpoint = IpEndpoint { addr: IpAddress::v4(127, 0, 0, 1), port: 9_000 };

/// An interface with a sender and a receiver on it, above a device.
pub struct Ends<D> {
    device: Checked<D>,
    interface: Interface,
    sockets: SocketSet<'static>,
    sender: SocketHandle,
    receiver: SocketHandle,
}

impl Ends<Loopback> {
    /// Prepares both ends, with a queue in memory for a device.
    ///
    /// # Errors
    /// If the stack refuses.
    pub fn open() -> io::Result<Self> {
        Self::on(Loopback::new(Medium::Ip))
    }
}

impl<D: Device> Ends<D> {
    /// Prepares both ends on this device.
    ///
    /// # Errors
    /// If the stack refuses.
    pub fn on(device: D) -> io::Result<Self> {
        let mut device = Checked(device);
        let config = Config::new(HardwareAddress::Ip);
        let mut interface = Interface::new(config, &mut device, Instant::now());
        let mut full = None;
        interface.update_ip_addrs(|all| full = all.push(IpCidr::new(TO.addr, 8)).err());
        let mut sockets = SocketSet::new(Vec::new());
        let [sender, receiver] = [(); 2].map(|()| sockets.add(Socket::new(room(), room())));
        let bound = [(sender, TO.port + 1), (receiver, TO.port)]
            .into_iter()
            .all(|(socket, port)| sockets.get_mut::<Socket>(socket).bind(port).is_ok());
        if full.is_some() || !bound {
            return Err(io::Error::other("no address is free in a stack of its own"));
        }
        Ok(Self { device, interface, sockets, sender, receiver })
    }

    /// Sends the messages of a window.
    ///
    /// # Errors
    /// If the stack refuses.
    pub fn send(&mut self, job: &Job, window: Range<usize>) -> io::Result<()> {
        let sender = self.sockets.get_mut::<Socket>(self.sender);
        for number in window {
            let datagram = sender.send(job.length(number), TO).map_err(io::Error::other)?;
            datagram[..HEADER].copy_from_slice(&header(number));
            datagram[HEADER..].copy_from_slice(&job.messages[number]);
        }
        Ok(())
    }

    /// Takes what has come, once the stack has moved all packets.
    ///
    /// # Errors
    /// If the stack reports one.
    pub fn receive(&mut self, ledger: &mut Ledger) -> io::Result<()> {
        let now = Instant::now();
        // A poll takes in what has arrived and then sends one: so many bring a whole window.
        for _ in 0..=WINDOW {
            self.interface.poll(now, &mut self.device, &mut self.sockets);
            let receiver = self.sockets.get_mut::<Socket>(self.receiver);
            while let Ok((datagram, _)) = receiver.recv() {
                ledger.take(datagram);
            }
            if !ledger.waits() {
                return Ok(());
            }
        }
        ledger.give_up();
        Ok(())
    }
}

/// Room for the datagrams of a window.
fn room() -> PacketBuffer<'static> {
    PacketBuffer::new(vec![PacketMetadata::EMPTY; 2 * WINDOW], vec![0; ROOM])
}

/// A device below which nobody checks, so that the stack has to: it would trust memory otherwise.
struct Checked<D>(D);

impl<D: Device> Device for Checked<D> {
    type RxToken<'a>
        = D::RxToken<'a>
    where
        Self: 'a;
    type TxToken<'a>
        = D::TxToken<'a>
    where
        Self: 'a;

    fn receive(&mut self, now: Instant) -> Option<(Self::RxToken<'_>, Self::TxToken<'_>)> {
        self.0.receive(now)
    }

    fn transmit(&mut self, now: Instant) -> Option<Self::TxToken<'_>> {
        self.0.transmit(now)
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = self.0.capabilities();
        capabilities.checksum = ChecksumCapabilities::default();
        capabilities
    }
}
