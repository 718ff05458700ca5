//! A ring of the system's (`io_uring`) into which datagrams come by themselves: it is asked for
//! them once (a multishot receive), takes a buffer of ours for each, and says which one it took.

use std::io;
use std::mem;
use std::net::UdpSocket;
use std::os::fd::AsRawFd;
use std::slice;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use io_uring::types::{BufRingEntry, Fd, SubmitArgs, Timespec};
use io_uring::{IoUring, cqueue, opcode};
use nix::errno::Errno;

use crate::datagram::LONGEST;
use crate::job::WINDOW;

/// Buffers that the kernel may take: one more than a window needs, or each full window would end
/// the request, since the kernel looks for a buffer before it looks whether there is a datagram.
pub(crate) const BUFFERS: usize = WINDOW + 1;

/// Places where the kernel looks for buffers: a power of two, of which some stay empty.
const PLACES: usize = BUFFERS.next_power_of_two();

/// The name of all these buffers together.
const GROUP: u16 = 0;

/// What a completion is of: the request for datagrams, or its end.
const RECEIVE: u64 = 0;
const CANCEL: u64 = 1;

/// A socket's datagrams, as they come.
pub(crate) struct Ring {
    ring: IoUring,
    places: Vec<Places>,
    buffers: Vec<u8>,
    /// Buffers that were ever offered; of this number, too, the kernel knows the low bits alone.
    offered: u16,
    /// Whether the request is under way, or about to be.
    asked: bool,
    socket: UdpSocket,
}

/// Memory of the places, which begins where a page does, however large the system's pages are.
#[repr(align(0x1_0000))]
#[derive(Clone)]
struct Places([u8; 0x1_0000]);

impl Ring {
    /// One for this socket's datagrams, each of which may be as long as there are any.
    ///
    /// # Errors
    /// Says what the system refuses.
    pub(crate) fn open(socket: UdpSocket) -> io::Result<Self> {
        // No more can be complete at a time than there are buffers, and two ends. Tried and
        // rejected: to have the kernel wait with its work until it is called for that
        // (`DEFER_TASKRUN`). In bursts it made no difference, and with one message at a time it is
        // a call more.
        let ring =
            IoUring::builder().setup_cqsize(PLACES as u32).build(2).map_err(refused("io_uring"))?;
        let (mut places, buffers) = (vec![Places([0; _])], vec![0; BUFFERS * LONGEST]);
        let start = places[0].0.as_mut_ptr() as u64;
        // SAFETY: the places begin a page, are as many as is said, and stay where they are until
        // the ring is gone.
        unsafe { ring.submitter().register_buf_ring_with_flags(start, PLACES as u16, GROUP, 0) }
            .map_err(refused("buffers for io_uring"))?;
        let mut this = Self { ring, places, buffers, offered: 0, asked: false, socket };
        (0..BUFFERS as u16).for_each(|id| this.offer(id));
        Ok(this)
    }

    /// Waits until a datagram has come, and asks for them first where that is over.
    ///
    /// # Errors
    /// What the system reports; that time is up, or that a signal came, among it.
    pub(crate) fn wait(&mut self, patience: Duration) -> io::Result<()> {
        if !self.asked {
            let socket = Fd(self.socket.as_raw_fd());
            self.push(&opcode::RecvMulti::new(socket, GROUP).build().user_data(RECEIVE))?;
            self.asked = true;
        }
        if !self.ring.completion().is_empty() {
            return Ok(()); // it came while something else was asked of the kernel
        }
        let time = Timespec::from(patience);
        let waited = self.ring.submitter().submit_with_args(1, &SubmitArgs::new().timespec(&time));
        waited.map(drop).map_err(|error| match error.raw_os_error() {
            Some(number) if number == Errno::ETIME as i32 => io::ErrorKind::TimedOut.into(),
            _ => error,
        })
    }

    /// Shows all datagrams that have come, and lets the kernel have their buffers again.
    ///
    /// # Errors
    /// The last that the system reports of a datagram: the others were shown.
    pub(crate) fn take(&mut self, mut show: impl FnMut(&[u8])) -> io::Result<()> {
        let mut outcome = Ok(());
        while let Some(completed) = self.next() {
            if completed.user_data() != RECEIVE {
                continue;
            }
            let (result, flags) = (completed.result(), completed.flags());
            self.asked = cqueue::more(flags);
            match (usize::try_from(result), cqueue::buffer_select(flags)) {
                (Ok(length), Some(id)) => {
                    show(self.datagram(id, length));
                    self.offer(id);
                }
                (Ok(_), None) => show(&[]), // a datagram of nothing takes no buffer
                // The kernel has taken every buffer: what it found none for waits in the socket.
                (Err(_), _) if result == -(Errno::ENOBUFS as i32) => {}
                (Err(_), _) => outcome = Err(io::Error::from_raw_os_error(-result)),
            }
        }
        outcome
    }

    fn next(&mut self) -> Option<cqueue::Entry> {
        self.ring.completion().next()
    }

    /// Whether the kernel still puts into buffers what comes.
    #[cfg(test)]
    pub(crate) fn is_asked(&self) -> bool {
        self.asked
    }

    /// What is in a buffer that the kernel has taken.
    fn datagram(&self, id: u16, length: usize) -> &[u8] {
        assert!(usize::from(id) < BUFFERS && length <= LONGEST, "{length} bytes in buffer {id}");
        // SAFETY: it is within the buffers, and the kernel has written it and does so no more until
        // it is offered again, which nobody can while this is borrowed.
        unsafe {
            slice::from_raw_parts(self.buffers.as_ptr().add(usize::from(id) * LONGEST), length)
        }
    }

    /// Lets the kernel have a buffer, behind those that it has.
    fn offer(&mut self, id: u16) {
        let start = self.buffers.as_mut_ptr().wrapping_add(usize::from(id) * LONGEST);
        let places = self.places[0].0.as_mut_ptr().cast::<BufRingEntry>();
        // SAFETY: the place is one of those that were registered, and has no buffer that the kernel
        // may still take, as there are more places than buffers. The count lies in what the first
        // place has to spare, and the kernel reads it at any time: hence the atomic.
        unsafe {
            let place = &mut *places.add(usize::from(self.offered) % PLACES);
            place.set_addr(start as u64);
            place.set_len(LONGEST as u32);
            place.set_bid(id);
            self.offered = self.offered.wrapping_add(1);
            let count = BufRingEntry::tail(places).cast_mut();
            AtomicU16::from_ptr(count).store(self.offered, Ordering::Release);
        }
    }

    /// Has something done at the next wait.
    fn push(&mut self, entry: &io_uring::squeue::Entry) -> io::Result<()> {
        // SAFETY: the request is for the socket and the buffers, all of which are there until it
        // has ended; an end needs nothing.
        unsafe { self.ring.submission().push(entry) }.map_err(io::Error::other)
    }

    /// Ends the request, and waits until it has ended.
    fn end(&mut self) -> io::Result<()> {
        if self.asked {
            self.push(&opcode::AsyncCancel::new(RECEIVE).build().user_data(CANCEL))?;
        }
        while self.asked {
            match self.ring.submit_and_wait(1) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => drop(self.take(|_| ())), // the last of them says that it was cancelled
            }
        }
        Ok(())
    }
}

impl Drop for Ring {
    /// The kernel writes to the buffers as long as the request is under way: where that has no end,
    /// they stay for ever.
    fn drop(&mut self) {
        if self.end().is_err() {
            mem::forget((mem::take(&mut self.places), mem::take(&mut self.buffers)));
        }
    }
}

/// Words for what a system says no to.
fn refused(what: &str) -> impl FnOnce(io::Error) -> io::Error + '_ {
    move |error| io::Error::new(error.kind(), format!("{what}: {error}"))
}

#[cfg(test)]
mod tests;
