//! Spools records of calls to a file, reads them back in blocks, and rates them in a thread of its
//! own.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Result, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use truth::Random;

const CALLS: usize = 5_000_000;
/// Records that go from thread to thread at once.
const TOGETHER: usize = 8_192;

#[derive(Clone, Copy, Default)]
struct Call {
    customer: u32,
    zone: u16,
    minute: u16,
    seconds: u32,
}

impl Call {
    const LENGTH: usize = 12;

    fn bytes(self) -> [u8; Call::LENGTH] {
        let mut bytes = [0; Call::LENGTH];
        bytes[..4].copy_from_slice(&self.customer.to_le_bytes());
        bytes[4..6].copy_from_slice(&self.zone.to_le_bytes());
        bytes[6..8].copy_from_slice(&self.minute.to_le_bytes());
        bytes[8..].copy_from_slice(&self.seconds.to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> Call {
        Call {
            customer: u32::from_le_bytes(bytes[..4].try_into().unwrap()),
            zone: u16::from_le_bytes(bytes[4..6].try_into().unwrap()),
            minute: u16::from_le_bytes(bytes[6..8].try_into().unwrap()),
            seconds: u32::from_le_bytes(bytes[8..].try_into().unwrap()),
        }
    }
}

fn spool(path: &Path) -> Result<()> {
    let mut random = Random::new(641);
    let mut file = BufWriter::with_capacity(1 << 16, File::create(path)?);
    for _ in 0..CALLS {
        let call = Call {
            customer: random.skewed(60_000) as u32,
            zone: random.skewed(40) as u16,
            minute: random.below(1_440) as u16,
            seconds: 1 + random.skewed(5_000) as u32,
        };
        file.write_all(&call.bytes())?;
    }
    file.flush()
}

/// Reads blocks of records into vectors that come back when they are done with.
fn read(path: &Path, full: &SyncSender<Vec<Call>>, empty: &Receiver<Vec<Call>>) -> Result<()> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut block = vec![0; TOGETHER * Call::LENGTH];
    let mut left = CALLS;
    while left > 0 {
        let some = left.min(TOGETHER);
        file.read_exact(&mut block[..some * Call::LENGTH])?;
        let mut calls = empty.recv().unwrap_or_default();
        calls.clear();
        calls.extend(block[..some * Call::LENGTH].chunks_exact(Call::LENGTH).map(Call::read));
        if full.send(calls).is_err() {
            break;
        }
        left -= some;
    }
    Ok(())
}

/// Prices by zone and hour, and what each customer owes, by the hour too.
struct Rates {
    prices: [[u32; 24]; 40],
    owed: Vec<u64>,
    by_hour: [u64; 24],
}

impl Rates {
    fn rate(&mut self, call: Call) {
        let hour = usize::from(call.minute / 60);
        let started = u64::from(call.seconds.div_ceil(10));
        let cents = started * u64::from(self.prices[usize::from(call.zone)][hour]);
        self.owed[call.customer as usize] += cents;
        self.by_hour[hour] += cents;
    }
}

/// The amount that one customer in so many owes at least.
fn at_least(owed: &[u64], one_in: usize) -> u64 {
    let mut sorted = owed.to_vec();
    let at = sorted.len() - sorted.len() / one_in;
    *sorted.select_nth_unstable(at).1
}

fn main() -> Result<()> {
    let path = std::env::temp_dir().join(format!("call-records-{}", std::process::id()));
    spool(&path)?;
    let mut prices = [[0; 24]; 40];
    for (zone, hours) in prices.iter_mut().enumerate() {
        for (hour, price) in hours.iter_mut().enumerate() {
            *price = 3 + zone as u32 * 2 + u32::from((8..18).contains(&hour)) * 4;
        }
    }
    let mut rates = Rates { prices, owed: vec![0; 60_000], by_hour: [0; 24] };
    for _ in 0..60 {
        let (full, filled) = sync_channel(4);
        let (back, empty) = sync_channel(4);
        for _ in 0..3 {
            let _ = back.send(Vec::with_capacity(TOGETHER));
        }
        thread::scope(|scope| {
            let path = &path;
            let reader = scope.spawn(move || read(path, &full, &empty));
            for calls in filled {
                calls.iter().for_each(|&call| rates.rate(call));
                let _ = back.try_send(calls);
            }
            reader.join().unwrap()
        })?;
    }
    std::fs::remove_file(&path)?;
    let noon = rates.by_hour[12];
    println!("{} owed by one in ten, {noon} at noon", at_least(&rates.owed, 10));
    Ok(())
}
