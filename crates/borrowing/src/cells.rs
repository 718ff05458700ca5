//! The cells: what a page of customers or orders shows.

use std::fmt::Write;

use harness::data::{Rng, rand::RngExt, rng, words, zipf};
use harness::{BadLine, FromFile, Rows};

use crate::table::Table;

const SPECIALS: [&str; 8] = ["&", "&", "'", "'", "\"", "\"", "<", ">"];

/// `n` cells of customers: names, towns, addresses, amounts, and remarks of any length. One in
/// twenty has something to escape: an O'Neil, a Bell & Sons, a quotation in a remark.
pub fn input(n: usize, seed: u64) -> Table {
    let mut rng = rng(seed);
    let rank = zipf(words().len(), 1.0);
    let mut cell = |at: usize| {
        let mut text = String::new();
        let length = match at % 8 {
            0 | 1 | 4 => 1,
            2 | 3 => 2,
            5 => return number(&mut rng),
            6 => return address(&rank, &mut rng),
            // Most remarks are short, a few are long.
            _ => (2.0 / (1.0 - rng.random::<f64>()).powf(0.8)).min(120.0) as usize,
        };
        for word in 0..length {
            text.push_str(if word > 0 { " " } else { "" });
            text.push_str(&words()[rank(&mut rng)]);
        }
        if rng.random_bool(0.065) {
            for _ in 0..1 + length / 8 {
                insert(&mut text, &mut rng);
            }
        }
        text
    };
    Table::new((0..n).map(&mut cell).collect())
}

/// `n` cells of a page that shows source code: tags, generics, references and strings.
pub fn markup(n: usize, seed: u64) -> Table {
    let mut rng = rng(seed);
    let rank = zipf(words().len(), 1.0);
    let mut cell = |_| {
        let mut text = String::new();
        for _ in 0..rng.random_range(1..6) {
            text.push_str(&words()[rank(&mut rng)]);
            text.push_str(SPECIALS[rng.random_range(0..SPECIALS.len())]);
        }
        text
    };
    Table::new((0..n).map(&mut cell).collect())
}

/// Any UTF-8 text, a cell in each line.
///
/// # Errors
/// Names the line of the first byte that is not UTF-8; or every line is empty.
pub fn read(bytes: &[u8]) -> Result<FromFile<Table>, BadLine> {
    let cells: Vec<String> = harness::text(bytes)?.lines().map(str::to_owned).collect();
    if cells.iter().all(String::is_empty) {
        return Err(BadLine::new(0, "nothing but empty lines"));
    }
    let rows = Rows::all("line", cells.len());
    Ok(FromFile { input: Table::new(cells), how: "text, a cell in each line".to_owned(), rows })
}

fn number(rng: &mut Rng) -> String {
    let cents = 10_f64.powf(rng.random_range(2.0..7.0)) as u64;
    format!("{}.{:02} EUR", cents / 100, cents % 100)
}

fn address(rank: &impl Fn(&mut Rng) -> usize, rng: &mut Rng) -> String {
    let (name, host) = (&words()[rank(rng)], &words()[rank(rng)]);
    let mut text = format!("{name}@{host}.example");
    if rng.random_bool(0.02) {
        write!(text, " <{name}>").expect("a string takes all that is written to it");
    }
    text
}

fn insert(text: &mut String, rng: &mut Rng) {
    let at = text.floor_char_boundary(rng.random_range(0..=text.len()));
    text.insert_str(at, SPECIALS[rng.random_range(0..SPECIALS.len())]);
}
