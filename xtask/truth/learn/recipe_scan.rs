//! Reads recipes without making anything of a line that is not needed: words, numbers and units.

use truth::{Random, word};

const LINES: usize = 400_000;
const ROUNDS: usize = 16;

#[derive(Default)]
struct Totals {
    words: u64,
    grams: u64,
    spoons: u64,
}

/// What a letter is: of a word, of a number, or between.
fn kind(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => 1,
        b'0'..=b'9' => 2,
        _ => 0,
    }
}

fn scan(text: &[u8], totals: &mut Totals) {
    let (mut at, mut number) = (0, 0);
    while at < text.len() {
        let from = at;
        let of = kind(text[at]);
        while at < text.len() && kind(text[at]) == of {
            at += 1;
        }
        match (of, &text[from..at]) {
            (2, digits) => number = digits.iter().fold(0, |n, d| n * 10 + u64::from(d - b'0')),
            (1, b"g") => totals.grams += number,
            (1, b"tsp") => totals.spoons += number,
            (1, _) => totals.words += 1,
            _ => {}
        }
    }
}

fn main() {
    let mut random = Random::new(76);
    let mut text = String::new();
    for _ in 0..LINES {
        let unit = ["g", "tsp"][random.below(2)];
        text += &format!(
            "{} {unit} of {} {}\n",
            random.below(900),
            word(random.below(300)),
            word(random.below(90))
        );
    }
    let mut totals = Totals::default();
    for _ in 0..ROUNDS {
        scan(text.as_bytes(), &mut totals);
    }
    println!("{} {} {}", totals.words, totals.grams, totals.spoons);
}
