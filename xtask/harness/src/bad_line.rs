//! Why a job cannot read a file of the user's, and how that shows what is there.

use std::fmt::Display;

/// Characters of a token that an error shows.
const SHOWN: usize = 24;

/// Why a job cannot read a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl BadLine {
    /// An error at a line, counted from 1.
    pub fn new(line: usize, message: impl Display) -> Self {
        Self { line, message: message.to_string() }
    }

    /// With more to say.
    pub(crate) fn with(mut self, more: &str) -> Self {
        self.message.push_str("; ");
        self.message.push_str(more);
        self
    }
}

/// A piece of a user's file as an error shows it: short, on one line, whatever is in it.
pub fn shown(token: &[u8]) -> String {
    let start = &token[..token.len().min(8 * SHOWN)]; // no line is too long to show its beginning
    let text = start.utf8_chunks().fold(String::new(), |mut text, chunk| {
        text.extend(chunk.valid().chars().take(SHOWN + 1).flat_map(char::escape_debug));
        text.extend(chunk.invalid().escape_ascii().map(char::from));
        text
    });
    let short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() { format!("`{short}…`") } else { format!("`{short}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_show_any_bytes_shortly() {
        assert_eq!(shown(b"abc"), "`abc`");
        assert_eq!(shown("é\n".as_bytes()), "`é\\n`");
        assert_eq!(shown(b"\x7fELF\0\xff"), "`\\u{7f}ELF\\0\\xff`");
        assert_eq!(shown(&[b'x'; 1_000]).chars().count(), SHOWN + 3);
        let long = vec![b'\xff'; 1 << 20];
        assert_eq!(shown(&long).chars().count(), SHOWN + 3);
    }
}
