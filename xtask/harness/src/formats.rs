//! Formats that are known by how a file begins, and by that name refused where a job cannot read
//! them: a refusal at the first byte that is odd would say nothing to whoever has such a file.

use crate::bad_line::{BadLine, shown};

/// What files begin with that have text or numbers in them, but not as text.
const PACKED: [(&[u8], &str); 26] = [
    (b"\x1f\x8b", "it is packed by gzip: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "it is packed by zstd: unpack it first"),
    (b"\xfd7zXZ", "it is packed by xz: unpack it first"),
    (b"BZh", "it is packed by bzip2: unpack it first"),
    (b"\x04\x22\x4d\x18", "it is packed by lz4: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "it is packed by 7-Zip: unpack it first"),
    (b"Rar!\x1a\x07", "it is packed by RAR: unpack it first"),
    (b"PK\x03\x04", "it is a zip archive or an office document: save what is in it as text"),
    (b"PK\x05\x06", "it is an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an office document: save what is in it as text"),
    (b"%PDF", "it is a PDF document: save what is in it as text"),
    (b"{\\rtf", "it is a rich text document: save it as plain text"),
    (b"PAR1", "it is a Parquet file: export its columns as CSV"),
    (b"ARROW1", "it is an Arrow file: export its columns as CSV"),
    (b"ORC", "it is an ORC file: export its columns as CSV"),
    (b"Obj\x01", "it is an Avro file: export its columns as CSV"),
    (b"\x93NUMPY", "it is a NumPy array: save it with `numpy.savetxt`"),
    (b"\x89HDF\r\n\x1a\n", "it is an HDF5 file: export its columns as CSV"),
    (b"CDF\x01", "it is a NetCDF file: export its columns as CSV"),
    (b"MATLAB 5.0 MAT-file", "it is a MATLAB file: export its columns as CSV"),
    (b"SQLite format 3\0", "it is an SQLite database: export a table as CSV"),
    (b"\xff\xfe\0\0", "it is UTF-32: save it as UTF-8"),
    (b"\0\0\xfe\xff", "it is UTF-32: save it as UTF-8"),
    (b"\xff\xfe", "it is UTF-16: save it as UTF-8"),
    (b"\xfe\xff", "it is UTF-16: save it as UTF-8"),
    (b"+/v8", "it is UTF-7: save it as UTF-8"),
];

/// Why no job reads a file, if it begins with the mark of such a format.
pub(crate) fn packed(bytes: &[u8]) -> Option<&'static str> {
    PACKED.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Bytes beyond which a line is no row: to be taken apart it would need minutes, and memory.
const LONGEST: usize = 2 << 20;

/// Refuses a text that is not in lines of columns: it begins like a format of another structure, or
/// has a line longer than any row.
///
/// # Errors
/// Says which.
pub fn unlike_lines(text: &[u8]) -> Result<(), BadLine> {
    if let Some(what) = nested(text) {
        return Err(BadLine::new(1, what));
    }
    let mut lines = (1..).zip(text.split(|&byte| byte == b'\n'));
    match lines.find(|(_, line)| line.len() > LONGEST) {
        Some((line, long)) => {
            let (megabytes, start) = (LONGEST >> 20, shown(long));
            let message = format!("{start}: a line of more than {megabytes} MiB is no row");
            Err(BadLine::new(line, message))
        }
        None => Ok(()),
    }
}

fn nested(text: &[u8]) -> Option<&'static str> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
    let first = text.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    let after = |mark: usize| text.get(mark..).unwrap_or_default().trim_ascii_start().first();
    let json = "it is JSON: write its values in lines of columns";
    match text {
        [b'{', ..] if matches!(after(1), Some(b'"' | b'}')) => Some(json),
        [b'[', ..] => {
            let opens = matches!(after(1), Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b']'));
            let ends = matches!(first.last(), Some(b']' | b'[' | b'{' | b'}' | b','));
            (opens && ends).then_some(json)
        }
        [b'<', b'?' | b'!' | b'a'..=b'z' | b'A'..=b'Z', ..] => {
            Some("it is XML, HTML or SVG: write its values in lines of columns")
        }
        _ if is_graphviz(first) => Some("it is a Graphviz file: write an edge in each line"),
        _ => None,
    }
}

fn is_graphviz(first: &[u8]) -> bool {
    let words = [&b"graph "[..], b"digraph ", b"strict graph ", b"strict digraph "];
    first.ends_with(b"{") && words.iter().any(|word| first.starts_with(word))
}

/// The first line of a MatrixMarket file behind its mark: "matrix coordinate real general".
pub(crate) fn matrix_market(text: &[u8]) -> Option<&[u8]> {
    let rest = text.strip_prefix(b"%%MatrixMarket")?;
    Some(rest.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_of_two_marks_is_found_first() {
        for (at, (magic, _)) in PACKED.iter().enumerate() {
            let first = PACKED.iter().position(|(known, _)| magic.starts_with(known));
            assert_eq!(first, Some(at), "{}", magic.escape_ascii());
        }
        assert!(packed(b"\xff\xfe\0\0").unwrap().contains("UTF-32"));
        assert!(packed(b"PAR1\x15").unwrap().contains("Parquet"));
        assert_eq!(packed(b"1,2\n"), None);
    }

    #[test]
    fn structures_are_known_by_their_names_and_lists_stay_lists() {
        for (text, name) in [
            ("{\"a\": 1}\n", "JSON"),
            ("\u{feff} [1, 2, 3]\n", "JSON"),
            ("[\n  {\"a\": 1},\n", "JSON"),
            ("<svg xmlns=\"x\">", "SVG"),
            ("<?xml version=\"1.0\"?>\n", "XML"),
            ("digraph g {\na -> b;\n}\n", "Graphviz"),
        ] {
            assert!(nested(text.as_bytes()).is_some_and(|what| what.contains(name)), "{text:?}");
        }
        for text in ["[2024-05-01] started\n", "[section]\na=1\n", "{name},1\n", "< 3\n", "", "["] {
            assert_eq!(nested(text.as_bytes()), None, "{text:?}");
        }
        let market = matrix_market(b"%%MatrixMarket matrix array real\n1 1\n");
        assert_eq!(market, Some(&b"matrix array real"[..]));
    }
}
