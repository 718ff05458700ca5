//! Lays out a long text in lines: where blanks are, and how many fit.

use truth::text;

const ROUNDS: usize = 15;

/// How often each of these occurs.
fn occurs(text: &[u8], wanted: u8) -> usize {
    text.iter().filter(|&&byte| byte == wanted).count()
}

/// Ends of lines, if none may be longer than so many letters.
fn wrapped(text: &[u8], width: usize) -> usize {
    let (mut lines, mut at) = (0, 0);
    while at + width < text.len() {
        let blank = text[at..at + width].iter().rposition(|&byte| byte == b' ');
        at += blank.map_or(width, |blank| blank + 1);
        lines += 1;
    }
    lines
}

fn main() {
    let text = text(1_200_000, 5000, 86);
    let bytes = text.as_bytes();
    let (mut letters, mut lines) = (0, 0);
    for round in 0..ROUNDS {
        for letter in b"etaoin" {
            letters += occurs(bytes, *letter) * (round % 3 + 1);
        }
        lines += wrapped(bytes, 60 + round % 20);
    }
    println!("{letters} {lines}");
}
