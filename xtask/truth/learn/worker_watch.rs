//! Watches what some workers use, and says which of them is out of the ordinary.

use std::fs;
use std::process::{Child, Command, Stdio};

const WORKERS: usize = 12;
const ROUNDS: usize = 1_500;

#[derive(Default, Clone, Copy)]
struct Usage {
    ticks: u64,
    pages: u64,
}

fn usage(pid: u32) -> Option<Usage> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let fields: Vec<String> =
        after_name.split_whitespace().map(|field| field.to_string()).collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    let statm = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    let pages = statm.split_whitespace().nth(1)?.parse().ok()?;
    Some(Usage { ticks, pages })
}

/// How far each is from the middle of all, smoothed over many rounds.
fn unusual(history: &mut [f64], now: &[Usage]) -> usize {
    for (smooth, usage) in history.iter_mut().zip(now) {
        *smooth = *smooth * 0.95 + (usage.ticks * 100 + usage.pages) as f64 * 0.05;
    }
    let mut worst = (0.0, 0);
    for (at, one) in history.iter().enumerate() {
        let spread: f64 = history.iter().map(|other| (one - other).abs().sqrt()).sum();
        if spread > worst.0 {
            worst = (spread, at);
        }
    }
    worst.1
}

fn main() {
    let start = || Command::new("sleep").arg("60").stdin(Stdio::null()).spawn();
    let mut workers: Vec<Child> = (0..WORKERS).filter_map(|_| start().ok()).collect();
    let mut history = vec![0.0; workers.len()];
    let mut named = vec![0_u32; workers.len().max(1)];
    for _ in 0..ROUNDS {
        let read = |worker: &Child| usage(worker.id()).unwrap_or_default();
        let now: Vec<Usage> = workers.iter().map(read).collect();
        for _ in 0..40 {
            named[unusual(&mut history, &now)] += 1;
        }
    }
    for worker in &mut workers {
        let _ = worker.kill();
        let _ = worker.wait();
    }
    println!("{named:?}");
}
