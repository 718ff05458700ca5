//! A stream instead of datagrams: one write takes a window, whatever its lengths, and the kernel
//! numbers, repeats and orders its bytes.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::ops::Range;

use socket2::SockRef;

use crate::job::Job;
use crate::ledger::Ledger;
use crate::link::{PATIENCE, ROOM, again};

/// A sender, a receiver, and where frames are made and received: a length each, then what would be
/// a datagram.
pub struct Ends {
    sender: TcpStream,
    receiver: TcpStream,
    frames: Vec<u8>,
    buffer: Vec<u8>,
    /// Bytes in the buffer of which the frame has not ended.
    held: usize,
}

impl Ends {
    /// Prepares both ends.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let sender = TcpStream::connect(listener.local_addr()?)?;
        let (receiver, _) = listener.accept()?;
        sender.set_nodelay(true)?;
        SockRef::from(&sender).set_send_buffer_size(ROOM)?; // a window that nobody reads yet
        sender.set_write_timeout(Some(PATIENCE))?;
        receiver.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { sender, receiver, frames: Vec::new(), buffer: vec![0; ROOM], held: 0 })
    }

    /// Sends the messages of a window.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn send(&mut self, job: &Job, window: Range<usize>) -> io::Result<()> {
        self.frames.clear();
        for number in window {
            self.frames.extend_from_slice(&(job.length(number) as u32).to_le_bytes());
            job.write(number, &mut self.frames);
        }
        self.sender.write_all(&self.frames)
    }

    /// Takes what has come, or waits for it.
    ///
    /// # Errors
    /// If the system reports one.
    pub fn receive(&mut self, ledger: &mut Ledger) -> io::Result<()> {
        match again(|| self.receiver.read(&mut self.buffer[self.held..])) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => self.held += read,
            Err(error) => return ledger.nothing_came(error),
        }
        let mut rest = &self.buffer[..self.held];
        while let Some((datagram, behind)) = first(rest) {
            ledger.take(datagram);
            rest = behind;
        }
        let whole = self.held - rest.len();
        self.buffer.copy_within(whole..self.held, 0);
        self.held -= whole;
        Ok(())
    }
}

/// The first frame's datagram and what is behind it, if all of it is there.
fn first(frames: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, behind) = frames.split_first_chunk()?;
    behind.split_at_checked(u32::from_le_bytes(*length) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A read may end anywhere: also within a length, and within a message.
    #[test]
    fn frames_are_put_together_from_whatever_a_read_gives() {
        let job = Job { messages: vec![vec![], vec![5; 40], vec![6; 3]], at_a_time: 3 };
        for step in 1..20 {
            let (mut ends, mut ledger) = (Ends::open().unwrap(), Ledger::new(3));
            ends.send(&job, 0..3).unwrap();
            let mut frames = vec![0; ends.frames.len()];
            ends.receiver.read_exact(&mut frames).unwrap();
            ledger.expect(3);
            for part in frames.chunks(step) {
                ends.sender.write_all(part).unwrap();
                ends.receive(&mut ledger).unwrap();
            }
            assert!(!ledger.waits() && ends.held == 0, "steps of {step}");
            let arrived = ledger.close();
            assert_eq!((arrived.messages, arrived.bytes, arrived.strange), (3, 43, 0));
        }
    }

    #[test]
    fn an_end_that_is_closed_is_an_error_and_no_silence() {
        let mut ends = Ends::open().unwrap();
        ends.sender.shutdown(std::net::Shutdown::Write).unwrap();
        let mut ledger = Ledger::new(1);
        ledger.expect(1);
        let error = ends.receive(&mut ledger).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
