//! What is asked of a rung: messages that go from one socket to another, and how many may be under
//! way at a time. Here is also what all rungs share: in which order a rung's two halves are called.

use std::io;
use std::ops::Range;

use crate::datagram::{self, HEADER, LONGEST};
use crate::ledger::{Arrived, Ledger};

/// Most datagrams that are under way at a time: as many as one call can hand over in segments.
pub const WINDOW: usize = 64;

/// Most bytes that are under way at a time, but for a message that is longer. With what the system
/// keeps for each datagram this fits the smallest buffer that a socket usually has.
const WINDOW_BYTES: usize = 120_000;

/// Messages to deliver.
#[derive(Debug, Clone)]
pub struct Job {
    /// What to deliver, in this order.
    pub messages: Vec<Vec<u8>>,
    /// How many may be under way: the sender waits until they have arrived.
    pub at_a_time: usize,
}

impl Job {
    /// Bytes of the datagram with this number.
    pub fn length(&self, number: usize) -> usize {
        HEADER + self.messages[number].len()
    }

    /// Appends the datagram with this number.
    pub fn write(&self, number: usize, datagram: &mut Vec<u8>) {
        datagram.extend_from_slice(&datagram::header(number));
        datagram.extend_from_slice(&self.messages[number]);
    }

    /// Messages that may be under way together: so many as are allowed, and no more bytes than a
    /// socket has room for.
    pub fn windows(&self) -> impl Iterator<Item = Range<usize>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let (start, mut bytes) = (next, 0);
            let most = self.messages.len().min(start + self.at_a_time.clamp(1, WINDOW));
            while next < most && (next == start || bytes + self.length(next) <= WINDOW_BYTES) {
                bytes += self.length(next);
                next += 1;
            }
            (start < next).then_some(start..next)
        })
    }

    /// The first messages of a window that can be one buffer in which the system finds the ends by
    /// itself: all of one length, but for the last, which may be shorter.
    pub fn alike(&self, window: Range<usize>, most: usize) -> Range<usize> {
        let length = self.length(window.start);
        let (mut end, mut bytes) = (window.start + 1, length);
        while end < window.end.min(window.start + most) {
            bytes += self.length(end);
            if self.length(end) > length || bytes > LONGEST {
                break;
            }
            end += 1;
            if self.length(end - 1) < length {
                break;
            }
        }
        window.start..end
    }

    /// Delivers all messages with a rung's two halves: a window is sent, then received.
    pub fn exchange<E>(
        &self,
        ends: &mut E,
        send: impl Fn(&mut E, &Self, Range<usize>) -> io::Result<()>,
        receive: impl Fn(&mut E, &mut Ledger) -> io::Result<()>,
    ) -> io::Result<Arrived> {
        let mut ledger = Ledger::new(self.messages.len());
        for window in self.windows() {
            ledger.expect(window.end);
            send(ends, self, window)?;
            while ledger.waits() {
                receive(ends, &mut ledger)?;
            }
        }
        Ok(ledger.close())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(lengths: &[usize], at_a_time: usize) -> Job {
        Job { messages: lengths.iter().map(|&length| vec![0; length]).collect(), at_a_time }
    }

    #[test]
    fn windows_hold_what_is_allowed_and_what_there_is_room_for() {
        let windows = |lengths: &[usize], at_a_time| -> Vec<_> {
            job(lengths, at_a_time).windows().collect()
        };
        assert!(windows(&[], 5).is_empty());
        assert_eq!(windows(&[1; 5], 2), [0..2, 2..4, 4..5]);
        assert_eq!(windows(&[1; 2], 0), [0..1, 1..2]);
        assert_eq!(windows(&[1; 130], usize::MAX), [0..64, 64..128, 128..130]);
        let half = WINDOW_BYTES / 2 - HEADER;
        assert_eq!(windows(&[half; 3], 64), [0..2, 2..3]);
        assert_eq!(windows(&[half + 1, half, half], 64), [0..1, 1..3]);
        assert_eq!(windows(&[WINDOW_BYTES; 2], 64), [0..1, 1..2]);
    }

    #[test]
    fn alike_are_those_of_one_length_and_a_shorter_one_behind() {
        let alike = |lengths: &[usize], most| job(lengths, 64).alike(0..lengths.len(), most);
        assert_eq!(alike(&[5], 64), 0..1);
        assert_eq!(alike(&[5, 5, 5, 6], 64), 0..3);
        assert_eq!(alike(&[5, 5, 4, 5], 64), 0..3);
        assert_eq!(alike(&[5, 4, 4], 64), 0..2);
        assert_eq!(alike(&[5; 9], 4), 0..4);
        assert_eq!(alike(&[5; 9], 1), 0..1);
        let most = LONGEST / 1_000;
        assert_eq!(alike(&[1_000 - HEADER; 80], 80), 0..most);
        let (whole, rest) = (32_000, LONGEST - 2 * 32_000);
        assert_eq!(alike(&[whole - HEADER, whole - HEADER, rest - HEADER], 64), 0..3);
        assert_eq!(alike(&[whole - HEADER, whole - HEADER, rest + 1 - HEADER], 64), 0..2);
        assert_eq!(job(&[1, 5, 5, 5], 64).alike(1..3, 64), 1..3);
    }

    #[test]
    fn a_datagram_is_its_number_and_its_message() {
        let job = Job { messages: vec![vec![], b"ab".to_vec()], at_a_time: 1 };
        let mut datagram = vec![9];
        job.write(1, &mut datagram);
        assert_eq!(datagram, [9, 1, 0, 0, 0, 0, 0, 0, 0, b'a', b'b']);
        assert_eq!((job.length(0), job.length(1)), (8, 10));
    }
}
