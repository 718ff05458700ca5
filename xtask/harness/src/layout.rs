//! How the lines of a file fall into columns. It is judged from what most of the first lines have
//! in common: a title before a table, or one line that is cut short, tells nothing.

use std::iter::Take;

use crate::bad_line::shown;

/// Lines that are judged, and bytes after which no further line is.
const LINES: usize = 1_000;
const BYTES: usize = 1 << 18;

/// What stands between columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    /// This byte, with or without spaces around it.
    Byte(u8),
    /// Any number of spaces or tabs.
    Blanks,
}

/// In the order in which they are preferred where lines say nothing.
const SEPARATORS: [Separator; 4] =
    [Separator::Byte(b'\t'), Separator::Byte(b';'), Separator::Byte(b','), Separator::Blanks];

/// Separator and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) separator: Separator,
    /// Of most lines, an empty one behind a last separator not counted.
    pub(crate) columns: usize,
    /// Whether every line ends with a separator.
    pub(crate) trailing: bool,
    /// How many of the lines are as those who asked want them.
    fitting: usize,
}

impl Layout {
    /// Judges lines that have something in them. `fits` says of the first fields of a line, a few
    /// dozen at most, whether it is one of those that are looked for.
    pub(crate) fn of<'a>(
        lines: impl Iterator<Item = &'a [u8]> + Clone,
        fits: impl Fn(Take<Fields<'a>>) -> bool,
    ) -> Self {
        const FIRST: usize = 64;
        let mut left = BYTES;
        let within = move |line: &&[u8]| {
            let any = left > 0;
            left = left.saturating_sub(line.len());
            any
        };
        let lines = lines.take(LINES).take_while(within);
        let of_separator = |separator: Separator| {
            let fit = |line: &&'a [u8]| {
                let start = &line[..line.len().min(BYTES)];
                fits(separator.fields(start).take(FIRST))
            };
            let fitting: Vec<&[u8]> = lines.clone().filter(fit).collect();
            let chosen = if fitting.is_empty() { lines.clone().collect() } else { fitting.clone() };
            Self::with(separator, &chosen, fitting.len())
        };
        let all = SEPARATORS.map(of_separator);
        let rank = |layout: &Self| (layout.fitting, layout.columns > 1);
        all.into_iter().rev().max_by_key(rank).expect("there are separators")
    }

    /// Columns that most lines have; of two equally frequent numbers the one that comes first.
    fn with(separator: Separator, lines: &[&[u8]], fitting: usize) -> Self {
        let counts: Vec<usize> = lines.iter().map(|line| separator.fields(line).count()).collect();
        let mut sorted = counts.clone();
        sorted.sort_unstable();
        let runs = sorted.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0]));
        let most = runs.clone().map(|(lines, _)| lines).max().unwrap_or(0);
        let modes: Vec<usize> =
            runs.filter(|run| run.0 == most).map(|(_, columns)| columns).collect();
        let columns = counts.iter().find(|&columns| modes.binary_search(columns).is_ok());
        let ends =
            |line: &&[u8]| matches!(separator, Separator::Byte(byte) if line.ends_with(&[byte]));
        let trailing = !lines.is_empty() && lines.iter().all(ends);
        let columns = columns.copied().unwrap_or(1) - usize::from(trailing);
        Self { separator, columns, trailing, fitting }
    }

    /// Whether any line is as it should be.
    pub(crate) fn fits_any(&self) -> bool {
        self.fitting > 0
    }

    /// The fields of a line.
    pub(crate) fn fields<'a>(&self, line: &'a [u8]) -> Fields<'a> {
        let end = match self.separator {
            Separator::Byte(byte) if self.trailing && line.ends_with(&[byte]) => line.len() - 1,
            _ => line.len(),
        };
        self.separator.fields(&line[..end])
    }

    /// In words, with the names of the columns that a heading gives.
    pub(crate) fn described(&self, heading: Option<&[u8]>) -> String {
        const NAMED: usize = 6;
        let names: Vec<&[u8]> = match heading {
            Some(line) if self.columns == 1 => vec![line],
            Some(line) => self.fields(line).collect(),
            None => Vec::new(),
        };
        let named: Vec<String> = names.iter().take(NAMED).map(|name| shown(name)).collect();
        let more = names.len() - named.len();
        let named = match (named.is_empty(), more) {
            (true, _) => String::new(),
            (false, 0) => format!(": {}", named.join(", ")),
            (false, more) => format!(": {} and {more} more", named.join(", ")),
        };
        match self.columns {
            1 => format!("one column{named}"),
            columns => format!("{columns} columns separated by {}{named}", self.separator.word()),
        }
    }
}

impl Separator {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Byte(b'\t') => "tabs",
            Self::Byte(b';') => "semicolons",
            Self::Byte(_) => "commas",
            Self::Blanks => "spaces",
        }
    }

    pub(crate) fn fields(self, line: &[u8]) -> Fields<'_> {
        Fields { rest: Some(line), separator: self }
    }
}

/// The fields of a line, without the spaces and quotes around them.
#[derive(Clone)]
pub(crate) struct Fields<'a> {
    rest: Option<&'a [u8]>,
    separator: Separator,
}

impl<'a> Iterator for Fields<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest?;
        let blanks = |byte: &&u8| match self.separator {
            Separator::Blanks => matches!(byte, b' ' | b'\t'),
            Separator::Byte(_) => **byte == b' ',
        };
        let rest = &rest[rest.iter().take_while(blanks).count()..];
        if rest.is_empty() && self.separator == Separator::Blanks {
            self.rest = None;
            return None;
        }
        let from = quoted(rest);
        let ends = |byte: &u8| match self.separator {
            Separator::Byte(separator) => *byte == separator,
            Separator::Blanks => matches!(byte, b' ' | b'\t'),
        };
        let end = rest[from..].iter().position(ends).map(|more| from + more);
        self.rest = end.map(|end| &rest[end + 1..]);
        let field = rest[..end.unwrap_or(rest.len())].trim_ascii();
        Some(field.strip_prefix(b"\"").and_then(|field| field.strip_suffix(b"\"")).unwrap_or(field))
    }
}

/// Bytes of a quotation that a field begins with; none if it is not closed.
fn quoted(field: &[u8]) -> usize {
    let Some(inner) = field.strip_prefix(b"\"") else { return 0 };
    inner.iter().position(|&byte| byte == b'"').map_or(0, |end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        let lines = text.lines().map(str::as_bytes).filter(|line| !line.is_empty());
        Layout::of(lines, |mut fields| fields.all(|field| !field.is_empty()))
    }

    fn fields(separator: Separator, line: &str) -> Vec<String> {
        let text = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
        separator.fields(line.as_bytes()).map(text).collect()
    }

    #[test]
    fn most_lines_decide() {
        let table = "Land-Ocean: Global Means\nYear,Jan,Feb\n1880,-19,-25\n1881,-20,-14\n";
        let found = layout(table);
        assert_eq!((found.separator, found.columns), (Separator::Byte(b','), 3));
        for (text, separator, columns) in [
            ("a b\nc d\n", Separator::Blanks, 2),
            ("a\tb c\nd\te\n", Separator::Byte(b'\t'), 2),
            ("1,5;2\n2,5;3\n", Separator::Byte(b';'), 2),
            ("one\n", Separator::Byte(b'\t'), 1),
        ] {
            let found = layout(text);
            assert_eq!((found.separator, found.columns), (separator, columns), "{text:?}");
        }
    }

    #[test]
    fn a_separator_behind_every_line_makes_no_column() {
        let lines = [&b"1;2;"[..], b"3;4;"];
        let found = Layout::of(lines.into_iter(), |_| true);
        assert!(found.trailing && found.columns == 2, "{found:?}");
        assert_eq!(found.fields(b"1;2;").count(), 2);
        let found = Layout::of([&b"1;2;"[..], b"3;4;5"].into_iter(), |_| true);
        assert!(!found.trailing && found.columns == 3, "{found:?}");
    }

    #[test]
    fn quotes_hold_separators_and_spaces_are_no_part_of_a_field() {
        let comma = Separator::Byte(b',');
        assert_eq!(fields(comma, "\"a, b\" , c,,"), ["a, b", "c", "", ""]);
        assert_eq!(fields(comma, "\"open, c"), ["\"open", "c"]);
        assert_eq!(fields(comma, ""), [""]);
        assert_eq!(fields(Separator::Blanks, "  a \t\"b c\"  "), ["a", "b c"]);
        assert_eq!(fields(Separator::Byte(b'\t'), "a\t\tb "), ["a", "", "b"]);
    }

    #[test]
    fn many_names_are_not_all_said() {
        let found = layout("a,b\n");
        assert_eq!(found.described(Some(b"a,b")), "2 columns separated by commas: `a`, `b`");
        let wide = "x,".repeat(100) + "x";
        assert!(layout(&wide).described(Some(wide.as_bytes())).ends_with("and 95 more"));
        assert_eq!(layout("a\n").described(None), "one column");
    }
}
