//! The texts: what a search engine's indexer or a log shipper is fed.

use std::fmt::Write;
use std::sync::OnceLock;

use harness::data::{Rng, rand::RngExt, rng, vocabulary, zipf};
use harness::{BadLine, FromFile, Rows};

/// `n` words of prose with the names, numbers and identifiers that real text has. Few words make up
/// most of it (Zipf, 1935), and yet the number of distinct ones grows with nearly two thirds of the
/// power of `n` (Heaps, 1978).
pub fn input(n: usize, seed: u64) -> String {
    let mut rng = rng(seed);
    let rank = zipf((20.0 * (n as f64).powf(0.65)) as usize + 1, 1.0);
    let mut text = String::with_capacity(n * 8);
    let mut sentence_begins = true;
    for _ in 0..n {
        let start = text.len();
        push_word(&mut text, rank(&mut rng));
        if sentence_begins && let Some(first) = text.get_mut(start..=start) {
            first.make_ascii_uppercase();
        }
        sentence_begins = push_separator(&mut text, &mut rng);
    }
    text
}

/// `n` hexadecimal digests of 160 bits, one a line, none twice: what is left to count is that there
/// is one of each.
pub fn all_new(n: usize, seed: u64) -> String {
    let mut rng = rng(seed);
    let mut text = String::with_capacity(n * 41);
    for at in 0..n {
        let random: u128 = rng.random();
        writeln!(text, "{random:032x}{at:08x}").expect("a string takes all that is written to it");
    }
    text
}

/// Any UTF-8 text.
///
/// # Errors
/// Names the line of the first byte that is not UTF-8; or there is no word in it.
pub fn read(bytes: &[u8]) -> Result<FromFile<String>, BadLine> {
    let text = harness::text(bytes)?;
    if !text.contains(char::is_alphanumeric) {
        return Err(BadLine::new(0, "there is no word in it"));
    }
    let (how, rows) = ("words of a text".to_owned(), Rows::all("line", text.lines().count()));
    Ok(FromFile { input: text.to_owned(), how, rows })
}

/// The word of this rank: common ones are short, some are not English, and behind the first 16,384
/// come compounds, numbers and identifiers without end.
fn push_word(text: &mut String, rank: usize) {
    static COMMON: OnceLock<Vec<String>> = OnceLock::new();
    let common = COMMON.get_or_init(|| {
        let mut words = vocabulary(1 << 14, 1);
        words.sort_by_key(String::len);
        words.iter_mut().skip(5).step_by(16).for_each(|word| *word = word.replace('o', "ö"));
        words
    });
    let (rare, of) = (rank / common.len(), &common[rank % common.len()]);
    text.push_str(match (rare, rank % 8) {
        (0, _) | (_, 1) => of,
        (_, 3..) => &common[rare * 37 % common.len()],
        _ => "",
    });
    match (rare, rank % 8) {
        (0, _) => Ok(()),
        (_, 0) => write!(text, "{rank}"),
        (_, 1) => write!(text, "{rare}"),
        (_, 2) => write!(text, "{:012x}", rank as u64 * 0x9e37_79b9),
        _ => text.write_str(of),
    }
    .expect("a string takes all that is written to it");
}

/// Says whether a sentence ended.
fn push_separator(text: &mut String, rng: &mut Rng) -> bool {
    let separator = match rng.random_range(0..64) {
        0..4 => ". ",
        4 => ".\n",
        5..9 => ", ",
        9 => " (",
        10 => ") ",
        11 => ": ",
        12 => "\n",
        13..16 => "-",
        16 => "/",
        17 => "'",
        _ => " ",
    };
    text.push_str(separator);
    separator.starts_with('.')
}
