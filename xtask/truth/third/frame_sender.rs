//! Sends a file in frames over a line that loses some, and again from the oldest when one is lost.

use truth::Random;

/// Frames that may be under way, or waited for, at any time.
const UNDER_WAY: usize = 4_000;

#[derive(Clone, Copy)]
struct Frame {
    number: u32,
    from: u32,
    length: u16,
    sum: u32,
}

/// The remainder of 24 bits that mail uses, too.
fn remainder(bytes: &[u8]) -> u32 {
    let mut remainder = 0xb7_04ce;
    for &byte in bytes {
        remainder ^= u32::from(byte) << 16;
        for _ in 0..8 {
            remainder <<= 1;
            if remainder & 0x100_0000 != 0 {
                remainder ^= 0x186_4cfb;
            }
        }
    }
    remainder
}

/// What was sent and is not known to have come.
struct Outbox {
    frames: Vec<Frame>,
}

impl Outbox {
    fn acknowledge(&mut self, number: u32) {
        while self.frames.first().is_some_and(|frame| frame.number <= number) {
            self.frames.remove(0);
        }
    }

    fn is_full(&self) -> bool {
        self.frames.len() >= UNDER_WAY
    }
}

/// Takes frames in their order and writes what is in them.
struct Receiver {
    next: u32,
    bytes: Vec<u8>,
    refused: u32,
}

impl Receiver {
    fn take(&mut self, frame: &Frame, bytes: &[u8]) {
        if frame.number == self.next && frame.sum == remainder(bytes) {
            self.next += 1;
            self.bytes.extend_from_slice(bytes);
        } else {
            self.refused += 1;
        }
    }
}

/// Some text-like bytes that repeat themselves.
fn file(length: usize) -> Vec<u8> {
    let mut random = Random::new(501);
    let mut bytes: Vec<u8> = (0..4_096).map(|_| random.skewed(96) as u8 + 32).collect();
    while bytes.len() < length {
        let (from, run) = (bytes.len() - 1 - random.below(4_000), 4 + random.skewed(60));
        for at in from..from + run {
            bytes.push(bytes[at]);
        }
    }
    bytes.truncate(length);
    bytes
}

/// Packs runs and near repetitions, so that less has to be sent.
fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut last = vec![0usize; 1 << 14];
    let mut packed = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at + 4 < bytes.len() {
        let word = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let place = (word.wrapping_mul(0x9e37_79b1) >> 18) as usize;
        let before = std::mem::replace(&mut last[place], at);
        let same = bytes[at..].iter().zip(&bytes[before..]).take(255);
        let run = same.take_while(|(a, b)| a == b).count();
        if before < at && at - before < 65_536 && run > 4 {
            packed.extend([0, run as u8]);
            packed.extend(((at - before) as u16).to_le_bytes());
            at += run;
        } else {
            packed.push(bytes[at].max(1));
            at += 1;
        }
    }
    packed
}

/// Sends all and returns how many frames it took; the line loses one in a few thousand.
fn send(bytes: &[u8], receiver: &mut Receiver) -> u32 {
    let mut random = Random::new(502);
    let mut outbox = Outbox { frames: Vec::new() };
    let (mut from, mut number, mut sent) = (0, 0, 0);
    while from < bytes.len() || !outbox.frames.is_empty() {
        while from < bytes.len() && !outbox.is_full() {
            let length = (40 + random.below(60)).min(bytes.len() - from);
            let sum = remainder(&bytes[from..from + length]);
            let frame = Frame { number, from: from as u32, length: length as u16, sum };
            outbox.frames.push(frame);
            if random.below(4_000) != 0 {
                receiver.take(&frame, &bytes[from..from + length]);
            }
            (from, number, sent) = (from + length, number + 1, sent + 1);
        }
        if receiver.next < number {
            let lost = receiver.next;
            for frame in outbox.frames.iter().filter(|frame| frame.number >= lost) {
                let from = frame.from as usize;
                receiver.take(frame, &bytes[from..from + usize::from(frame.length)]);
                sent += 1;
            }
        }
        let oldest = outbox.frames.first().map_or(0, |frame| frame.number);
        outbox.acknowledge((oldest + 200).min(receiver.next.saturating_sub(1)));
    }
    sent
}

fn main() {
    let file = file(80_000_000);
    let packed = pack(&file);
    let mut receiver = Receiver { next: 0, bytes: Vec::with_capacity(packed.len()), refused: 0 };
    let sent = send(&packed, &mut receiver);
    let same = receiver.bytes == packed;
    println!("{} packed, {sent} frames, {} refused, {same}", packed.len(), receiver.refused);
    println!("{:x}", remainder(&packed[..4_096]));
}
