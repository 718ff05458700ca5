//! Simulates a loom with two arms, each in a thread of its own: the left one throws, the right one
//! catches and beats, and each waits until the other has done its part.

use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use truth::Random;

const THROWS: u32 = 150_000;
const THREADS: usize = 400;

/// Whose turn it is, and where the shuttle is.
struct Shed {
    turn: Mutex<(u32, f64)>,
    changed: Condvar,
}

impl Shed {
    fn wait_for(&self, whose: u32) -> f64 {
        let mut turn = self.turn.lock().unwrap();
        while turn.0 % 2 != whose {
            turn = self.changed.wait(turn).unwrap();
        }
        turn.1
    }

    fn hand_over(&self, place: f64) {
        let mut turn = self.turn.lock().unwrap();
        *turn = (turn.0 + 1, place);
        drop(turn);
        self.changed.notify_one();
    }
}

/// The threads of the warp give way to the shuttle, and swing back.
fn swing(warp: &mut [f64], place: f64) -> f64 {
    let mut moved = 0.0_f64;
    for (at, thread) in warp.iter_mut().enumerate() {
        let distance = (at as f64 - place).abs() + 1.0;
        *thread += 0.3 / distance - 0.2 * *thread;
        moved = moved.max(thread.abs());
    }
    moved
}

fn arm(shed: &Shed, whose: u32, seed: u64) -> f64 {
    let mut random = Random::new(seed);
    let (mut warp, mut strain) = (vec![0.0; THREADS], 0.0);
    for _ in 0..THROWS {
        let place = shed.wait_for(whose);
        strain += swing(&mut warp, place);
        shed.hand_over(THREADS as f64 * random.unit());
    }
    strain
}

fn main() {
    let shed = Arc::new(Shed { turn: Mutex::new((0, 0.0)), changed: Condvar::new() });
    let right = thread::spawn({
        let shed = Arc::clone(&shed);
        move || arm(&shed, 1, 615)
    });
    let left = arm(&shed, 0, 616);
    println!("{left:.3} {:.3}", right.join().unwrap());
}
