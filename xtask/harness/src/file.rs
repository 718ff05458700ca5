//! Input from a user's file instead of a seed: "does it pay on my data?"

use std::io::Read;
use std::path::Path;

use protocol::{Effort, file_bytes, line_ends};

use crate::bad_line::BadLine;
use crate::formats;

/// Name of the distribution that a user's file makes.
pub(crate) const FILE: &str = "your file";

/// Bytes of a file by which a job says how it understands it: a second is too long to wait for
/// that, however long the file is.
const SAMPLE: usize = file_bytes(Effort::Quick) / 4;

/// Lines by which a cut moves on where it fell into a record of several.
const PATIENCE: usize = 32;

/// What of a file is read: all of it, or whole lines from the beginning, as many as the most
/// thorough run may measure. Each of them ends with a line feed.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, BadLine> {
    let cannot = |error| BadLine::new(0, format!("cannot read the file: {error}"));
    let most = file_bytes(Effort::Full);
    let mut text = Vec::new();
    let file = std::fs::File::open(path).map_err(cannot)?;
    file.take(most as u64 + 1).read_to_end(&mut text).map_err(cannot)?;
    prepare(&mut text)?;
    if text.len() > most {
        let end = text[..most].iter().rposition(|&byte| byte == b'\n');
        let end = end
            .ok_or_else(|| BadLine::new(1, format!("one line of more than {} MiB", most >> 20)))?;
        text.truncate(end + 1);
    }
    Ok(text)
}

/// Makes the line ends of a file one kind, or says by name why nobody reads it.
pub(crate) fn prepare(text: &mut [u8]) -> Result<(), BadLine> {
    if text.is_empty() {
        return Err(BadLine::new(0, "the file is empty"));
    }
    if let Some(what) = formats::packed(text) {
        return Err(BadLine::new(0, what));
    }
    line_ends::unify(text);
    Ok(())
}

/// The file as text, without a byte order mark.
///
/// # Errors
/// Names the line of the first byte that is not UTF-8, or of a zero, which is in no text.
pub fn text(bytes: &[u8]) -> Result<&str, BadLine> {
    let wrong = |at: usize, what: &str| {
        let column = 1 + bytes[..at].iter().rev().take_while(|&&byte| byte != b'\n').count();
        let message = format!("byte {column} of the line, 0x{:02x}, is {what}", bytes[at]);
        BadLine::new(line_at(bytes, at), message)
    };
    let text =
        std::str::from_utf8(bytes).map_err(|error| wrong(error.valid_up_to(), "not UTF-8"))?;
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(wrong(at, "in no text: is it UTF-16 without a mark, or a program's data?"));
    }
    Ok(text.trim_start_matches('\u{feff}'))
}

/// The lines of a file by number, from 1; neither a byte order mark nor a carriage return is part
/// of one.
pub(crate) fn lines_of(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> + Clone {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let lines = text.split(|&byte| byte == b'\n');
    (1..).zip(lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line)))
}

/// The line in which a byte is, from 1.
pub fn line_at(text: &[u8], at: usize) -> usize {
    1 + text[..at].iter().filter(|&&byte| byte == b'\n').count()
}

/// Growing parts of a file, each by its number of lines and the effort that measures it: up to a
/// 256th, 64th, sixteenth, quarter and all of what a quick run reads, then what longer runs read
/// on top. Those that `readable` refuses are left out; it is not asked about more than a sample.
pub(crate) fn parts(
    text: &[u8],
    readable: impl Fn(&[u8]) -> Result<(), BadLine>,
) -> Vec<(usize, Effort)> {
    let most = |effort| text.len().min(file_bytes(effort));
    let quick = most(Effort::Quick);
    let shares = [256, 64, 16, 4, 1].map(|share| (quick / share, Effort::Quick));
    let longer = [Effort::Standard, Effort::Full].map(|effort| (most(effort), effort));
    let (mut parts, mut last) = (Vec::new(), 0);
    for (at, effort) in shares.into_iter().chain(longer) {
        let end = line_end(text, at);
        if end <= last {
            continue;
        }
        let end = if at > SAMPLE { Ok(end) } else { cut(text, at, &readable).map(|(end, ())| end) };
        if let Ok(end) = end {
            parts.push((lines(&text[..end]), effort));
            last = end;
        }
    }
    parts
}

/// Reads a file as far as its sample goes, and says where that ends.
pub(crate) fn sample<T>(
    text: &[u8],
    read: impl Fn(&[u8]) -> Result<T, BadLine>,
) -> Result<(usize, T), BadLine> {
    cut(text, SAMPLE, read)
}

/// Reads a file up to the end of a line, the one of the byte before `at`. If what is wrong is wrong
/// at that end, the cut fell into a record of several lines, and moves on by a few.
pub(crate) fn cut<T>(
    text: &[u8],
    at: usize,
    read: impl Fn(&[u8]) -> Result<T, BadLine>,
) -> Result<(usize, T), BadLine> {
    let mut end = line_end(text, at);
    for _ in 1..PATIENCE {
        match read(&text[..end]) {
            Err(wrong) if end < text.len() && wrong.line + PATIENCE > lines(&text[..end]) => {}
            other => return other.map(|read| (end, read)),
        }
        end = line_end(text, end + 1);
    }
    read(&text[..end]).map(|read| (end, read))
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
        let end = |part: &[u8]| BadLine::new(lines(part), "cut");
        let refused = |part: &[u8]| readable(part).then_some(()).ok_or_else(|| end(part));
        parts(text, refused).into_iter().map(|(n, _)| n).collect()
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
        assert_eq!(parts(b"one line", |_| Ok(())), [(1, Effort::Quick)]);
        assert_eq!(parts(b"\n", |_| Ok(())), [(1, Effort::Quick)]);
        assert!(parts(b"", |_| Ok(())).is_empty());
        assert_eq!(sizes(b"a\nb", |_| true), [1, 2]);
        assert_eq!([lines(b"a\nb"), lines(b"a\nb\n"), lines(b"")], [2, 2, 0]);
        assert_eq!([first_lines(b"a\nb", 0), first_lines(b"a\nb", 2)], [&b""[..], b"a\nb"]);
    }

    #[test]
    fn a_cut_within_a_record_moves_on() {
        let text = b"rule =\n1;\n".repeat(100);
        let found = sizes(&text, |part| part.ends_with(b";\n"));
        assert!(found.len() == 5 && found.iter().all(|n| n % 2 == 0), "{found:?}");
        assert!(sizes(&text, |_| false).is_empty());
    }

    #[test]
    fn what_is_wrong_within_a_part_is_not_looked_for_again() {
        let text = b"1\n".repeat(1_000);
        let asked = std::cell::Cell::new(0);
        let refuse = |line| {
            let asked = &asked;
            move |_: &[u8]| {
                asked.set(asked.get() + 1);
                Err::<(), _>(BadLine::new(line, "wrong"))
            }
        };
        assert!(cut(&text, 1_000, refuse(7)).is_err());
        assert_eq!(asked.replace(0), 1);
        assert!(cut(&text, 1_000, refuse(490)).is_err());
        assert!((2..=PATIENCE).contains(&asked.replace(0)));
        let long = vec![b'\n'; file_bytes(Effort::Full)];
        let read = std::cell::Cell::new(0);
        let count = |part: &[u8]| {
            read.set(read.get() + part.len());
            Ok(())
        };
        sample(&long, count).unwrap();
        parts(&long, count);
        assert!(read.get() <= 3 * SAMPLE, "{} bytes", read.get());
    }

    #[test]
    fn a_long_file_is_measured_in_part() {
        let text = vec![b'\n'; file_bytes(Effort::Standard) + 5];
        let parts = parts(&text, |_| Ok(()));
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
        assert_eq!(refusal(b"1\r2\r\n3\r").unwrap(), b"1\n2\r\n3\n");
        let long = vec![b'x'; file_bytes(Effort::Full) + 1];
        assert!(refusal(&long).unwrap_err().contains("one line of more than"));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(read(&path).unwrap_err().message.starts_with("cannot read the file"));
    }

    #[test]
    fn what_is_no_text_is_named_with_its_line() {
        assert_eq!(text(b"a\nb\xff").unwrap_err().line, 2);
        assert_eq!(text("\u{feff}ß".as_bytes()), Ok("ß"));
        assert!(text(b"a\n1\0").unwrap_err().message.contains("is in no text"));
    }
}
