//! Events, how one is checked, and what is to be reported of them: the same for every rung.

/// Kinds of events.
pub const KINDS: usize = 16;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Below [`KINDS`].
    pub kind: u8,
    /// What the bytes must add up to.
    pub sum: u32,
    /// What is known of it.
    pub body: Vec<u8>,
}

/// Events, and how many threads may count them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// At least one.
    pub threads: usize,
    /// In the order in which they came.
    pub events: Vec<Event>,
}

/// What is known of the whole events of a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kind {
    /// How many.
    pub events: u64,
    /// The bytes of the longest.
    pub longest: usize,
}

/// What is reported of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// All events.
    pub events: u64,
    /// Bytes of all events.
    pub bytes: u64,
    /// Events whose bytes add up to something else.
    pub damaged: u64,
    /// Of the others, by kind.
    pub kinds: [Kind; KINDS],
}

impl Kind {
    /// Takes in one more event.
    #[inline]
    pub fn add(&mut self, event: &Event) {
        self.events += 1;
        self.longest = self.longest.max(event.body.len());
    }

    /// Takes in what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        self.events += other.events;
        self.longest = self.longest.max(other.longest);
    }
}

/// Two sums, the second of the first, after Fletcher, "An Arithmetic Checksum for Serial
/// Transmissions", 1982; modulo 2¹⁶.
pub fn sum(body: &[u8]) -> u32 {
    let (mut first, mut second) = (0_u16, 0_u16);
    for &byte in body {
        first = first.wrapping_add(u16::from(byte));
        second = second.wrapping_add(first);
    }
    u32::from(second) << 16 | u32::from(first)
}

/// Whether an event came as it was sent.
#[inline]
pub fn is_whole(event: &Event) -> bool {
    sum(&event.body) == event.sum
}
