//! Input from a user's file instead of a seed: "does it pay on my data?"

use std::fmt::Display;

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
}

/// Name of the distribution that a user's file makes.
pub(crate) const FILE: &str = "your file";

/// A sixty-fourth, an eighth and all of the file, cut after a line: how a ratio moves with size.
pub(crate) fn prefixes(text: &[u8]) -> Vec<&[u8]> {
    let mut prefixes: Vec<&[u8]> = [64, 8, 1]
        .into_iter()
        .map(|share| &text[..line_end(text, text.len() / share)])
        .filter(|prefix| !prefix.is_empty())
        .collect();
    prefixes.dedup_by_key(|prefix| prefix.len());
    prefixes
}

/// Number of lines, a last one without a newline included.
pub(crate) fn lines(text: &[u8]) -> usize {
    let newlines = text.iter().filter(|&&byte| byte == b'\n').count();
    newlines + usize::from(text.last().is_some_and(|&byte| byte != b'\n'))
}

fn line_end(text: &[u8], at: usize) -> usize {
    text[at..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |more| at + more + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_end_at_lines_and_grow() {
        let text = b"one\ntwo\nthree\n".repeat(100);
        let cut = prefixes(&text);
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|prefix| prefix.ends_with(b"\n")));
        assert!(cut.is_sorted_by_key(|prefix| prefix.len()));
        assert_eq!(cut[2], text);
    }

    #[test]
    fn a_short_file_is_one_prefix() {
        assert_eq!(prefixes(b"one line"), [b"one line"]);
        assert!(prefixes(b"").is_empty());
        assert_eq!(lines(b"a\nb"), 2);
        assert_eq!(lines(b"a\nb\n"), 2);
        assert_eq!(lines(b""), 0);
    }
}
