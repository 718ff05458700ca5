//! What the receiver does with a datagram: it looks at its number and adds up its content. So it
//! knows what was lost, doubled or overtaken, which UDP tells nobody.

use std::io;

use crate::job::HEADER;

/// What arrived, and what did not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrived {
    /// Messages, each counted once.
    pub messages: usize,
    /// Their bytes.
    pub bytes: usize,
    /// A sum over their numbers and content, in whichever order they came.
    pub sum: u64,
    /// Messages that never came.
    pub lost: usize,
    /// Datagrams of which the message had come before.
    pub doubled: usize,
    /// Messages that came behind a later one.
    pub overtaken: usize,
    /// Datagrams that nobody here has sent.
    pub strange: usize,
}

/// What is known while datagrams come in.
#[derive(Debug)]
pub struct Ledger {
    arrived: Arrived,
    /// Which messages have come, a bit each.
    seen: Vec<u64>,
    /// How many messages there are.
    all: usize,
    /// How many have been sent.
    sent: usize,
    /// One more than the highest number that has come.
    next: usize,
    /// Below this number nobody waits for a message any more …
    settled: usize,
    /// … and so many of those are missing.
    missing: usize,
}

impl Ledger {
    /// Nothing has come of so many messages.
    pub fn new(all: usize) -> Self {
        let seen = vec![0; all.div_ceil(64)];
        Self { arrived: Arrived::default(), seen, all, sent: 0, next: 0, settled: 0, missing: 0 }
    }

    /// Says that the messages before this number have been sent.
    pub fn expect(&mut self, end: usize) {
        self.sent = end;
    }

    /// Whether something that was sent may still come.
    pub fn waits(&self) -> bool {
        self.arrived.messages + self.missing < self.sent
    }

    /// How many messages may still come.
    pub fn open(&self) -> usize {
        self.sent.saturating_sub(self.arrived.messages + self.missing)
    }

    /// A datagram has come.
    pub fn take(&mut self, datagram: &[u8]) {
        let Some((number, message)) = split(datagram).filter(|&(number, _)| number < self.all)
        else {
            self.arrived.strange += 1;
            return;
        };
        let (word, bit) = (number / 64, 1 << (number % 64));
        if self.seen[word] & bit != 0 {
            self.arrived.doubled += 1;
            return;
        }
        self.seen[word] |= bit;
        self.arrived.messages += 1;
        self.arrived.bytes += message.len();
        self.arrived.sum = self.arrived.sum.wrapping_add(digest(number, message));
        self.arrived.overtaken += usize::from(number < self.next);
        self.missing -= usize::from(number < self.settled);
        self.next = self.next.max(number + 1);
    }

    /// Nothing has come for as long as a receiver waits: what was sent and is not here is lost.
    pub fn give_up(&mut self) {
        self.missing = self.sent - self.arrived.messages;
        self.settled = self.sent;
    }

    /// What an error of a receiving socket means: time that is up, an interruption, or an error.
    ///
    /// # Errors
    /// If it is one.
    pub fn nothing_came(&mut self, error: io::Error) -> io::Result<()> {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => self.give_up(),
            io::ErrorKind::Interrupted => {} // ask again
            _ => return Err(error),
        }
        Ok(())
    }

    /// What arrived, now that no more will come.
    pub fn close(mut self) -> Arrived {
        self.arrived.lost = self.all - self.arrived.messages;
        self.arrived
    }
}

/// A datagram's number and message, if it has both.
fn split(datagram: &[u8]) -> Option<(usize, &[u8])> {
    let (number, message) = datagram.split_first_chunk::<HEADER>()?;
    Some((usize::try_from(u64::from_le_bytes(*number)).ok()?, message))
}

/// A sum that any flipped bit, and any two words that change places, makes another.
pub fn digest(number: usize, message: &[u8]) -> u64 {
    let (words, rest) = message.as_chunks::<8>();
    let (mut sum, mut order) = (number as u64, message.len() as u64);
    for word in words {
        sum = sum.wrapping_add(u64::from_le_bytes(*word));
        order = order.wrapping_add(sum);
    }
    for &byte in rest {
        sum = sum.wrapping_add(u64::from(byte));
        order = order.wrapping_add(sum);
    }
    sum ^ order.rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn datagram(number: u64, message: &[u8]) -> Vec<u8> {
        [&number.to_le_bytes(), message].concat()
    }

    fn after(all: usize, datagrams: &[Vec<u8>]) -> Arrived {
        let mut ledger = Ledger::new(all);
        ledger.expect(all);
        datagrams.iter().for_each(|datagram| ledger.take(datagram));
        ledger.close()
    }

    #[test]
    fn each_fault_is_told_from_the_others() {
        let [zero, one, two] = [0, 1, 2].map(|number| datagram(number, b"abc"));
        let sum = |numbers: &[usize]| {
            numbers.iter().map(|&number| digest(number, b"abc")).fold(0, u64::wrapping_add)
        };
        let all = Arrived { messages: 3, bytes: 9, sum: sum(&[0, 1, 2]), ..Arrived::default() };
        assert_eq!(after(3, &[zero.clone(), one.clone(), two.clone()]), all);
        let overtaken = Arrived { overtaken: 1, ..all.clone() };
        assert_eq!(after(3, &[zero.clone(), two.clone(), one.clone()]), overtaken);
        let doubled = Arrived { doubled: 1, ..all.clone() };
        assert_eq!(after(3, &[zero.clone(), zero.clone(), one.clone(), two.clone()]), doubled);
        let lost = Arrived { messages: 2, bytes: 6, sum: sum(&[0, 2]), lost: 1, ..all.clone() };
        assert_eq!(after(3, &[zero.clone(), two.clone()]), lost);
        for strange in [datagram(3, b"abc"), datagram(u64::MAX, b""), vec![0; 7], vec![]] {
            let with = Arrived { strange: 1, ..all.clone() };
            assert_eq!(after(3, &[zero.clone(), strange, one.clone(), two.clone()]), with);
        }
    }

    #[test]
    fn what_was_given_up_may_still_come() {
        let mut ledger = Ledger::new(130);
        ledger.expect(3);
        ledger.take(&datagram(1, b""));
        assert!(ledger.waits() && ledger.open() == 2);
        ledger.give_up();
        assert!(!ledger.waits() && ledger.open() == 0);
        ledger.expect(130);
        assert_eq!(ledger.open(), 127);
        ledger.take(&datagram(0, b""));
        assert_eq!(ledger.open(), 127, "it was not waited for");
        (3..130).for_each(|number| ledger.take(&datagram(number, b"")));
        assert!(!ledger.waits());
        let arrived = ledger.close();
        assert_eq!((arrived.messages, arrived.lost, arrived.overtaken), (129, 1, 1));
    }

    #[test]
    fn errors_are_told_from_time_that_is_up() {
        let mut ledger = Ledger::new(2);
        ledger.expect(2);
        ledger.nothing_came(io::ErrorKind::Interrupted.into()).unwrap();
        assert!(ledger.waits());
        ledger.nothing_came(io::ErrorKind::ConnectionRefused.into()).unwrap_err();
        assert!(ledger.waits());
        ledger.nothing_came(io::ErrorKind::TimedOut.into()).unwrap();
        assert!(!ledger.waits());
    }

    #[test]
    fn a_digest_sees_flipped_bits_and_what_changes_places() {
        let message: Vec<u8> = (0..29).collect();
        let right = digest(5, &message);
        assert_ne!(digest(6, &message), right);
        for bit in 0..message.len() * 8 {
            let mut flipped = message.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(digest(5, &flipped), right, "bit {bit}");
        }
        let mut swapped = message.clone();
        swapped.rotate_left(8);
        assert_ne!(digest(5, &swapped), right);
        assert_ne!(digest(5, &message[..28]), right);
        assert_ne!(digest(0, &[0; 8]), digest(0, &[0; 16]));
    }
}
