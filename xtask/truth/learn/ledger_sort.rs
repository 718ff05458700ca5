//! Merges a day's bookings into a ledger in order of account and time, all of which is written out
//! with running balances.

use std::fs::File;
use std::io::{BufWriter, Write};

use truth::Random;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Booking {
    account: u32,
    second: u32,
    serial: u32,
    cents: i32,
}

fn bookings(count: usize, seed: u64) -> Vec<Booking> {
    let mut random = Random::new(seed);
    (0..count)
        .map(|serial| Booking {
            account: random.skewed(90_000) as u32,
            second: random.below(86_400) as u32,
            serial: serial as u32,
            cents: random.below(200_000) as i32 - 100_000,
        })
        .collect()
}

/// Appends a number in decimal.
fn decimal(line: &mut Vec<u8>, number: i64) {
    if number < 0 {
        line.push(b'-');
    }
    let from = line.len();
    let mut rest = number.unsigned_abs();
    loop {
        line.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    line[from..].reverse();
}

fn write(ledger: &[Booking], out: &mut impl Write) -> std::io::Result<i64> {
    let mut line = Vec::with_capacity(64);
    let (mut balance, mut lowest, mut account) = (0, 0, u32::MAX);
    for booking in ledger {
        if booking.account != account {
            (account, balance) = (booking.account, 0);
        }
        balance += i64::from(booking.cents);
        lowest = lowest.min(balance);
        line.clear();
        for number in [i64::from(account), i64::from(booking.second), balance] {
            decimal(&mut line, number);
            line.push(b';');
        }
        line.push(b'\n');
        out.write_all(&line)?;
    }
    Ok(lowest)
}

fn main() -> std::io::Result<()> {
    let path = std::env::temp_dir().join(format!("ledger-{}.txt", std::process::id()));
    let mut lowest = 0;
    for day in 0..18 {
        let mut ledger = bookings(900_000, day);
        ledger.sort_unstable();
        let mut out = BufWriter::with_capacity(1 << 16, File::create(&path)?);
        lowest = lowest.min(write(&ledger, &mut out)?);
        out.flush()?;
    }
    println!("lowest balance {lowest}");
    std::fs::remove_file(&path)
}
