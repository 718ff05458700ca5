//! What reaches a gateway, and what is done with a message: the same for every rung.

/// What happens at a gateway, in the order in which it happens, and what its clients send.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// Bytes of the largest message, hence of a buffer: how long the next one is, nobody knows
    /// before it is read.
    pub capacity: usize,
    /// Messages received; they are numbered in order of arrival.
    pub messages: usize,
    /// Arrivals and what becomes of them.
    pub events: Vec<Event>,
    /// Stands for the socket: each message is a part of it.
    pub wire: Vec<u8>,
}

/// One step of the gateway. A message is named by its number.
#[derive(Clone, Copy, Debug)]
pub enum Event {
    /// The next message arrives, masked with a key.
    Arrive {
        /// Where on the wire it starts.
        start: u32,
        /// Its length in bytes, at most the capacity.
        len: u32,
        /// Four bytes that are repeated over it.
        key: u32,
    },
    /// A worker is ready to answer. It may not know that the client has gone.
    Answer(u32),
    /// The client is gone: what is held for it can be let go.
    HangUp(u32),
}

/// What the gateway answers: message and checksum.
pub type Answers = Vec<(u32, u32)>;

/// What is done with a message, the same for every rung: take off the mask (RFC 6455, section 5.3)
/// and sum up its words (after RFC 1071, in wider words and without the final folding).
#[inline] // into each rung, as if the loop stood there
pub fn unmask(message: &mut [u8], key: u32) -> u32 {
    let wide = u64::from(key) << 32 | u64::from(key);
    let (words, rest) = message.as_chunks_mut::<8>();
    let mut sum = 0_u64;
    for word in words {
        let clear = u64::from_le_bytes(*word) ^ wide;
        *word = clear.to_le_bytes();
        sum += (clear & 0xFFFF_FFFF) + (clear >> 32);
    }
    for (byte, key) in rest.iter_mut().zip(key.to_le_bytes().into_iter().cycle()) {
        *byte ^= key;
        sum += u64::from(*byte);
    }
    (sum as u32).wrapping_add((sum >> 32) as u32)
}

impl Traffic {
    /// The bytes of a message that the socket holds.
    pub fn on_wire(&self, start: u32, len: u32) -> &[u8] {
        &self.wire[start as usize..(start + len) as usize]
    }

    /// Bytes received in all.
    pub fn bytes(&self) -> usize {
        let len = |event: &Event| match event {
            Event::Arrive { len, .. } => *len as usize,
            _ => 0,
        };
        self.events.iter().map(len).sum()
    }
}
