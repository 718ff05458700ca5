//! Records an organ with several microphones: one thread reads small packets as an interface would
//! deliver them, the other filters each microphone's sound and keeps what is needed to level it.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};
use std::thread;

use truth::Random;

const MICROPHONES: usize = 4;
/// Samples in a packet of one microphone.
const PACKET: usize = 16;
const PACKETS: usize = 400_000;
const WAITING: usize = 512;
/// Samples that are filtered at a time.
const BLOCK: usize = 2048;
const TAPS: usize = 320;

#[derive(Clone, Copy)]
struct Packet {
    microphone: usize,
    samples: [i16; PACKET],
}

/// Packets on their way from one thread to the other.
#[derive(Default)]
struct Cable {
    packets: Mutex<VecDeque<Option<Packet>>>,
    filled: Condvar,
    emptied: Condvar,
}

impl Cable {
    fn send(&self, packet: Option<Packet>) {
        let mut packets = self.packets.lock().expect("nobody panics");
        while packets.len() == WAITING {
            packets = self.emptied.wait(packets).expect("nobody panics");
        }
        packets.push_back(packet);
        self.filled.notify_one();
    }

    /// The next packet, or none after the last.
    fn receive(&self) -> Option<Packet> {
        let mut packets = self.packets.lock().expect("nobody panics");
        loop {
            if let Some(packet) = packets.pop_front() {
                self.emptied.notify_one();
                return packet;
            }
            packets = self.filled.wait(packets).expect("nobody panics");
        }
    }
}

/// Plays chords of pipes, each a triangle with its own period.
fn play(cable: &Cable) {
    let mut random = Random::new(517);
    let mut periods = [90_u32, 113, 135, 180];
    let mut time = 0_u32;
    for number in 0..PACKETS {
        if number % 20_000 == 0 {
            periods = periods.map(|period| period / 2 + 30 + random.below(60) as u32);
        }
        let microphone = number % MICROPHONES;
        let noise = random.number();
        let sample = |at: usize| {
            let now = time + at as u32 + microphone as u32 * 7;
            let pipes = periods.map(|period| (now % period).abs_diff(period / 2) as i16 * 40);
            pipes.iter().sum::<i16>() - 4000 + (noise.rotate_left(at as u32) & 63) as i16
        };
        cable.send(Some(Packet { microphone, samples: std::array::from_fn(sample) }));
        if microphone == MICROPHONES - 1 {
            time += PACKET as u32;
        }
    }
    cable.send(None);
}

/// A filter's coefficients, in 1/32768: a window that leaves low notes.
fn low_pass() -> [i32; TAPS] {
    std::array::from_fn(|at| {
        let x = (at as f64 - (TAPS - 1) as f64 / 2.0) * 0.08;
        let wave = if x.abs() < 1e-9 { 1.0 } else { x.sin() / x };
        let window = (std::f64::consts::PI * (at as f64 + 0.5) / TAPS as f64).sin();
        (wave * window * 800.0) as i32
    })
}

/// What one microphone has recorded.
struct Track {
    /// The last samples before the block, and the block.
    samples: Vec<i32>,
    filtered: Vec<i32>,
    peak: i32,
    loud: usize,
}

impl Track {
    fn new() -> Track {
        let filtered = vec![0; BLOCK];
        Track { samples: vec![0; TAPS - 1], filtered, peak: 0, loud: 0 }
    }

    fn add(&mut self, samples: &[i16], taps: &[i32; TAPS]) {
        self.samples.extend(samples.iter().map(|&sample| i32::from(sample)));
        if self.samples.len() >= BLOCK + TAPS - 1 {
            self.filter(taps);
            self.measure();
            self.samples.drain(..BLOCK);
        }
    }

    fn filter(&mut self, taps: &[i32; TAPS]) {
        self.filtered.fill(0);
        for (at, &tap) in taps.iter().enumerate() {
            let samples = &self.samples[at..at + BLOCK];
            for (out, &sample) in self.filtered.iter_mut().zip(samples) {
                *out += sample * tap;
            }
        }
    }

    fn measure(&mut self) {
        for &sample in &self.filtered {
            let level = (sample >> 15).abs();
            self.peak = self.peak.max(level);
            self.loud += usize::from(level > 2000);
        }
    }
}

fn main() {
    let cable = Cable::default();
    let taps = low_pass();
    let mut tracks: Vec<Track> = (0..MICROPHONES).map(|_| Track::new()).collect();
    thread::scope(|scope| {
        scope.spawn(|| play(&cable));
        while let Some(packet) = cable.receive() {
            tracks[packet.microphone].add(&packet.samples, &taps);
        }
    });
    for (number, track) in tracks.iter().enumerate() {
        println!("microphone {number}: peak {}, {} loud samples", track.peak, track.loud);
    }
}
