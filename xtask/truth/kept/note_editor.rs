//! Replays the recorded edits of a long note, keeps its number of lines and words up to date, and
//! prints a digest of each saved state.

use truth::{Random, text};

struct Edit {
    at: usize,
    removed: usize,
    inserted: String,
}

struct Note {
    text: String,
    lines: usize,
    words: usize,
}

impl Note {
    fn open(text: String) -> Note {
        let mut note = Note { text, lines: 0, words: 0 };
        note.count();
        note
    }

    fn apply(&mut self, edit: &Edit) {
        let removed = &self.text[edit.at..edit.at + edit.removed];
        self.lines -= removed.bytes().filter(|&byte| byte == b'\n').count();
        self.lines += edit.inserted.bytes().filter(|&byte| byte == b'\n').count();
        self.text.replace_range(edit.at..edit.at + edit.removed, &edit.inserted);
    }

    /// Counts from scratch, as is done when the note is saved.
    fn count(&mut self) {
        let (mut lines, mut words, mut within) = (0, 0, false);
        for byte in self.text.bytes() {
            lines += usize::from(byte == b'\n');
            let blank = byte.is_ascii_whitespace();
            words += usize::from(!blank && !within);
            within = !blank;
        }
        (self.lines, self.words) = (lines, words);
    }

    fn digest(&self) -> u64 {
        let mut sum = 0xcbf2_9ce4_8422_2325u64;
        for byte in self.text.bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        sum
    }
}

/// Somebody types here and there, a word at a time, and takes some of it back.
fn edits(length: usize, count: usize) -> Vec<Edit> {
    let mut random = Random::new(51);
    let mut cursor = length / 3;
    let mut now = length;
    (0..count)
        .map(|number| {
            if number % 64 == 0 {
                cursor = random.below(now - 100);
            }
            let removed = if random.below(5) == 0 { random.below(12) } else { 0 };
            let inserted =
                truth::word(random.below(4_000)) + if random.below(12) == 0 { "\n" } else { " " };
            let edit = Edit { at: cursor, removed, inserted };
            now = now + edit.inserted.len() - removed;
            cursor = (cursor + edit.inserted.len()).min(now - 100);
            edit
        })
        .collect()
}

fn main() {
    let text = text(300_000, 5_000, 50);
    let edits = edits(text.len(), 50_000);
    let mut note = Note::open(text);
    for (number, edit) in edits.iter().enumerate() {
        note.apply(edit);
        if number % 500 == 0 {
            note.count();
        }
        if number % 1_000 == 0 {
            let digest = note.digest();
            println!("{} lines, {} words, {digest:016x}", note.lines, note.words);
        }
    }
}
