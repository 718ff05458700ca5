//! `quinn-udp`, the sockets of a QUIC stack: segments, batches or single datagrams, by what the
//! system has.

use std::io::{self, IoSliceMut};
use std::ops::Range;
use std::thread;
use std::time::{Duration, Instant};

use quinn_udp::{BATCH_SIZE, RecvMeta, Transmit, UdpSocketState};

use crate::datagram::LONGEST;
use crate::job::{Job, WINDOW};
use crate::ledger::Ledger;
use crate::link::Link;

/// A sender, a receiver, and what the crate knows of each.
pub struct Ends {
    link: Link,
    sending: UdpSocketState,
    receiving: UdpSocketState,
    datagrams: Vec<u8>,
    buffers: Vec<u8>,
}

impl Ends {
    /// Prepares both ends.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(link: Link) -> io::Result<Self> {
        let sending = UdpSocketState::new((&link.sender).into())?;
        let receiving = UdpSocketState::new((&link.receiver).into())?;
        let buffers = vec![0; BATCH_SIZE * LONGEST];
        Ok(Self { link, sending, receiving, datagrams: Vec::new(), buffers })
    }

    /// Sends the messages of a window.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn send(&mut self, job: &Job, mut window: Range<usize>) -> io::Result<()> {
        while !window.is_empty() {
            let alike = job.alike(window.clone(), self.sending.max_gso_segments().min(WINDOW));
            window.start = alike.end;
            self.datagrams.clear();
            alike.clone().for_each(|number| job.write(number, &mut self.datagrams));
            let transmit = Transmit {
                destination: self.link.to,
                ecn: None,
                contents: &self.datagrams,
                segment_size: (alike.len() > 1).then(|| job.length(alike.start)),
                src_ip: None,
            };
            let mut waiting = None;
            while let Err(error) = self.sending.try_send((&self.link.sender).into(), &transmit) {
                wait(self.link.patience, &mut waiting, error)?;
            }
        }
        Ok(())
    }

    /// Takes what has come, or waits for it.
    ///
    /// # Errors
    /// If the system reports one.
    pub fn receive(&mut self, ledger: &mut Ledger) -> io::Result<()> {
        let mut slices = self.buffers.chunks_mut(LONGEST).map(IoSliceMut::new);
        let mut slices: [_; BATCH_SIZE] =
            std::array::from_fn(|_| slices.next().unwrap_or_else(|| IoSliceMut::new(&mut [])));
        let mut meta = [RecvMeta::default(); BATCH_SIZE];
        let mut waiting = None;
        let came = loop {
            match self.receiving.recv((&self.link.receiver).into(), &mut slices, &mut meta) {
                Ok(came) => break came,
                Err(error) => match wait(self.link.patience, &mut waiting, error) {
                    Ok(()) => {}
                    Err(error) => return ledger.nothing_came(error),
                },
            }
        };
        for (buffer, meta) in slices.iter().zip(&meta[..came]) {
            match &buffer[..meta.len] {
                [] => ledger.take(&[]),
                datagrams => {
                    datagrams.chunks(meta.stride.max(1)).for_each(|datagram| ledger.take(datagram));
                }
            }
        }
        Ok(())
    }
}

/// The crate's sockets never block; a runtime would wake the task. Loopback delivers at once, so
/// that this hardly ever waits.
fn wait(patience: Duration, since: &mut Option<Instant>, error: io::Error) -> io::Result<()> {
    if error.kind() != io::ErrorKind::WouldBlock
        || since.get_or_insert_with(Instant::now).elapsed() > patience
    {
        return Err(error);
    }
    thread::yield_now();
    Ok(())
}
