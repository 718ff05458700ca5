//! Simulates a line between two programs: packets wait in a queue, go out in order, get lost now
//! and then, and are sent again.

use truth::Random;

#[derive(Clone, Copy)]
struct Packet {
    number: u64,
    bytes: u32,
    sum: u32,
    sent: u64,
}

struct Sender {
    waiting: Vec<Packet>,
    flying: Vec<Packet>,
    number: u64,
    resent: u64,
}

/// CRC by nibbles.
fn sum(number: u64, bytes: u32, table: &[u32; 16]) -> u32 {
    let mut sum = !0u32;
    for byte in number.to_le_bytes().into_iter().chain(bytes.to_le_bytes()) {
        sum = table[((sum ^ u32::from(byte)) & 15) as usize] ^ (sum >> 4);
        sum = table[((sum ^ u32::from(byte >> 4)) & 15) as usize] ^ (sum >> 4);
    }
    !sum
}

fn table() -> [u32; 16] {
    std::array::from_fn(|at| {
        (0..4)
            .fold(at as u32, |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

impl Sender {
    fn write(&mut self, bytes: u32, table: &[u32; 16]) {
        self.number += 1;
        let sum = sum(self.number, bytes, table);
        self.waiting.push(Packet { number: self.number, bytes, sum, sent: 0 });
    }

    /// Sends what the line takes.
    fn transmit(&mut self, now: u64, mut room: u32) {
        while let Some(packet) = self.waiting.first() {
            if packet.bytes > room {
                break;
            }
            room -= packet.bytes;
            let mut packet = self.waiting.remove(0);
            packet.sent = now;
            self.flying.push(packet);
        }
    }

    /// Drops what has arrived, up to a number.
    fn acknowledge(&mut self, number: u64) -> u64 {
        let mut bytes = 0;
        while self.flying.first().is_some_and(|packet| packet.number <= number) {
            bytes += u64::from(self.flying.remove(0).bytes);
        }
        bytes
    }

    fn expire(&mut self, now: u64) {
        for packet in &mut self.flying {
            if now - packet.sent > 400 {
                packet.sent = now;
                self.resent += 1;
            }
        }
    }
}

/// The other end: checks each packet that it is shown.
fn arrives(packet: &Packet, table: &[u32; 16], random: &mut Random) -> bool {
    sum(packet.number, packet.bytes, table) == packet.sum && random.below(400) != 0
}

fn main() {
    let table = table();
    let mut random = Random::new(61);
    let mut sender = Sender { waiting: Vec::new(), flying: Vec::new(), number: 0, resent: 0 };
    let (mut delivered, mut arrived) = (0u64, 0);
    for now in 0..400_000u64 {
        let burst = if now % 1_000 < 300 { 40 } else { 2 };
        for _ in 0..random.below(burst) {
            sender.write(40 + random.skewed(1_400) as u32, &table);
        }
        sender.transmit(now, 3_000);
        if now % 4 == 0 {
            for packet in &sender.flying {
                if !arrives(packet, &table, &mut random) {
                    break;
                }
                arrived = packet.number;
            }
            delivered += sender.acknowledge(arrived);
        }
        if now % 100 == 0 {
            sender.expire(now);
        }
    }
    println!("{delivered} bytes, {} waiting, {} again", sender.waiting.len(), sender.resent);
}
