//! Exports as a shop's back office writes them.

use std::io::Write;
use std::sync::LazyLock;

use harness::data::{Rng, rand::RngExt, rng, vocabulary, zipf};

use crate::export::Export;

/// What the fields are drawn from, quoted where they must be.
struct Pool {
    stores: Vec<String>,
    products: Vec<String>,
    notes: Vec<String>,
}

static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let mut rng = rng(2005); // the year of RFC 4180
    let words = vocabulary(3_000, 1);
    let rank = zipf(words.len(), 1.0);
    let stores = (0..120).map(|_| store(&words, &mut rng)).collect();
    let products = (0..2_000).map(|_| product(&words, &mut rng)).collect();
    let notes = (0..4_096).map(|_| note(&words, &rank, &mut rng)).collect();
    Pool { stores, products, notes }
});

fn store(words: &[String], rng: &mut Rng) -> String {
    let [town, quarter] = [(); 2].map(|()| &words[rng.random_range(0..words.len())]);
    match rng.random_range(0..12) {
        0 => format!("\"{town}, {quarter}\""),
        1..4 => format!("{town} {quarter}"),
        _ => town.clone(),
    }
}

fn product(words: &[String], rng: &mut Rng) -> String {
    let [make, kind] = [(); 2].map(|()| &words[rng.random_range(0..words.len())]);
    let size = rng.random_range(2..60);
    match rng.random_range(0..10) {
        0 => format!("\"{make} {kind}, {size}\"\"\""), // inches
        1 | 2 => format!("\"{make} {kind}, {size} cm\""),
        _ => format!("{make} {kind} {size}"),
    }
}

/// Half of the customers say nothing, most of the others a few words, some a whole letter.
fn note(words: &[String], rank: &impl Fn(&mut Rng) -> usize, rng: &mut Rng) -> String {
    if rng.random_bool(0.5) {
        return String::new();
    }
    let mut text = String::from("\"");
    for at in 0..(3.0 / rng.random_range(0.02..1.0_f64)) as usize {
        text.push_str(match rng.random_range(0..60) {
            _ if at == 0 => "",
            0 => "\r\n",
            1 => " \"\"",
            2 => "\"\" ",
            3..8 => ", ",
            _ => " ",
        });
        text.push_str(&words[rank(rng)]);
    }
    text + "\""
}

/// `n` orders of about 100 bytes: three in ten products and half of the notes are quoted, one
/// order in forty is a refund, one amount in a hundred is not a number, one row in two hundred is
/// cut short. Lines end as RFC 4180 says, the last one only for even seeds. Asks for the amount by
/// store.
pub fn input(n: usize, seed: u64) -> Export {
    let Pool { stores, products, notes } = &*POOL;
    let mut rng = rng(seed);
    let store = zipf(stores.len(), 1.0);
    let mut text = Vec::with_capacity(n * 128 + 64);
    text.extend_from_slice(b"date,store,product,note,quantity,amount_cents");
    for row in 0..n {
        text.extend_from_slice(b"\r\n");
        let day = row * 366 / n;
        write!(text, "2024-{:02}-{:02},", day / 31 + 1, day % 31 + 1).expect("memory takes it");
        text.extend_from_slice(stores[store(&mut rng)].as_bytes());
        let chance = rng.random_range(0..1_000);
        if chance < 5 {
            continue;
        }
        text.push(b',');
        text.extend_from_slice(products[rng.random_range(0..products.len())].as_bytes());
        text.push(b',');
        text.extend_from_slice(notes[rng.random_range(0..notes.len())].as_bytes());
        let (quantity, price) = (rng.random_range(1..4), 99.0 / rng.random_range(0.001..1.0_f64));
        let amount = quantity * price as i64;
        match chance {
            5..10 => write!(text, ",{quantity},"),
            10..15 => write!(text, ",{quantity},n/a"),
            15..40 => write!(text, ",{quantity},-{amount}"),
            _ => write!(text, ",{quantity},{amount}"),
        }
        .expect("memory takes it");
    }
    if seed.is_multiple_of(2) {
        text.extend_from_slice(b"\r\n");
    }
    Export::new(text, b',', 1, 5)
}

/// `n` lines of a survey: which of twelve answers were ticked, as a list in JSON, and by how many.
/// The list is quoted and every letter in it is between doubled quotes. Nothing can be borrowed, no
/// column is skipped.
pub fn survey(n: usize, seed: u64) -> Export {
    let mut rng = rng(seed);
    let ticked: Vec<String> = (1..=100_u32).map(|set| answers(set * 2_477 % 4_096)).collect();
    let set = zipf(ticked.len(), 1.0);
    let mut text = Vec::with_capacity(n * 50);
    for _ in 0..n {
        text.extend_from_slice(ticked[set(&mut rng)].as_bytes());
        writeln!(text, ",\"{}\"", rng.random_range(1..500)).expect("memory takes it");
    }
    Export::new(text, b',', 0, 1)
}

/// The letters whose bits are set, as JSON in a field.
fn answers(set: u32) -> String {
    let ticked = (0..12_u8).filter(|answer| set >> answer & 1 == 1);
    let quoted: Vec<_> =
        ticked.map(|answer| format!("\"\"{}\"\"", char::from(b'a' + answer))).collect();
    format!("\"[{}]\"", quoted.join(","))
}
