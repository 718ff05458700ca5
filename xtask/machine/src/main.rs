//! Prints what this machine can do at best, as one JSON value: the limits that the book draws
//! beside each case.

mod affinity;
mod arithmetic;
mod costs;
mod device;
mod latency;
mod loopback;
mod memory;
mod pages;
mod pipeline;
mod system;
mod threads;

use std::time::{Duration, Instant};

/// How long one bandwidth or peak is measured.
const PATIENCE: Duration = Duration::from_millis(24);

fn main() {
    let peaks = arithmetic::peaks();
    let widest = |flops: fn(&protocol::Peak) -> f64| peaks.iter().map(flops).fold(0.0, f64::max);
    let mut machine = protocol::Machine {
        processor: system::processor(),
        cores: threads::cores(),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        features: system::features(),
        caches: system::caches(),
        read: memory::read(),
        copy: memory::copy(),
        latency: latency::usual_pages(),
        flops32: widest(|peak| peak.flops32),
        flops64: widest(|peak| peak.flops64),
        latency_huge_pages: latency::huge_pages(),
        effective_caches: Vec::new(),
        read_all_cores: threads::read_all_cores(),
        copy_all_cores: threads::copy_all_cores(),
        device: device::latency(),
        costs: [pipeline::costs(), costs::all(), threads::costs(), loopback::costs()].concat(),
        peaks,
    };
    machine.find_caches();
    println!("{}", serde_json::to_string(&machine).expect("plain data is always JSON"));
}

/// The best rate in units per nanosecond over many short runs: a limit is what the machine does
/// undisturbed. `run` does `units` of work.
fn best_rate(units: f64, run: impl FnMut()) -> f64 {
    units / best_ns(PATIENCE, run)
}

/// Nanoseconds of the best among many short runs.
fn best_ns(patience: Duration, mut run: impl FnMut()) -> f64 {
    run();
    let until = Instant::now() + patience;
    let mut best = Duration::MAX;
    let mut runs = 0;
    while runs < 3 || Instant::now() < until {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed());
        runs += 1;
    }
    best.as_nanos().max(1) as f64
}

/// A cost as the record holds it.
fn cost(name: &str, ns: Option<f64>, how: &str) -> protocol::Cost {
    protocol::Cost { name: name.to_owned(), ns, how: how.to_owned() }
}
