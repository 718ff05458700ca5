//! What every rung is given and gives back, and the two rules that all share: what is a number,
//! what is a group.

use std::borrow::Cow;

/// A delimited text and the question asked of it: the rows with the same key, how many, and the sum
/// of their values.
///
/// A record ends at a line feed or a carriage return; empty lines are no records, so that CRLF ends
/// just one. A quote opens a quoted field only where a field starts. Inside, a doubled quote is a
/// quote, and separators and line ends are text. After the closing quote, whatever comes before the
/// separator is text again. A quoted field that is never closed ends with the text. These are the
/// rules of the `csv` crate, which reads any bytes without an error.
#[derive(Debug, Clone)]
pub struct Export {
    /// The text, without a byte order mark.
    pub text: Vec<u8>,
    /// Between fields; neither a quote nor a line end.
    pub separator: u8,
    /// Column to group by, from 0.
    pub key: usize,
    /// Column to add up, from 0.
    pub value: usize,
    /// Whether the text keeps to RFC 4180, as its author may know: looked up before any clock runs.
    pub strict: bool,
}

/// Rows and sum for each key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Sorted by the key's bytes.
    pub groups: Vec<Group>,
    /// Records without a key column, without a value column, or with a value that is not a number:
    /// the header too.
    pub skipped: u64,
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The key; bytes that are not UTF-8 are replaced, after grouping.
    pub key: String,
    /// Rows and sum.
    pub totals: Totals,
}

/// What is known of one key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows with this key and a number.
    pub rows: u64,
    /// Of their values: so wide that no file can make it overflow.
    pub sum: i128,
}

impl Export {
    /// Drops byte order marks, which are not part of the first field.
    pub fn new(mut text: Vec<u8>, separator: u8, key: usize, value: usize) -> Self {
        let marks = text.chunks(3).take_while(|chunk| *chunk == b"\xef\xbb\xbf").count();
        text.drain(..marks * 3);
        let strict = is_strict(&text, separator);
        Self { text, separator, key, value, strict }
    }

    /// Bytes to read.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }
}

impl Report {
    /// Sorts the groups, whatever they were collected in, and unites those with the same key.
    pub(crate) fn new<K: AsRef<[u8]>>(
        groups: impl IntoIterator<Item = (K, Totals)>,
        skipped: u64,
    ) -> Self {
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_unstable_by(|(a, _), (b, _)| a.as_ref().cmp(b.as_ref()));
        groups.dedup_by(|(next, more), (key, totals)| {
            let same = key.as_ref() == next.as_ref();
            if same {
                totals.rows += more.rows;
                totals.sum += more.sum;
            }
            same
        });
        let group = |(key, totals): (K, Totals)| Group {
            key: String::from_utf8_lossy(key.as_ref()).into_owned(),
            totals,
        };
        Self { groups: groups.into_iter().map(group).collect(), skipped }
    }
}

impl Totals {
    /// One more row.
    #[inline]
    pub(crate) fn add(&mut self, value: i64) {
        self.rows += 1;
        self.sum += i128::from(value);
    }
}

/// Whether quotes stand around whole fields alone and are doubled within, and a carriage return
/// outside of them is followed by a line feed.
fn is_strict(mut text: &[u8], separator: u8) -> bool {
    loop {
        if let [b'"', quoted @ ..] = text {
            text = quoted;
            loop {
                let Some(quote) = text.iter().position(|&byte| byte == b'"') else { return false };
                text = &text[quote + 1..];
                let [b'"', more @ ..] = text else { break };
                text = more;
            }
        } else {
            let ends = |byte: &u8| *byte == separator || b"\"\r\n".contains(byte);
            text = &text[text.iter().position(ends).unwrap_or(text.len())..];
        }
        text = match text {
            [] => return true,
            [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => rest,
            [byte, rest @ ..] if *byte == separator => rest,
            _ => return false,
        };
    }
}

/// The field as a number, by the rules of `i64::from_str`: no spaces, no decimal point.
pub(crate) fn number(field: &[u8]) -> Option<i64> {
    str::from_utf8(field).ok()?.parse().ok()
}

/// The meaning of a field as it stands in the text; borrowed unless a quote must be taken out of
/// its middle.
pub(crate) fn unquote(field: &[u8]) -> Cow<'_, [u8]> {
    let [b'"', quoted @ ..] = field else { return Cow::Borrowed(field) };
    let quote = |rest: &[u8]| rest.iter().position(|&byte| byte == b'"');
    let Some(mut at) = quote(quoted) else { return Cow::Borrowed(quoted) };
    if at + 1 == quoted.len() {
        return Cow::Borrowed(&quoted[..at]);
    }
    let mut plain = Vec::with_capacity(quoted.len());
    let mut rest = quoted;
    loop {
        plain.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let Some((b'"', more)) = rest.split_first() else { break }; // the closing quote, if not doubled
        plain.push(b'"');
        rest = more;
        let Some(next) = quote(rest) else { break };
        at = next;
    }
    plain.extend_from_slice(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_keeps_to_the_standard_is_told_from_other_text() {
        let quoted = ["\"\"", "\"a;\"\"\r\n\";1\n", ";\"\"\"\"\r\n"];
        for text in ["", "\n", "a", "a;\r\n\r\n"].into_iter().chain(quoted) {
            assert!(is_strict(text.as_bytes(), b';'), "{text:?}");
        }
        let quotes = ["\"", "a;\"b", "a\"", "a;b\"c\"\n", "\"a\"b", "\"a\" ;1", "\"a\"\"b\"c\""];
        for text in ["\r", "a\r", "\ra", "\"a\"\rb"].into_iter().chain(quotes) {
            assert!(!is_strict(text.as_bytes(), b';'), "{text:?}");
        }
    }
}
