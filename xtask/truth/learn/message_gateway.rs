//! A gateway: takes messages off the wire, unmasks them, checks their sums, and counts what kinds
//! there were.

use truth::Random;

/// The largest message that a client may send.
const LARGEST: usize = 64 * 1024;

struct Wire {
    bytes: Vec<u8>,
    at: usize,
}

struct Message {
    buffer: Vec<u8>,
    length: usize,
    mask: [u8; 4],
}

impl Wire {
    fn new(messages: usize) -> Wire {
        let mut random = Random::new(17);
        let mut bytes = Vec::new();
        for _ in 0..messages {
            let length = 200 + random.skewed(4_000);
            bytes.extend_from_slice(&(length as u32).to_le_bytes());
            bytes.extend_from_slice(&(random.number() as u32).to_le_bytes());
            bytes.extend((0..length).map(|_| random.number() as u8));
        }
        Wire { bytes, at: 0 }
    }

    fn receive(&mut self) -> Option<Message> {
        let head = self.bytes.get(self.at..self.at + 8)?;
        let length = u32::from_le_bytes(head[..4].try_into().unwrap()) as usize;
        let mask = head[4..].try_into().unwrap();
        let mut buffer = vec![0; LARGEST];
        let from = self.at + 8;
        buffer[..length].copy_from_slice(&self.bytes[from..from + length]);
        self.at = from + length;
        Some(Message { buffer, length, mask })
    }
}

impl Message {
    fn unmask(&mut self) {
        let mask = u32::from_le_bytes(self.mask);
        let mut chunks = self.buffer[..self.length].chunks_exact_mut(4);
        for chunk in &mut chunks {
            let word = u32::from_le_bytes(chunk.try_into().unwrap()) ^ mask;
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        for (byte, mask) in chunks.into_remainder().iter_mut().zip(self.mask) {
            *byte ^= mask;
        }
    }

    /// Fletcher's sum.
    fn sum(&self) -> u32 {
        let (mut low, mut high) = (0u32, 0u32);
        for &byte in &self.buffer[..self.length] {
            low = (low + u32::from(byte)) % 65_535;
            high = (high + low) % 65_535;
        }
        high << 16 | low
    }

    fn kind(&self) -> usize {
        usize::from(self.buffer[0] & 15)
    }
}

fn main() {
    let mut wire = Wire::new(20_000);
    let mut kinds = [0u32; 16];
    let mut sums = 0u32;
    for _ in 0..60 {
        wire.at = 0;
        // A few messages are in flight at any time: the answer to one is waited for.
        let mut waiting: [Option<Message>; 8] = Default::default();
        let mut turn = 0;
        while let Some(mut message) = wire.receive() {
            message.unmask();
            kinds[message.kind()] += 1;
            if message.buffer[1] & 15 == 0 {
                sums ^= message.sum();
            }
            waiting[turn % 8] = Some(message);
            turn += 1;
        }
    }
    println!("{kinds:?}, {sums:x}");
}
