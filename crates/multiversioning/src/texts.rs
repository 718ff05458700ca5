//! Texts as a server receives them: words that a language uses again and again, in paragraphs that
//! keep to one language.

use std::sync::LazyLock;

use harness::data::{Rng, rand::RngExt, rng, vocabulary};

/// A text of `n` bytes in English.
pub fn ascii(n: usize, seed: u64) -> Vec<u8> {
    static PARAGRAPHS: LazyLock<Vec<String>> = LazyLock::new(|| paragraphs(&[english], ""));
    text(n, seed, &PARAGRAPHS)
}

/// A text of `n` bytes whose paragraphs are in English, in German, in Russian or in Chinese, now
/// and then with an emoji.
pub fn mixed(n: usize, seed: u64) -> Vec<u8> {
    static PARAGRAPHS: LazyLock<Vec<String>> =
        LazyLock::new(|| paragraphs(&[english, german, russian, chinese_words], "🦀"));
    text(n, seed, &PARAGRAPHS)
}

/// A text of `n` bytes in Chinese.
pub fn chinese(n: usize, seed: u64) -> Vec<u8> {
    static PARAGRAPHS: LazyLock<Vec<String>> = LazyLock::new(|| paragraphs(&[chinese_words], ""));
    text(n, seed, &PARAGRAPHS)
}

/// Paragraphs one after the other, the first from somewhere in its middle, cut to `n` bytes; a
/// character that is cut in two is left out.
fn text(n: usize, seed: u64, paragraphs: &[String]) -> Vec<u8> {
    let mut rng = rng(seed);
    let mut text = Vec::with_capacity(n);
    while text.len() < n {
        let next = &paragraphs[rng.random_range(0..paragraphs.len())];
        let from = if text.is_empty() { rng.random_range(0..next.len()) } else { 0 };
        let next = &next[next.ceil_char_boundary(from)..];
        text.extend_from_slice(&next.as_bytes()[..next.floor_char_boundary(n - text.len())]);
        if n - text.len() < 4 {
            text.resize(n, b'.');
        }
    }
    text
}

/// About a megabyte of paragraphs, more than a branch predictor can learn by heart. One in ten ends
/// with an emoji.
fn paragraphs(languages: &[fn(&mut Rng) -> Vec<String>], emoji: &str) -> Vec<String> {
    let mut rng = rng(2021);
    let words: Vec<Vec<String>> = languages.iter().map(|language| language(&mut rng)).collect();
    let paragraph = |_| {
        let words = &words[rng.random_range(0..words.len())];
        let mut paragraph = String::new();
        for _ in 0..rng.random_range(20..200) {
            let often: f64 = rng.random::<f64>() * rng.random::<f64>() * rng.random::<f64>();
            paragraph.push_str(&words[(often * words.len() as f64) as usize]);
        }
        paragraph.push_str(if rng.random_bool(0.1) { emoji } else { "" });
        paragraph.push('\n');
        paragraph
    };
    (0..1_500).map(paragraph).collect()
}

fn english(_: &mut Rng) -> Vec<String> {
    vocabulary(2_000, 1).into_iter().map(|word| word + " ").collect()
}

/// One word in four has an umlaut, an eszett or a dash behind it.
fn german(_: &mut Rng) -> Vec<String> {
    let mut words = english(&mut rng(0));
    for (word, (plain, umlaut)) in words
        .iter_mut()
        .step_by(4)
        .zip([("a", "ä"), ("o", "ö"), ("u", "ü"), ("s", "ß"), (" ", " – ")].into_iter().cycle())
    {
        *word = word.replacen(plain, umlaut, 1);
    }
    words
}

fn russian(rng: &mut Rng) -> Vec<String> {
    words_of('а'..='я', 2..10, " ", rng)
}

fn chinese_words(rng: &mut Rng) -> Vec<String> {
    let mut words = words_of('一'..='鿿', 1..3, "", rng);
    words.iter_mut().step_by(9).for_each(|word| word.push('，'));
    words
}

fn words_of(
    letters: std::ops::RangeInclusive<char>,
    lengths: std::ops::Range<usize>,
    after: &str,
    rng: &mut Rng,
) -> Vec<String> {
    let word = |_| {
        let length = rng.random_range(lengths.clone());
        let letters = (0..length).map(|_| rng.random_range(letters.clone()));
        letters.collect::<String>() + after
    };
    (0..2_000).map(word).collect()
}
