//! The uplink of a chain of buoys: measurements wait in the order in which they were made, and go
//! to the shore in small datagrams, as many at a time as the radio has time for.

use std::io;
use std::net::UdpSocket;

use truth::Random;

/// Bytes of a message on the wire.
const MESSAGE: usize = 40;

#[derive(Clone, Copy)]
struct Measurement {
    number: u32,
    buoy: u16,
    kind: u16,
    /// Seconds.
    at: u32,
    value: f32,
    east: f32,
    north: f32,
    battery: u32,
    quality: u32,
}

/// What has been measured and not been sent.
struct Backlog {
    waiting: Vec<Measurement>,
    lost: u64,
    room: usize,
}

impl Backlog {
    fn put(&mut self, measurement: Measurement) {
        if self.waiting.len() == self.room {
            self.lost += 1;
        } else {
            self.waiting.push(measurement);
        }
    }

    fn next(&mut self) -> Option<Measurement> {
        if self.waiting.is_empty() { None } else { Some(self.waiting.remove(0)) }
    }
}

/// A buoy's sensors: waves of several lengths, as a spectrum that is drawn anew each time.
struct Buoy {
    phases: [f32; 12],
    speeds: [f32; 12],
    last: f32,
}

impl Buoy {
    fn random(random: &mut Random) -> Buoy {
        Buoy {
            phases: [0.0; 12],
            speeds: std::array::from_fn(|_| 0.05 + random.unit() as f32),
            last: 0.0,
        }
    }

    fn measure(&mut self) -> f32 {
        let mut height = 0.0;
        for _ in 0..60 {
            for (phase, speed) in self.phases.iter_mut().zip(&self.speeds) {
                *phase += speed;
                if *phase > 3.0 {
                    *phase -= 6.0;
                }
                height += *phase * (3.0 - phase.abs()) * 0.4;
            }
        }
        self.last = self.last * 0.7 + height * 0.02;
        self.last
    }
}

fn write(measurement: &Measurement, message: &mut [u8; MESSAGE]) {
    message[..4].copy_from_slice(&measurement.number.to_be_bytes());
    message[4..6].copy_from_slice(&measurement.buoy.to_be_bytes());
    message[6..8].copy_from_slice(&measurement.kind.to_be_bytes());
    message[8..12].copy_from_slice(&measurement.at.to_be_bytes());
    message[12..16].copy_from_slice(&measurement.value.to_be_bytes());
    message[16..20].copy_from_slice(&measurement.east.to_be_bytes());
    message[20..24].copy_from_slice(&measurement.north.to_be_bytes());
    message[24..28].copy_from_slice(&measurement.battery.to_be_bytes());
    message[28..32].copy_from_slice(&measurement.quality.to_be_bytes());
    let (body, check) = message.split_at_mut(36);
    let sum = body.iter().fold(1u32, |sum, &byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    check.copy_from_slice(&sum.to_be_bytes());
}

/// What arrived ashore.
#[derive(Default)]
struct Ledger {
    expected: u32,
    missing: u64,
    broken: u64,
    highest: f32,
    sums: [f64; 8],
}

impl Ledger {
    fn take(&mut self, message: &[u8]) {
        let word = |at: usize| u32::from_be_bytes(message[at..at + 4].try_into().expect("four"));
        let sum = message[..36].iter();
        let sum = sum.fold(1u32, |sum, &byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        self.broken += u64::from(sum != word(36));
        self.missing += u64::from(word(0).wrapping_sub(self.expected));
        self.expected = word(0) + 1;
        let value = f32::from_bits(word(12));
        self.highest = self.highest.max(value);
        self.sums[word(4) as usize % 8] += f64::from(value);
    }
}

struct Radio {
    sea: UdpSocket,
    shore: UdpSocket,
}

impl Radio {
    fn open() -> io::Result<Radio> {
        let sea = UdpSocket::bind("127.0.0.1:0")?;
        let shore = UdpSocket::bind("127.0.0.1:0")?;
        sea.connect(shore.local_addr()?)?;
        Ok(Radio { sea, shore })
    }

    fn send(&self, messages: &[[u8; MESSAGE]]) -> io::Result<()> {
        for message in messages {
            self.sea.send(message)?;
        }
        Ok(())
    }

    fn receive(&self, count: usize, ledger: &mut Ledger) -> io::Result<()> {
        let mut message = [0; MESSAGE];
        for _ in 0..count {
            let length = self.shore.recv(&mut message)?;
            ledger.take(&message[..length]);
        }
        Ok(())
    }
}

fn main() -> io::Result<()> {
    let mut random = Random::new(90);
    let mut buoys: Vec<Buoy> = (0..40).map(|_| Buoy::random(&mut random)).collect();
    let mut backlog = Backlog { waiting: Vec::new(), lost: 0, room: 9000 };
    let mut ledger = Ledger::default();
    let radio = Radio::open()?;
    let mut messages = Vec::new();
    let mut number = 0;
    for second in 0..16_000 {
        for (at, buoy) in buoys.iter_mut().enumerate() {
            let value = buoy.measure();
            backlog.put(Measurement {
                number,
                buoy: at as u16,
                kind: (second % 6) as u16,
                at: second,
                value,
                east: buoy.phases[0],
                north: buoy.phases[1],
                battery: 1200 - second / 100,
                quality: u32::from(value.abs() < 8.0),
            });
            number += 1;
        }
        // The ships' traffic leaves more time at some hours than at others.
        let slots = if second % 1000 < 250 { 8 } else { 52 };
        messages.clear();
        while messages.len() < slots
            && let Some(measurement) = backlog.next()
        {
            let mut message = [0; MESSAGE];
            write(&measurement, &mut message);
            messages.push(message);
        }
        radio.send(&messages)?;
        radio.receive(messages.len(), &mut ledger)?;
    }
    let sum: f64 = ledger.sums.iter().sum();
    println!(
        "{} arrived, {} missing, {} broken, {} lost at sea, highest {:.2}, {sum:.1}",
        ledger.expected, ledger.missing, ledger.broken, backlog.lost, ledger.highest
    );
    Ok(())
}
