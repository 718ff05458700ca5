//! Meters of a city's water: rows of a name and a figure, read as bytes. Prints the meters with the
//! highest mean.

use std::collections::HashMap;

use truth::{Random, word};

const ROWS: usize = 10_000_000;

fn rows(random: &mut Random) -> Vec<u8> {
    let names: Vec<String> = (0..900).map(|at| word(at * 7)).collect();
    let mut rows = Vec::with_capacity(ROWS * 18);
    for _ in 0..ROWS {
        rows.extend_from_slice(names[random.below(names.len())].as_bytes());
        let figure = random.skewed(9_999);
        rows.push(b';');
        if random.below(4) == 0 {
            rows.push(b'-');
        }
        for digit in [figure / 1_000, figure / 100 % 10, figure / 10 % 10] {
            rows.push(b'0' + digit as u8);
        }
        rows.push(b'.');
        rows.push(b'0' + (figure % 10) as u8);
        rows.push(b'\n');
    }
    rows
}

/// A figure in tenths.
fn tenths(text: &[u8]) -> i64 {
    let (text, sign) = match text {
        [b'-', rest @ ..] => (rest, -1),
        _ => (text, 1),
    };
    let mut value = 0;
    for &byte in text {
        if byte != b'.' {
            value = value * 10 + i64::from(byte - b'0');
        }
    }
    sign * value
}

#[derive(Default)]
struct Meter {
    sum: i64,
    rows: i64,
    most: i64,
}

fn meters(rows: &[u8]) -> HashMap<Vec<u8>, Meter> {
    let mut meters: HashMap<Vec<u8>, Meter> = HashMap::new();
    for row in rows.split(|byte| *byte == b'\n') {
        let Some(at) = row.iter().position(|byte| *byte == b';') else { continue };
        let tenths = tenths(&row[at + 1..]);
        let meter = meters.entry(row[..at].to_vec()).or_default();
        meter.sum += tenths;
        meter.rows += 1;
        meter.most = meter.most.max(tenths);
    }
    meters
}

fn main() {
    let mut random = Random::new(9);
    let rows = rows(&mut random);
    let meters = meters(&rows);
    let mut means: Vec<(i64, i64, &Vec<u8>)> =
        meters.iter().map(|(name, of)| (of.sum * 100 / of.rows, of.most, name)).collect();
    means.sort_unstable();
    for (mean, most, name) in means.iter().rev().take(3) {
        println!("{} {mean} {most}", String::from_utf8_lossy(name));
    }
}
