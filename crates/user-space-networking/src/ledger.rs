//! What the receiver does with a datagram: it looks at its number and adds up its content. So it
//! knows what was lost, doubled or overtaken, which UDP tells nobody.

use std::io;

use crate::datagram::split;

#[cfg(test)]
mod tests;

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
