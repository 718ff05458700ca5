//! A desk hands letters to another one through a ring, and both come back for it until it works.

use std::sync::Mutex;
use std::thread;
use truth::Random;

struct Ring {
    slots: Vec<u64>,
    head: usize,
    len: usize,
}

impl Ring {
    fn put(&mut self, v: u64) -> bool {
        if self.len == self.slots.len() {
            return false;
        }
        let at = (self.head + self.len) % self.slots.len();
        self.slots[at] = v;
        self.len += 1;
        true
    }
    fn take(&mut self) -> Option<u64> {
        if self.len == 0 {
            return None;
        }
        let v = self.slots[self.head];
        self.head = (self.head + 1) % self.slots.len();
        self.len -= 1;
        Some(v)
    }
}

fn main() {
    let ring = Mutex::new(Ring { slots: vec![0; 256], head: 0, len: 0 });
    let sum = thread::scope(|scope| {
        scope.spawn(|| {
            let mut random = Random::new(1);
            for _ in 0..14_000_000 {
                let letter = random.number() >> 3;
                while !ring.lock().unwrap().put(letter) {
                    thread::yield_now();
                }
            }
            while !ring.lock().unwrap().put(u64::MAX) {}
        });
        let mut sum = 0u64;
        loop {
            match ring.lock().unwrap().take() {
                Some(u64::MAX) => break sum,
                Some(letter) => sum = sum.wrapping_add(letter ^ letter >> 7),
                None => thread::yield_now(),
            }
        }
    });
    println!("{sum}");
}
