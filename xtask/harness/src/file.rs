//! Input from a user's file instead of a seed: "does it pay on my data?"

use std::fmt::Display;
use std::io::Read;
use std::path::Path;

use protocol::{Effort, file_bytes};

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

/// Characters of a token that an error shows.
const SHOWN: usize = 24;

/// What files begin with that have text in them, but not as text.
const PACKED: [(&[u8], &str); 6] = [
    (b"\x1f\x8b", "it is packed by gzip: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "it is packed by zstd: unpack it first"),
    (b"\xfd7zXZ", "it is packed by xz: unpack it first"),
    (b"PK\x03\x04", "it is a zip archive or an office document: save what is in it as text"),
    (b"\xff\xfe", "it is UTF-16: save it as UTF-8"),
    (b"\xfe\xff", "it is UTF-16: save it as UTF-8"),
];

/// What of a file is read: all of it, or whole lines from the beginning, as many as the most
/// thorough run may measure.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, BadLine> {
    let cannot = |error| BadLine::new(0, format!("cannot read the file: {error}"));
    let most = file_bytes(Effort::Full);
    let mut text = Vec::new();
    let file = std::fs::File::open(path).map_err(cannot)?;
    file.take(most as u64 + 1).read_to_end(&mut text).map_err(cannot)?;
    if text.is_empty() {
        return Err(BadLine::new(0, "the file is empty"));
    }
    if let Some((_, what)) = PACKED.iter().find(|(magic, _)| text.starts_with(magic)) {
        return Err(BadLine::new(0, what));
    }
    if text.len() > most {
        let end = text[..most].iter().rposition(|&byte| byte == b'\n');
        let end = end
            .ok_or_else(|| BadLine::new(1, format!("one line of more than {} MiB", most >> 20)))?;
        text.truncate(end + 1);
    }
    Ok(text)
}

/// The file as text.
///
/// # Errors
/// Names the line of the first byte that is not UTF-8.
pub fn text(bytes: &[u8]) -> Result<&str, BadLine> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (good, bad) = bytes.split_at(error.valid_up_to());
        let column = 1 + good.iter().rev().take_while(|&&byte| byte != b'\n').count();
        let message = format!("byte {column} of the line, 0x{:02x}, is not UTF-8", bad[0]);
        BadLine::new(line_at(bytes, good.len()), message)
    })
}

/// The line in which a byte is, from 1.
pub fn line_at(text: &[u8], at: usize) -> usize {
    1 + text[..at].iter().filter(|&&byte| byte == b'\n').count()
}

/// A piece of a user's file as an error shows it: short, on one line, whatever is in it.
pub fn shown(token: &[u8]) -> String {
    let text = token.utf8_chunks().fold(String::new(), |mut text, chunk| {
        text.extend(chunk.valid().chars().take(SHOWN + 1).flat_map(char::escape_debug));
        text.extend(chunk.invalid().escape_ascii().map(char::from));
        text
    });
    let short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() { format!("`{short}…`") } else { format!("`{short}`") }
}

/// Growing parts of a file, each by its number of lines and the effort that measures it: up to a
/// 256th, 64th, sixteenth, quarter and all of what a quick run reads, then what longer runs read
/// on top. A cut after which `readable` says no moves on by a few lines: it fell into a record of
/// several.
pub(crate) fn parts(text: &[u8], readable: impl Fn(&[u8]) -> bool) -> Vec<(usize, Effort)> {
    const PATIENCE: usize = 32;
    let most = |effort| text.len().min(file_bytes(effort));
    let quick = most(Effort::Quick);
    let shares = [256, 64, 16, 4, 1].map(|share| (quick / share, Effort::Quick));
    let longer = [Effort::Standard, Effort::Full].map(|effort| (most(effort), effort));
    let (mut parts, mut last) = (Vec::new(), 0);
    for (at, effort) in shares.into_iter().chain(longer) {
        let mut end = line_end(text, at);
        let mut tries = 1;
        while end > last && !readable(&text[..end]) && end < text.len() && tries < PATIENCE {
            end = line_end(text, end + 1);
            tries += 1;
        }
        if end > last && readable(&text[..end]) {
            parts.push((lines(&text[..end]), effort));
            last = end;
        }
    }
    parts
}

/// The first `n` lines.
pub(crate) fn first_lines(text: &[u8], n: usize) -> &[u8] {
    let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let end = n.checked_sub(1).map_or(Some(0), |before| ends.into_iter().nth(before));
    &text[..end.unwrap_or(text.len())]
}

/// Number of lines, a last one without a newline included.
pub(crate) fn lines(text: &[u8]) -> usize {
    let newlines = text.iter().filter(|&&byte| byte == b'\n').count();
    newlines + usize::from(text.last().is_some_and(|&byte| byte != b'\n'))
}

/// Where the line ends to which the byte before `at` belongs.
fn line_end(text: &[u8], at: usize) -> usize {
    let at = at.saturating_sub(1).min(text.len());
    text[at..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |more| at + more + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(text: &[u8], readable: impl Fn(&[u8]) -> bool) -> Vec<usize> {
        parts(text, readable).into_iter().map(|(n, _)| n).collect()
    }

    #[test]
    fn parts_grow_and_the_last_is_the_whole() {
        let text = b"one\ntwo\nthree\n".repeat(1_000);
        let sizes = sizes(&text, |part| part.ends_with(b"\n"));
        assert_eq!(sizes.len(), 5);
        assert!(sizes.is_sorted() && sizes[4] == 3_000, "{sizes:?}");
        assert!((740..=760).contains(&sizes[3]), "{sizes:?}");
        for n in sizes {
            assert_eq!(lines(first_lines(&text, n)), n);
        }
    }

    #[test]
    fn a_short_file_is_one_part() {
        assert_eq!(parts(b"one line", |_| true), [(1, Effort::Quick)]);
        assert_eq!(parts(b"\n", |_| true), [(1, Effort::Quick)]);
        assert!(parts(b"", |_| true).is_empty());
        assert_eq!(sizes(b"a\nb", |_| true), [1, 2]);
        assert_eq!([lines(b"a\nb"), lines(b"a\nb\n"), lines(b"")], [2, 2, 0]);
        assert_eq!([first_lines(b"a\nb", 0), first_lines(b"a\nb", 2)], [&b""[..], b"a\nb"]);
    }

    #[test]
    fn a_cut_within_a_record_moves_on() {
        let text = b"rule =\n1;\n".repeat(100);
        let sizes = sizes(&text, |part| part.ends_with(b";\n"));
        assert!(sizes.len() == 5 && sizes.iter().all(|n| n % 2 == 0), "{sizes:?}");
        assert!(parts(&text, |_| false).is_empty());
    }

    #[test]
    fn a_long_file_is_measured_in_part() {
        let text = vec![b'\n'; file_bytes(Effort::Standard) + 5];
        let parts = parts(&text, |_| true);
        let last: Vec<_> = parts[4..].to_vec();
        let n = file_bytes;
        let [quick, standard] = [Effort::Quick, Effort::Standard].map(|e| (n(e), e));
        assert_eq!(last, [quick, standard, (n(Effort::Standard) + 5, Effort::Full)]);
    }

    #[test]
    fn what_is_no_text_is_refused_with_advice() {
        let folder = std::env::temp_dir().join(format!("casebook-file-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("file");
        let refusal = |content: &[u8]| {
            std::fs::write(&path, content).unwrap();
            read(&path).map_err(|error| error.message)
        };
        assert_eq!(refusal(b"").unwrap_err(), "the file is empty");
        assert!(refusal(b"\x1f\x8b\x08\0").unwrap_err().contains("gzip"));
        assert!(refusal(b"\xff\xfe1\0").unwrap_err().contains("UTF-16"));
        assert_eq!(refusal(b"1\n").unwrap(), b"1\n");
        let long = vec![b'x'; file_bytes(Effort::Full) + 1];
        assert!(refusal(&long).unwrap_err().contains("one line of more than"));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(read(&path).unwrap_err().message.starts_with("cannot read the file"));
    }

    #[test]
    fn errors_show_any_bytes_shortly() {
        assert_eq!(shown(b"abc"), "`abc`");
        assert_eq!(shown("é\n".as_bytes()), "`é\\n`");
        assert_eq!(shown(b"\x7fELF\0\xff"), "`\\u{7f}ELF\\0\\xff`");
        assert_eq!(shown(&[b'x'; 1_000]).chars().count(), SHOWN + 3);
        assert_eq!(text(b"a\nb\xff").unwrap_err().line, 2);
        assert_eq!(text("ß".as_bytes()), Ok("ß"));
    }
}
