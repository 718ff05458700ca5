//! Prints what this machine can do at best, as one JSON value: the limits that the book draws
//! beside each case.

mod arithmetic;
mod memory;
mod system;

use std::time::{Duration, Instant};

/// How long one figure is measured.
const PATIENCE: Duration = Duration::from_millis(50);

fn main() {
    let machine = protocol::Machine {
        processor: system::processor(),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        features: system::features(),
        caches: system::caches(),
        read: memory::read(),
        copy: memory::copy(),
        latency: memory::latency(),
        flops32: arithmetic::flops32(),
        flops64: arithmetic::flops64(),
    };
    println!("{}", serde_json::to_string(&machine).expect("plain data is always JSON"));
}

/// The best rate in units per nanosecond over many short runs: a limit is what the machine does
/// undisturbed. `run` does `units` of work.
fn best_rate(units: f64, mut run: impl FnMut()) -> f64 {
    run();
    let until = Instant::now() + PATIENCE;
    let mut best = Duration::MAX;
    let mut runs = 0;
    while runs < 3 || Instant::now() < until {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed());
        runs += 1;
    }
    units / best.as_nanos().max(1) as f64
}
