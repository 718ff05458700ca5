//! A pump's regulator: each step is told to a display, which looks now and then.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

const STEPS: u64 = 60_000_000;

struct Display {
    pressure: AtomicU64,
    step: AtomicU64,
}

fn regulate(display: &Display) -> f64 {
    let (mut pressure, mut valve) = (2.0_f64, 0.5_f64);
    for step in 0..STEPS {
        let wanted = if step % 100_000 < 50_000 { 3.0 } else { 4.0 };
        valve = (valve + (wanted - pressure) * 0.002).clamp(0.0, 1.0);
        pressure += valve * 0.01 - pressure * 0.001;
        display.pressure.store(pressure.to_bits(), Ordering::SeqCst);
        display.step.store(step, Ordering::SeqCst);
    }
    pressure
}

fn main() {
    let display = Display { pressure: AtomicU64::new(0), step: AtomicU64::new(0) };
    let done = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut highest = 0.0_f64;
            while !done.load(Ordering::SeqCst) {
                highest = highest.max(f64::from_bits(display.pressure.load(Ordering::SeqCst)));
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            highest
        });
        let pressure = regulate(&display);
        done.store(true, Ordering::SeqCst);
        (pressure, watcher.join().unwrap())
    });
    println!("{:.3} {:.3} {}", seen.0, seen.1, display.step.load(Ordering::SeqCst));
}
