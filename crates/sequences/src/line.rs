//! What happens on a line: the input of this case. And what becomes of it, the result.

use harness::data::{rand::RngExt, rng};

/// One packet, as the sender keeps it until it has arrived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Packet {
    /// Which one, from 0.
    pub number: u32,
    /// Its size.
    pub bytes: u32,
    /// The event at which it was written.
    pub written: u32,
    /// The conversation that it belongs to.
    pub stream: u32,
}

/// What happens to the sender.
#[derive(Debug, Clone, Copy)]
pub enum Event {
    /// The program writes this many more packets.
    Write(u32),
    /// The line has room for as many, or fewer if fewer wait.
    Send(u32),
    /// The oldest of those sent have arrived: as many, or fewer if fewer were sent.
    Arrive(u32),
    /// No sign of life: all that was sent and has not arrived must be sent again, oldest first.
    TimeOut,
}

/// Packets, and what happens to them.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// All packets, in the order in which they are written.
    pub packets: Vec<Packet>,
    /// In the order of time.
    pub events: Vec<Event>,
    /// Packets that the sender holds at most.
    pub most: usize,
}

/// What the sender did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// How many packets went out, each as often as it was sent.
    pub sent: u64,
    /// Of what went out, and in which order.
    pub digest: u64,
    /// Bytes that arrived.
    pub bytes: u64,
    /// Events between writing and arrival, over all that arrived.
    pub delay: u64,
}

impl Report {
    /// Puts a packet on the line. Its place counts, so that two packets in the wrong order show.
    #[inline]
    pub fn send(&mut self, packet: &Packet) {
        self.sent += 1;
        let content = u64::from(packet.number ^ packet.stream << 24) + u64::from(packet.bytes);
        self.digest = self.digest.wrapping_add(content.wrapping_mul(self.sent));
    }

    /// Counts a packet that has arrived by event `now`.
    #[inline]
    pub fn arrive(&mut self, packet: &Packet, now: usize) {
        self.bytes += u64::from(packet.bytes);
        self.delay += now as u64 - u64::from(packet.written);
    }
}

impl Line {
    /// A line on which these events happen. There are as many packets as are written.
    pub fn new(events: Vec<Event>, seed: u64) -> Self {
        let mut rng = rng(seed);
        let (mut packets, mut held, mut sent, mut most) = (Vec::new(), 0, 0, 0);
        for (now, &event) in events.iter().enumerate() {
            match event {
                Event::Write(count) => {
                    let first = packets.len() as u32;
                    packets.extend((first..first + count).map(|number| {
                        let draw: u32 = rng.random();
                        // Most packets are full, the others are of any size.
                        let bytes = if draw & 3 == 0 { 40 + (draw >> 2) % 1_400 } else { 1_440 };
                        Packet { number, bytes, written: now as u32, stream: draw >> 28 }
                    }));
                    held += count as usize;
                    most = most.max(held);
                }
                Event::Send(count) => sent = held.min(sent + count as usize),
                Event::Arrive(count) => {
                    let count = sent.min(count as usize);
                    (held, sent) = (held - count, sent - count);
                }
                Event::TimeOut => sent = 0,
            }
        }
        Self { packets, events, most }
    }

    /// Bytes of all packets' records.
    pub fn record_bytes(&self) -> usize {
        size_of_val(&self.packets[..])
    }
}
