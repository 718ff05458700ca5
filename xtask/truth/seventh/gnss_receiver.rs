//! Reads what a satellite receiver sends over its serial line: frames with two letters in front, a
//! class, a length and a checksum, and now and then noise. Prints fixes, satellites, and bad
//! frames.

use truth::Random;

const SYNC: [u8; 2] = [0xb5, 0x62];
const CHUNK: usize = 24 * 1024;
const CHUNKS: usize = 9_000;

fn checksum(bytes: &[u8]) -> [u8; 2] {
    let mut sums = [0_u8; 2];
    for &byte in bytes {
        sums[0] = sums[0].wrapping_add(byte);
        sums[1] = sums[1].wrapping_add(sums[0]);
    }
    sums
}

/// The line: what the receiver sent so far and nobody has read.
struct Line {
    random: Random,
    pending: Vec<u8>,
    seconds: u32,
}

impl Line {
    fn frame(&mut self) {
        let random = &mut self.random;
        if random.below(200) == 0 {
            let noise = random.below(20);
            self.pending.extend((0..noise).map(|_| random.number() as u8 & 0x7f));
        }
        let (class, payload) = match random.below(5) {
            0 => (0x01, 28),
            1 => (0x35, 8 + 12 * random.below(4)),
            _ => (0x15, 16 + 8 * random.below(3)),
        };
        let start = self.pending.len();
        self.pending.extend(SYNC);
        self.pending.extend([class, 0x07, payload as u8, (payload >> 8) as u8]);
        self.seconds += 1;
        self.pending.extend(self.seconds.to_le_bytes());
        while self.pending.len() < start + 6 + payload {
            self.pending.extend((random.number() as u32).to_le_bytes());
        }
        let mut sums = checksum(&self.pending[start + 2..]);
        if random.below(500) == 0 {
            sums[1] ^= 0x10;
        }
        self.pending.extend(sums);
    }

    /// As much as there is room for.
    fn read(&mut self, into: &mut Vec<u8>) {
        while self.pending.len() < CHUNK {
            self.frame();
        }
        into.extend_from_slice(&self.pending[..CHUNK]);
        self.pending.copy_within(CHUNK.., 0);
        self.pending.truncate(self.pending.len() - CHUNK);
    }
}

#[derive(Default, Debug)]
struct Seen {
    fixes: u64,
    satellites: u64,
    measurements: u64,
    bad: u64,
    skipped: u64,
    drift: u64,
}

struct Receiver {
    input: Vec<u8>,
    seen: Seen,
}

impl Receiver {
    /// Takes all whole frames out of what was received; the rest waits for more.
    fn take_frames(&mut self) {
        loop {
            let Some(start) = self.input.windows(2).position(|two| two == SYNC) else { return };
            if start > 0 {
                self.seen.skipped += start as u64;
                self.input.drain(..start);
            }
            let Some(head) = self.input.get(..6) else { return };
            let length = usize::from(head[4]) | usize::from(head[5]) << 8;
            let Some(frame) = self.input.get(2..8 + length) else { return };
            let (body, sums) = frame.split_at(4 + length);
            if checksum(body) == sums {
                self.seen.note(body[0], &body[4..]);
            } else {
                self.seen.bad += 1;
            }
            self.input.drain(..8 + length);
        }
    }
}

impl Seen {
    fn note(&mut self, class: u8, payload: &[u8]) {
        let words = payload.as_chunks::<4>().0;
        let number = |at: usize| words.get(at).map_or(0, |&word| u32::from_le_bytes(word));
        match class {
            0x01 => {
                self.fixes += 1;
                self.drift = self.drift.wrapping_add(u64::from(number(1) ^ number(2)));
            }
            0x35 => self.satellites += (payload.len() as u64 - 8) / 12,
            _ => self.measurements += u64::from(number(3) >> 31),
        }
    }
}

fn main() {
    let mut line = Line { random: Random::new(1_978), pending: Vec::new(), seconds: 0 };
    let mut receiver = Receiver { input: Vec::new(), seen: Seen::default() };
    for _ in 0..CHUNKS {
        line.read(&mut receiver.input);
        receiver.take_frames();
    }
    println!("{:?}, {} bytes wait", receiver.seen, receiver.input.len());
}
