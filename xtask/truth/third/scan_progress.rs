//! Scans a journal of meters and shows how far it has come, while the scan goes on.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use truth::Random;

const METERS: usize = 2_000;

/// Where the scan is; the scan alone writes it, a display reads it.
#[derive(Default)]
struct Progress {
    position: AtomicU64,
    entries: AtomicU64,
    faults: AtomicU64,
    latest: AtomicU64,
}

impl Progress {
    fn show(&self, scan: &Scan, position: usize) {
        self.position.store(position as u64, Ordering::SeqCst);
        self.entries.store(scan.entries, Ordering::SeqCst);
        self.faults.store(scan.faults, Ordering::SeqCst);
        self.latest.store(scan.time, Ordering::SeqCst);
    }
}

/// Entries of a few bytes: a meter, the time since the last one, what was used, each as short as
/// it can be.
fn journal(entries: usize) -> Vec<u8> {
    let mut random = Random::new(441);
    let mut bytes = Vec::new();
    for _ in 0..entries {
        for field in [random.below(METERS), random.skewed(90), random.skewed(6_000)] {
            let mut rest = field;
            while rest >= 128 {
                bytes.push(rest as u8 | 128);
                rest >>= 7;
            }
            bytes.push(rest as u8);
        }
    }
    bytes
}

struct Scan {
    used: Vec<u64>,
    highest: Vec<u32>,
    entries: u64,
    faults: u64,
    time: u64,
}

impl Scan {
    fn entry(&mut self, bytes: &[u8], at: &mut usize) {
        let meter = field(bytes, at) as usize;
        self.time += field(bytes, at);
        let used = field(bytes, at);
        self.entries += 1;
        if used > 5_900 {
            self.faults += 1;
            return;
        }
        self.used[meter] += used;
        self.highest[meter] = self.highest[meter].max(used as u32);
    }
}

fn field(bytes: &[u8], at: &mut usize) -> u64 {
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

fn scan(bytes: &[u8], progress: &Progress) -> Scan {
    let (used, highest) = (vec![0; METERS], vec![0; METERS]);
    let mut scan = Scan { used, highest, entries: 0, faults: 0, time: 0 };
    let mut at = 0;
    while at < bytes.len() {
        scan.entry(bytes, &mut at);
        progress.show(&scan, at);
    }
    scan
}

/// The meters in the order of what they used, and who has a tenth of it all.
fn heavy(used: &[u64]) -> usize {
    let mut sorted = used.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let tenth = used.iter().sum::<u64>() / 10;
    let mut sum = 0;
    sorted
        .iter()
        .take_while(|&&used| {
            sum += used;
            sum < tenth
        })
        .count()
}

fn main() {
    let bytes = journal(2_500_000);
    let progress = Progress::default();
    let over = AtomicBool::new(false);
    let shown = thread::scope(|scope| {
        let display = scope.spawn(|| {
            let mut shown = 0;
            while !over.load(Ordering::Acquire) {
                let part = progress.position.load(Ordering::Acquire) * 100 / bytes.len() as u64;
                shown = shown.max(part);
                thread::sleep(Duration::from_millis(25));
            }
            shown
        });
        for _ in 0..14 {
            let scan = scan(&bytes, &progress);
            let highest = scan.highest.iter().max();
            println!("{} faults, {} heavy, {highest:?}", scan.faults, heavy(&scan.used));
        }
        over.store(true, Ordering::Release);
        display.join().unwrap()
    });
    println!("{} entries, shown {}", progress.entries.load(Ordering::Acquire), shown > 0);
}
