#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod borrowed;
pub mod edges;
pub mod hashed_once;
pub mod inline;
pub mod interned;
pub mod naive;
pub mod numbered;
pub mod optimized;
pub mod peer;
pub mod report;
pub mod symbols;
pub mod tag;

use std::fmt::Write;
use std::sync::OnceLock;

use harness::data::{Rng, long_tail, rand::RngExt, rng, vocabulary, zipf};
use harness::{BadLine, FromFile, Rows, Rung, shown};

pub use report::Report;

/// Every rung, naive first. All load the tags of a text of events and say the same of them.
pub const RUNGS: &[Rung<String, Report>] = &[
    Rung::new("naive", |text: &String| naive::ask(&naive::load(text)))
        .data(|text| naive::bytes(&naive::load(text))),
    Rung::new("borrowed", |text: &String| borrowed::ask(&borrowed::load(text)))
        .data(|text| borrowed::bytes(&borrowed::load(text), text)),
    Rung::new("inline", |text: &String| inline::ask(&inline::load(text)))
        .data(|text| inline::bytes(&inline::load(text))),
    Rung::new("numbered", |text: &String| numbered::ask(&numbered::load(text)))
        .data(|text| numbered::bytes(&numbered::load(text))),
    Rung::new("interned", |text: &String| interned::ask(&interned::load(text)))
        .data(|text| interned::bytes(&interned::load(text))),
    Rung::new("hashed_once", |text: &String| hashed_once::ask(&hashed_once::load(text)))
        .data(|text| hashed_once::bytes(&hashed_once::load(text))),
    Rung::new("optimized", |text: &String| optimized::ask(&optimized::load(text)))
        .data(|text| optimized::bytes(&optimized::load(text))),
    Rung::new("peer", |text: &String| peer::ask(&peer::load(text)))
        .data(|text| peer::bytes(&peer::load(text))),
];

/// `n` events whose tags people made up: few make up most of them (Zipf's law), most are short, one
/// in sixteen has more than 24 bytes, and some are not English.
pub fn input(n: usize, seed: u64) -> String {
    static TAGS: OnceLock<Vec<String>> = OnceLock::new();
    let tags = TAGS.get_or_init(|| {
        let words = vocabulary(1 << 13, 1);
        let parts = |at: usize| match at % 32 {
            0..18 => 1,
            18..28 => 2,
            28..31 => 3,
            _ => 5,
        };
        let tag = |at| words[at..].iter().step_by(64).take(parts(at)).cloned().collect::<Vec<_>>();
        (0..1 << 12).map(|at| tag(at).join("-").replace("ou", "ü").replace("qu", "東")).collect()
    });
    let rank = zipf(tags.len(), 1.0);
    events(n, seed, |text, rng| text.push_str(&tags[rank(rng)]))
}

/// `n` events with tags of exactly 24 bytes, such as object ids in hexadecimal; a thousand differ.
pub fn of_24_bytes(n: usize, seed: u64) -> String {
    let tag = |text: &mut String, rng: &mut Rng| write!(text, "{}", id(rng.random_range(0..1000)));
    events(n, seed, |text, rng| tag(text, rng).expect("a string takes all"))
}

/// The same with one byte more.
pub fn of_25_bytes(n: usize, seed: u64) -> String {
    let tag = |text: &mut String, rng: &mut Rng| write!(text, "{}x", id(rng.random_range(0..1000)));
    events(n, seed, |text, rng| tag(text, rng).expect("a string takes all"))
}

/// `n` events with tags of which hardly any comes twice, 32 hexadecimal digits each, as trace
/// identifiers have.
pub fn all_different(n: usize, seed: u64) -> String {
    let tag = |text: &mut String, rng: &mut Rng| write!(text, "{:032x}", rng.random::<u128>());
    events(n, seed, |text, rng| tag(text, rng).expect("a string takes all"))
}

fn id(number: u64) -> String {
    let scattered = u128::from(number + 1) * 0x9e37_79b9_7f4a_7c15_f39c;
    format!("{:024x}", scattered & ((1 << 96) - 1))
}

fn events(n: usize, seed: u64, tag: impl Fn(&mut String, &mut Rng)) -> String {
    let mut rng = rng(seed);
    let mut text = String::with_capacity(n * 24);
    for _ in 0..n {
        let user = long_tail(&mut rng, 9..25);
        write!(text, "{user},").expect("a string takes all that is written to it");
        tag(&mut text, &mut rng);
        text.push('\n');
    }
    text
}

/// A text of lines `user,tag`.
///
/// # Errors
/// Names the line of the first byte that is not UTF-8. A line without a comma is no event, and is
/// counted.
pub fn read(bytes: &[u8]) -> Result<FromFile<String>, BadLine> {
    let text = harness::text(bytes)?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty());
    let mut without = lines.clone().filter(|(_, line)| !line.contains(','));
    let unused = without.clone().next().map(|(line, text)| {
        BadLine::new(line, format!("{} has no comma before a tag", shown(text.as_bytes())))
    });
    let there = lines.count();
    let rows = Rows { unit: "line", there, used: there - without.by_ref().count(), unused };
    let how = "events, the tag behind the first comma of each line".to_owned();
    Ok(FromFile { input: text.to_owned(), how, rows })
}

#[cfg(test)]
mod tests;
