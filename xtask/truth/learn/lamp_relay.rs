//! Two lamps of a lighthouse take turns, each driven by a thread of its own.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

const TURNS: u32 = 220_000;

/// How bright a lamp is at a moment.
fn brightness(turn: u32) -> f64 {
    (0..120).fold(f64::from(turn), |light, step| (light * 0.7 + f64::from(step)).sqrt())
}

/// Lights one lamp whenever it is its turn.
fn lamp(turn: &AtomicU32, mine: u32, other: &dyn Fn()) -> f64 {
    let mut light = 0.0;
    loop {
        let now = turn.load(Ordering::Acquire);
        if now >= TURNS {
            other();
            return light;
        }
        if now % 2 != mine {
            thread::park();
            continue;
        }
        light += brightness(now);
        turn.store(now + 1, Ordering::Release);
        other();
    }
}

fn main() {
    let turn = AtomicU32::new(0);
    let main_thread = thread::current();
    let light = thread::scope(|scope| {
        let second = scope.spawn(|| lamp(&turn, 1, &|| main_thread.unpark()));
        let handle = second.thread().clone();
        let first = lamp(&turn, 0, &move || handle.unpark());
        first + second.join().unwrap()
    });
    println!("{light:.2}");
}
