//! Relays a market's ticks from the thread that decodes them to the one that keeps the book.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};
use std::thread;

use truth::Random;

const ROOM: usize = 1024;
const LEVELS: usize = 4096;

#[derive(Clone, Copy)]
struct Tick {
    number: u64,
    level: u32,
    units: i32,
    time: u64,
}

/// The line between the two threads; `None` ends it.
#[derive(Default)]
struct Line {
    waiting: Mutex<VecDeque<Option<Tick>>>,
    filled: Condvar,
    emptied: Condvar,
}

impl Line {
    fn push(&self, tick: Option<Tick>) {
        let mut waiting = self.waiting.lock().unwrap();
        while waiting.len() == ROOM {
            waiting = self.emptied.wait(waiting).unwrap();
        }
        waiting.push_back(tick);
        self.filled.notify_one();
    }

    fn pop(&self) -> Option<Tick> {
        let mut waiting = self.waiting.lock().unwrap();
        loop {
            if let Some(tick) = waiting.pop_front() {
                self.emptied.notify_one();
                return tick;
            }
            waiting = self.filled.wait(waiting).unwrap();
        }
    }
}

/// A capture of the wire: each tick takes as many bytes as its numbers need.
fn capture(ticks: usize) -> Vec<u8> {
    let mut random = Random::new(401);
    let mut bytes = Vec::new();
    let mut level = LEVELS as i64 / 2;
    for _ in 0..ticks {
        let step = random.below(9) as i64 - 4;
        let next = (level + step).clamp(0, LEVELS as i64 - 1);
        let fields =
            [(next - level) + 8, random.skewed(900) as i64 + 1, random.below(3_000) as i64];
        for mut field in fields {
            while field >= 128 {
                bytes.push(field as u8 | 128);
                field >>= 7;
            }
            bytes.push(field as u8);
        }
        level = next;
    }
    bytes
}

fn varint(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return value;
        }
        shift += 7;
    }
}

fn decode(bytes: &[u8], line: &Line) {
    let (mut at, mut number, mut time) = (0, 0, 0);
    let mut level = LEVELS as u32 / 2;
    while at < bytes.len() {
        level = level + varint(bytes, &mut at) as u32 - 8;
        let units = varint(bytes, &mut at) as i32;
        time += varint(bytes, &mut at);
        let units = if time & 1 == 0 { units } else { -units };
        line.push(Some(Tick { number, level, units, time }));
        number += 1;
    }
    line.push(None);
}

struct Book {
    levels: Vec<i64>,
    averages: [f64; 1_024],
    next: u64,
    digest: u64,
}

impl Book {
    fn add(&mut self, tick: Tick) {
        assert_eq!(tick.number, self.next, "a tick was lost");
        self.next += 1;
        self.levels[tick.level as usize] += i64::from(tick.units);
        let price = 100.0 + f64::from(tick.level) / 64.0;
        for (at, average) in self.averages.iter_mut().enumerate() {
            *average += (price - *average) / (at + 2) as f64;
        }
        self.digest = (self.digest ^ tick.time).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

fn main() {
    let bytes = capture(700_000);
    let line = Line::default();
    let mut book = Book { levels: vec![0; LEVELS], averages: [132.0; 1_024], next: 0, digest: 0 };
    thread::scope(|scope| {
        scope.spawn(|| decode(&bytes, &line));
        while let Some(tick) = line.pop() {
            book.add(tick);
        }
    });
    let long: i64 = book.levels.iter().filter(|&&units| units > 0).sum();
    println!("{} ticks, {long}, {:.4}, {:x}", book.next, book.averages[20], book.digest);
}
