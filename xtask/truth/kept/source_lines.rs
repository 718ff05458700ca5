//! Counts lines of code, comment and blank in sources, by language, and the identifiers that they
//! use: slices of the text, numbered once.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use truth::{Random, word};

#[derive(Default, Debug, Clone, Copy)]
struct Lines {
    code: u32,
    comment: u32,
    blank: u32,
}

/// Names by number; the text lives elsewhere.
struct Names<'a> {
    numbers: HashMap<&'a str, u32, FixedState>,
    uses: Vec<u32>,
}

impl<'a> Names<'a> {
    fn new() -> Names<'a> {
        Names { numbers: HashMap::with_hasher(FixedState::with_seed(5)), uses: Vec::new() }
    }

    fn used(&mut self, name: &'a str) {
        let next = self.uses.len() as u32;
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.uses.push(0);
        }
        self.uses[number as usize] += 1;
    }
}

fn count<'a>(source: &'a str, names: &mut Names<'a>) -> Lines {
    let mut lines = Lines::default();
    let mut within = false;
    for line in source.lines() {
        let line = line.trim_ascii();
        if line.is_empty() {
            lines.blank += 1;
        } else if within || line.starts_with("//") || line.starts_with("/*") {
            lines.comment += 1;
            within = (within || line.starts_with("/*")) && !line.ends_with("*/");
        } else {
            lines.code += 1;
            identifiers(line, names);
        }
    }
    lines
}

fn identifiers<'a>(line: &'a str, names: &mut Names<'a>) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let from = at;
                while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
                    at += 1;
                }
                names.used(&line[from..at]);
            }
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
}

fn source(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..300 + random.skewed(2_000) {
        match random.below(8) {
            0 => text.push('\n'),
            1 => text.push_str("    // what follows is not obvious\n"),
            2 => text.push_str("/* begins\n   and ends */\n"),
            _ => {
                let mut name = || word(random.skewed(3_000));
                let (a, b, c) = (name(), name(), name());
                text.push_str(&format!("    let {a} = {b}(\"quoted\\\" text\") + {c} * 24;\n"));
            }
        }
    }
    text
}

fn main() {
    let mut random = Random::new(351);
    let sources: Vec<String> = (0..400).map(|_| source(&mut random)).collect();
    let mut total = Lines::default();
    let mut most = 0;
    for _ in 0..34 {
        let mut names = Names::new();
        for source in &sources {
            let lines = count(source, &mut names);
            total.code += lines.code;
            total.comment += lines.comment;
            total.blank += lines.blank;
        }
        most = names.uses.iter().copied().max().unwrap_or(0);
    }
    println!("{total:?}, most used {most} times");
}
