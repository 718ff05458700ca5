//! People who type for a while, go back, paste, cut, and move on: where traces come from.

use harness::data::{Rng, rand::RngExt, rng, vocabulary};

use crate::trace::Trace;

/// `edits` edits by `writers` on a text of at least `bytes` bytes.
pub fn written(edits: usize, bytes: usize, writers: usize, seed: u64) -> Trace {
    let rng = &mut rng(seed);
    let newline = if seed.is_multiple_of(2) { "\n" } else { "\r\n" };
    let mut draft = Draft::new(bytes, newline, rng);
    let mut trace =
        Trace::new(draft.sections.iter().map(|section| section.text.as_str()).collect());
    let mut writers: Vec<Writer> = (0..writers).map(|_| Writer::new(&draft, rng)).collect();
    for _ in 0..edits {
        let writer = rng.random_range(0..writers.len());
        writers[writer].edit(&mut draft, &mut trace, rng);
    }
    trace
}

/// The text as it is being written, in sections: positions are known, and an edit is cheap.
struct Draft {
    sections: Vec<Section>,
    lines: Vec<String>,
    newline: &'static str,
}

struct Section {
    text: String,
    chars: usize,
}

const SECTION: usize = 4096;

impl Draft {
    fn new(bytes: usize, newline: &'static str, rng: &mut Rng) -> Self {
        let words = vocabulary(500, 1);
        let lines: Vec<String> = (0..200).map(|_| line(&words, newline, rng)).collect();
        let mut sections = Vec::with_capacity(bytes / SECTION + 1);
        let mut left = bytes;
        loop {
            let (mut text, wanted) = (String::with_capacity(SECTION + 200), left.min(SECTION));
            while text.len() < wanted {
                text.push_str(&lines[rng.random_range(0..lines.len())]);
            }
            left = left.saturating_sub(text.len());
            sections.push(Section { chars: text.chars().count(), text });
            if left == 0 {
                return Self { sections, lines, newline };
            }
        }
    }
}

/// A line of code or prose: indented, some eight words, sometimes with what is not ASCII.
fn line(words: &[String], newline: &str, rng: &mut Rng) -> String {
    let mut line = " ".repeat(4 * rng.random_range(0..4));
    for _ in 0..rng.random_range(0..17) {
        line.push_str(&words[rng.random_range(0..words.len())]);
        line.push_str(["", ",", "é", " –", "", "日本", "", ";"][rng.random_range(0..8)]);
        line.push(' ');
    }
    line.truncate(line.trim_end().len());
    line.push_str(newline);
    line
}

/// Somebody with a cursor.
struct Writer {
    section: usize,
    at: usize,
    /// Edits until the cursor goes elsewhere.
    left: usize,
}

impl Writer {
    fn new(draft: &Draft, rng: &mut Rng) -> Self {
        let mut writer = Self { section: 0, at: 0, left: 0 };
        writer.go(draft, true, rng);
        writer
    }

    /// Moves the cursor: mostly some lines up or down, sometimes anywhere.
    fn go(&mut self, draft: &Draft, far: bool, rng: &mut Rng) {
        if far {
            self.section = rng.random_range(0..draft.sections.len());
            self.at = rng.random_range(0..=draft.sections[self.section].text.len());
        } else {
            self.at = (self.at + rng.random_range(0..600)).saturating_sub(300);
        }
        self.left = 1 + rng.random_range(0..8) * rng.random_range(0..16);
    }

    fn edit(&mut self, draft: &mut Draft, trace: &mut Trace, rng: &mut Rng) {
        if self.left == 0 {
            self.go(draft, rng.random_range(0..8) == 0, rng);
        }
        self.left -= 1;
        let (earlier, rest) = draft.sections.split_at_mut(self.section);
        let section = &mut rest[0];
        self.at = between(&section.text, self.at);
        let mut end = self.at;
        let mut new = String::new();
        match rng.random_range(0..1000) {
            0..100 => self.at = between(&section.text, self.at.saturating_sub(1)),
            100..104 => end = between(&section.text, self.at + rng.random_range(0..400)),
            104..110 => {
                let first = rng.random_range(0..draft.lines.len() - 8);
                new.extend(draft.lines[first..first + rng.random_range(1..8)].iter().cloned());
            }
            110..130 => new.push_str(draft.newline),
            _ => new.push(character(rng)),
        }
        let old = &section.text[self.at..end];
        let old_chars = old.chars().count();
        trace.push(
            earlier.iter().map(|section| section.text.len()).sum::<usize>() + self.at,
            earlier.iter().map(|section| section.chars).sum::<usize>()
                + section.text[..self.at].chars().count(),
            old,
            &new,
        );
        section.chars = section.chars - old_chars + new.chars().count();
        section.text.replace_range(self.at..end, &new);
        self.at += new.len();
    }
}

/// What people type: mostly small letters, in some languages more than one byte each.
fn character(rng: &mut Rng) -> char {
    match rng.random_range(0..100) {
        0..16 => ' ',
        16..19 => ['é', 'ß', 'ł', '日', '本', '–', '🙂'][rng.random_range(0..7)],
        _ => rng.random_range('a'..='z'),
    }
}

/// The last position up to `at` where a cursor can stand: not within a character, nor within CRLF.
fn between(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    at - usize::from(text[..at].ends_with('\r'))
}
