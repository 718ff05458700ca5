//! What was done to a text: the input of this case.

use std::ops::Range;

/// A text and what was done to it. Positions are in bytes and lie between characters.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// The text as it was opened.
    pub text: String,
    edits: Vec<Edit>,
    /// All that was inserted, one after the other.
    inserted: String,
    /// Bytes of the text at its end.
    len: usize,
}

/// From byte `at` on, `deleted` bytes give way to the next `inserted` bytes of what was inserted.
#[derive(Debug, Clone, Copy)]
struct Edit {
    at: u32,
    deleted: u32,
    inserted: u32,
    /// The same in characters, so that no interface has to count them.
    char_at: u32,
    chars_deleted: u32,
}

impl Trace {
    /// A text that nobody has edited yet.
    pub fn new(text: String) -> Self {
        Self { len: text.len(), text, ..Self::default() }
    }

    /// Every edit in its order: the bytes that go, and what comes in their place.
    pub fn edits(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        let mut rest = self.inserted.as_str();
        self.edits.iter().map(move |edit| {
            let (new, later) = rest.split_at(edit.inserted as usize);
            rest = later;
            (edit.at as usize..(edit.at + edit.deleted) as usize, new)
        })
    }

    /// The same edits with positions counted in characters, as some interfaces want them.
    pub fn edits_in_chars(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.edits.iter().zip(self.edits()).map(|(edit, (_, new))| {
            (edit.char_at as usize..(edit.char_at + edit.chars_deleted) as usize, new)
        })
    }

    /// Bytes of the text when all is done.
    pub fn final_len(&self) -> usize {
        self.len
    }

    /// Adds an edit to the end: at byte `at`, which is character `char_at`, `old` gives way to
    /// `new`.
    pub fn push(&mut self, at: usize, char_at: usize, old: &str, new: &str) {
        self.edits.push(Edit {
            at: at as u32,
            deleted: old.len() as u32,
            inserted: new.len() as u32,
            char_at: char_at as u32,
            chars_deleted: old.chars().count() as u32,
        });
        self.inserted.push_str(new);
        self.len = self.len - old.len() + new.len();
    }
}
