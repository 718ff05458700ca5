//! Groups the lines of a log by their pattern, numbers left out, and writes each line with the
//! number of its group to a file for the next stage.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;

use truth::{Random, word};

#[derive(Default)]
struct Group {
    number: usize,
    lines: usize,
    largest: u64,
}

fn log(lines: usize) -> String {
    let mut random = Random::new(201);
    let patterns: Vec<Vec<String>> = (0..200)
        .map(|_| (0..3 + random.below(4)).map(|_| word(random.below(600))).collect())
        .collect();
    let mut text = String::new();
    for _ in 0..lines {
        for word in &patterns[random.skewed(200)] {
            text.push_str(word);
            text.push_str(&format!(" {} ", random.skewed(100_000)));
        }
        text.push('\n');
    }
    text
}

/// The line without its numbers, and the largest of these.
fn pattern<'a>(line: &str, pattern: &'a mut String) -> (&'a str, u64) {
    pattern.clear();
    let (mut number, mut largest) = (0u64, 0);
    for letter in line.chars() {
        if let Some(digit) = letter.to_digit(10) {
            number = number * 10 + u64::from(digit);
        } else {
            largest = largest.max(number);
            number = 0;
            pattern.push(letter);
        }
    }
    (pattern.as_str(), largest)
}

fn digest(text: &str, out: &mut File) -> std::io::Result<Vec<Group>> {
    let mut groups: HashMap<String, Group> = HashMap::new();
    let mut buffer = String::new();
    for (at, line) in text.lines().enumerate() {
        let (pattern, largest) = pattern(line, &mut buffer);
        for word in pattern.split_whitespace() {
            groups.entry(word.to_string()).or_default().lines += 1;
        }
        let number = groups.len();
        let group = groups.entry(pattern.to_string()).or_default();
        if group.number == 0 {
            group.number = number;
        }
        group.lines += 1;
        group.largest = group.largest.max(largest);
        if at % 8 == 0 {
            writeln!(out, "{} {} {line}", at, group.number)?;
        }
    }
    Ok(groups.into_values().collect())
}

fn main() -> std::io::Result<()> {
    let text = log(100_000);
    let path = std::env::temp_dir().join(format!("log-digest-{}.txt", std::process::id()));
    for round in 0..16 {
        let mut out = File::create(&path)?;
        let mut groups = digest(&text, &mut out)?;
        groups.sort_by_key(|group| std::cmp::Reverse(group.lines));
        let [first, ..] = groups.as_slice() else { continue };
        println!("round {round}: {} groups, {}, {}", groups.len(), first.lines, first.largest);
    }
    std::fs::remove_file(&path)
}
