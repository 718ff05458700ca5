//! The rows: stations all over the world that report what their thermometers show, in no order.

use std::io::{self, Write};
use std::sync::LazyLock;
use std::thread;

use harness::data::{Rng, rand::RngExt, rng, vocabulary};

/// Rows that have a seed of their own: the same bytes, however many threads make them.
const CHUNK: usize = 1 << 16;

/// A station that measures around a mean.
pub struct Station {
    name: String,
    /// In tenths.
    mean: i32,
}

/// As many as there are in the challenge.
pub static USUAL: LazyLock<Vec<Station>> = LazyLock::new(|| stations(names(413)));

/// As many as its rules allow.
pub static MANY: LazyLock<Vec<Station>> = LazyLock::new(|| stations(names(10_000)));

/// With names as long as its rules allow.
pub static LONG: LazyLock<Vec<Station>> = LazyLock::new(|| {
    let long = |name: &String| {
        let mut long = format!("{name} ").repeat(100);
        long.truncate(long.floor_char_boundary(100));
        long.extend(std::iter::repeat_n('x', 100 - long.len()));
        long
    };
    stations(names(413).iter().map(long).collect())
});

/// Towns: some with umlauts, some of two words.
fn names(count: usize) -> Vec<String> {
    let mut words = vocabulary(count, 2024); // the year of the challenge
    let second = words.clone();
    for (at, word) in words.iter_mut().enumerate() {
        match at % 32 {
            0 | 16 => *word = word.replace('o', "ö"),
            1 => *word = format!("{word} {}", second[at * 7 % count]),
            _ => {}
        }
        word[..1].make_ascii_uppercase();
    }
    words
}

fn stations(names: Vec<String>) -> Vec<Station> {
    let mut rng = rng(1742); // the year of Celsius's thermometer
    let mut station = |name| Station { name, mean: rng.random_range(-150..=300) };
    names.into_iter().map(&mut station).collect()
}

/// `n` rows of 413 stations.
pub fn input(n: usize, seed: u64) -> Vec<u8> {
    text(&USUAL, n, seed)
}

/// `n` rows of 10,000 stations.
pub fn many_stations(n: usize, seed: u64) -> Vec<u8> {
    text(&MANY, n, seed)
}

/// `n` rows of 413 stations with names of a hundred bytes.
pub fn long_names(n: usize, seed: u64) -> Vec<u8> {
    text(&LONG, n, seed)
}

/// The last line ends only for even seeds.
fn text(stations: &[Station], n: usize, seed: u64) -> Vec<u8> {
    let mut text = Vec::with_capacity(16 * n);
    write(stations, n as u64, seed, 1, &mut text).expect("memory takes it");
    if !seed.is_multiple_of(2) {
        text.pop();
    }
    text
}

/// Writes rows, made by so many threads.
///
/// # Errors
/// If they cannot be written.
pub fn write(
    stations: &[Station],
    rows: u64,
    seed: u64,
    threads: usize,
    to: &mut impl Write,
) -> io::Result<()> {
    let make = |chunk: u64| {
        let rows = rows.saturating_sub(chunk * CHUNK as u64).min(CHUNK as u64);
        let mut rng = rng(seed.wrapping_add(chunk << 32));
        let mut text = Vec::with_capacity(16 * rows as usize);
        (0..rows).for_each(|_| push_row(&mut text, stations, &mut rng));
        text
    };
    let chunks = rows.div_ceil(CHUNK as u64);
    for first in (0..chunks).step_by(threads) {
        thread::scope(|scope| {
            let others = (first + 1..chunks.min(first + threads as u64))
                .map(|chunk| scope.spawn(move || make(chunk)))
                .collect::<Vec<_>>();
            to.write_all(&make(first))?;
            for other in others {
                to.write_all(&other.join().expect("making rows does not panic"))?;
            }
            io::Result::Ok(())
        })?;
    }
    Ok(())
}

/// The sum of four draws is nearly normal, and unlike a true normal the same on every machine.
fn push_row(text: &mut Vec<u8>, stations: &[Station], rng: &mut Rng) {
    let station = &stations[rng.random_range(0..stations.len())];
    let noise: i32 = (0..4).map(|_| rng.random_range(-90..=90)).sum();
    let tenths = (station.mean + noise).clamp(-999, 999);
    text.extend_from_slice(station.name.as_bytes());
    text.push(b';');
    if tenths < 0 {
        text.push(b'-');
    }
    let digit = |number: u32| b'0' + (number % 10) as u8;
    let tenths = tenths.unsigned_abs();
    if tenths >= 100 {
        text.push(digit(tenths / 100));
    }
    text.extend_from_slice(&[digit(tenths / 10), b'.', digit(tenths), b'\n']);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naive;

    #[test]
    fn rows_are_the_same_for_any_number_of_threads() {
        let made = |threads| {
            let mut text = Vec::new();
            write(&USUAL, 200_000, 7, threads, &mut text).unwrap();
            text
        };
        let alone = made(1);
        assert!(alone == made(2) && alone == made(5));
        let mut seeded = input(200_000, 7);
        seeded.push(b'\n');
        assert!(alone == seeded);
        let bytes = alone.len() as f64 / 200_000.0;
        assert!((13.6..14.2).contains(&bytes), "{bytes} bytes a row, as in the challenge");
    }

    #[test]
    fn stations_are_as_many_and_names_as_long_as_the_rules_allow() {
        let stations = |text: Vec<u8>| naive::report(text.as_slice()).stations;
        assert_eq!(stations(input(20_000, 1)).len(), 413);
        assert!(stations(many_stations(20_000, 1)).len() > 8_000);
        assert!(stations(long_names(2_000, 1)).iter().all(|(name, _)| name.len() == 100));
        assert_eq!((USUAL.len(), MANY.len(), LONG.len()), (413, 10_000, 413));
    }
}
