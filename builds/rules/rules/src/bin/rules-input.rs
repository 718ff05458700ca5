//! Makes input for `rules`: `rules-input train|other SEED LINES`. The same seed gives the same
//! bytes on every machine.
//!
//! `train` has requests of a service: flat, many short texts, few numbers. `other` is its inverse:
//! samples of sensors, nested, mostly numbers, with escapes in the few texts.

use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;

/// SplitMix64 (Steele, Lea, Flood, 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(z ^ (z >> 31)) * u128::from(bound)) >> 64) as u64
    }

    /// One of these; the first come more often.
    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let [one, other] = [0; 2].map(|_| self.below(words.len() as u64) as usize);
        words[one.min(other)]
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let line: fn(&mut Dice, u64, &mut String) = match args.first().map(String::as_str) {
        Some("train") => request,
        Some("other") => sample,
        _ => return usage(),
    };
    let number = |at: usize| args.get(at).and_then(|text| text.parse().ok());
    let (Some(seed), Some(lines)) = (number(1), number(2)) else { return usage() };
    let made = write(line, seed, lines, &mut io::BufWriter::new(io::stdout().lock()));
    if made.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn usage() -> ExitCode {
    eprintln!("usage: rules-input train|other SEED LINES");
    ExitCode::from(2)
}

fn write(
    line: fn(&mut Dice, u64, &mut String),
    seed: u64,
    lines: u64,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (mut dice, mut text) = (Dice(seed), String::new());
    for at in 0..lines {
        text.clear();
        line(&mut dice, at, &mut text);
        text.push('\n');
        out.write_all(text.as_bytes())?;
    }
    out.flush()
}

fn request(dice: &mut Dice, at: u64, out: &mut String) {
    let level = dice.of(&["info", "debug", "warning", "error"]);
    let host = format!("{}-{}", dice.of(&["Web", "API", "queue", "batch"]), dice.below(40));
    let path = dice.of(&["/", "/api/items", "/api/orders", "/login", "/static/logo.png"]);
    let method = dice.of(&["GET", "POST", "PUT", "DELETE"]);
    let status = dice.of(&["200", "204", "304", "404", "500", "503"]);
    let (latency, bytes) = (dice.below(400) * dice.below(10) / 4, dice.below(20_000));
    let agent = dice.of(&["Mozilla/5.0 (X11; Linux)", "curl/8.5", "Go-http-client/2.0", "bot"]);
    let user = dice.below(5_000);
    let written = write!(
        out,
        "{{\"id\":{at},\"level\":\"{level}\",\"host\":\"{host}\",\"method\":\"{method}\",\
         \"path\":\"{path}\",\"status\":{status},\"latency\":{latency},\"bytes\":{bytes},\
         \"agent\":\"{agent}\",\"user\":{{\"id\":{user},\"email\":\"u{user}@example.org\"}}}}"
    );
    written.expect("a text takes everything");
}

fn sample(dice: &mut Dice, at: u64, out: &mut String) {
    let unit = dice.of(&["\\u00b0C", "kPa", "m\\/s", "\\\"raw\\\""]);
    let (longitude, latitude) = (dice.below(180), dice.below(90));
    let written = write!(
        out,
        "{{\"id\":{at},\"sensor\":{{\"at\":[{longitude},{latitude}],\"unit\":\"{unit}\","
    );
    written.expect("a text takes everything");
    out.push_str("\"values\":[");
    for value in 0..4 + dice.below(28) {
        let comma = if value > 0 { "," } else { "" };
        let written = write!(out, "{comma}{}.{:03}", dice.below(100), dice.below(1_000));
        written.expect("a text takes everything");
    }
    let (low, high) = (dice.below(50), 50 + dice.below(50));
    let written = write!(
        out,
        "]}},\"limits\":{{\"low\":{low},\"high\":{high}}},\"latency\":-{}.5e-1,\"note\":null}}",
        dice.below(10)
    );
    written.expect("a text takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(line: fn(&mut Dice, u64, &mut String), seed: u64) -> String {
        let mut out = Vec::new();
        write(line, seed, 200, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_seed_gives_the_same_lines_and_all_of_them_are_json() {
        for line in [request, sample] {
            let text = made(line, 1);
            assert_eq!(text, made(line, 1));
            assert_ne!(text, made(line, 2));
            assert_eq!(text.lines().count(), 200);
            for line in text.lines() {
                json::parse(line.as_bytes()).unwrap();
            }
        }
    }
}
