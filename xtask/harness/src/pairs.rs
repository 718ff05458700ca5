//! Pairs of names from a user's file: edges of a graph, trips, look-ups.

use std::collections::HashMap;
use std::iter::Take;

use crate::bad_line::{BadLine, shown};
use crate::file::{lines_of, text};
use crate::formats;
use crate::from_file::{FromFile, Rows};
use crate::layout::{Fields, Layout};
use crate::numbers::{same_columns, tokens};

/// Columns beyond which lines are no pairs with a weight and a date, but something else.
const MOST_COLUMNS: usize = 4;

const EXPECTED: &str = "expected two names per line";

/// Pairs whose names are numbered from 0 in the order in which they first come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    /// How many names there are.
    pub names: usize,
    /// The first two columns of each line.
    pub pairs: Vec<(u32, u32)>,
}

/// Reads one pair per line, separated by tabs, semicolons, commas or spaces: by what most of the
/// first lines have in common. A name is any text without those, or with them in quotes; numbers
/// are names like others. Third and fourth columns (a weight, a date) are left out. So are empty
/// lines, lines that begin with `#` or `%`, titles before the first pair, a heading over numbers,
/// and the line of a MatrixMarket file that says how large the matrix is.
///
/// # Errors
/// Names the line that is not UTF-8, has no pair, or has more columns or fewer than the first; or
/// the file has another structure.
pub fn pairs(bytes: &[u8]) -> Result<FromFile<Pairs>, BadLine> {
    formats::unlike_lines(bytes)?;
    text(bytes)?;
    let lines = content(bytes);
    let is_pair = |fields: Take<Fields>| (2..=MOST_COLUMNS).contains(&fields.count());
    let layout = Layout::of(lines.clone().map(|(_, line)| line), is_pair);
    let before = match size_line(bytes, lines.clone())? {
        Some(_) => Before { titles: 0, heading: false, size: true },
        None => Before::of(lines.clone(), &layout),
    };
    let (mut known, mut pairs, mut first) = (HashMap::new(), Vec::new(), None);
    for (line, fields) in lines.skip(before.lines()) {
        let names = Names::of(fields, &layout);
        let Names { first: Some(one), second: Some(other), columns } = names else {
            let message = format!("{} alone; {EXPECTED}", shown(fields));
            return Err(BadLine::new(line, message));
        };
        let columns = (line, columns);
        if columns.1 > MOST_COLUMNS {
            return Err(BadLine::new(line, format!("{} columns; {EXPECTED}", columns.1)));
        }
        same_columns(*first.get_or_insert(columns), columns)?;
        if one.is_empty() || other.is_empty() {
            let message = format!("{} has a name and a gap; {EXPECTED}", shown(fields));
            return Err(BadLine::new(line, message));
        }
        let mut id = |name| {
            let new = known.len() as u32; // a file has fewer bytes than that
            *known.entry(name).or_insert(new)
        };
        pairs.push((id(one), id(other)));
    }
    if pairs.is_empty() {
        return Err(BadLine::new(0, format!("nothing but comments; {EXPECTED}")));
    }
    let how = before.described(&layout);
    let rows = Rows::all("pair", pairs.len());
    Ok(FromFile { input: Pairs { names: known.len(), pairs }, how, rows })
}

/// The first two names of a line, and how many there are.
struct Names<'a> {
    first: Option<&'a [u8]>,
    second: Option<&'a [u8]>,
    columns: usize,
}

impl<'a> Names<'a> {
    /// As most lines are separated; a line that is not is taken apart by whatever may separate.
    fn of(line: &'a [u8], layout: &Layout) -> Self {
        let alike = Self::new(layout.fields(line));
        if alike.columns == layout.columns { alike } else { Self::new(tokens(line)) }
    }

    fn new(mut names: impl Iterator<Item = &'a [u8]>) -> Self {
        let (first, second) = (names.next(), names.next());
        let two = usize::from(first.is_some()) + usize::from(second.is_some());
        Self { first, second, columns: two + names.count() }
    }
}

/// Lines that have something in them, by number, without comments.
fn content(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> + Clone {
    let of_line = |(line, text): (usize, _)| (line, <[u8]>::trim_ascii(text));
    lines_of(text).map(of_line).filter(|(_, line)| !line.is_empty() && !b"#%".contains(&line[0]))
}

/// What stands before the first pair.
struct Before {
    titles: usize,
    heading: bool,
    /// Whether the file is a MatrixMarket file, whose first line says how large the matrix is.
    size: bool,
}

impl Before {
    fn of<'a>(lines: impl Iterator<Item = (usize, &'a [u8])> + Clone, layout: &Layout) -> Self {
        const BODY: usize = 64;
        let is_title =
            |line: &[u8]| layout.fits_any() && layout.fields(line).count() != layout.columns;
        let titles = lines.clone().take_while(|(_, line)| is_title(line)).count();
        let mut table = lines.skip(titles).map(|(_, line)| line);
        let Some(first) = table.next() else {
            return Self { titles: 0, heading: false, size: false };
        };
        let body: Vec<&[u8]> = table.take(BODY).collect();
        let is_number = |line: &[u8], column| {
            let field = layout.fields(line).nth(column).unwrap_or_default();
            std::str::from_utf8(field).is_ok_and(|field| field.parse::<f64>().is_ok())
        };
        // Over a column of numbers, what is none is a heading; over names nobody can tell.
        let heads =
            |column| !is_number(first, column) && body.iter().all(|line| is_number(line, column));
        let heading = !body.is_empty() && (0..layout.columns.min(MOST_COLUMNS)).any(heads);
        Self { titles, heading, size: false }
    }

    fn lines(&self) -> usize {
        self.titles + usize::from(self.heading) + usize::from(self.size)
    }

    fn described(&self, layout: &Layout) -> String {
        let mut how = format!("pairs in {}", layout.described(None));
        if self.size {
            how = format!("places of a MatrixMarket file, {how}");
        }
        if layout.columns > 2 {
            how.push_str("; the first two are the names");
        }
        how.push_str(if self.heading { "; the heading left out" } else { "" });
        match self.titles {
            0 => how,
            1 => format!("{how}; the line before the table left out"),
            titles => format!("{how}; {titles} lines before the table left out"),
        }
    }
}

/// The line of a MatrixMarket file that says how large the matrix is.
fn size_line<'a>(
    text: &[u8],
    mut lines: impl Iterator<Item = (usize, &'a [u8])>,
) -> Result<Option<usize>, BadLine> {
    let Some(kind) = formats::matrix_market(text) else { return Ok(None) };
    if !kind.to_ascii_lowercase().starts_with(b"matrix coordinate") {
        let message = format!("a MatrixMarket file of {}: only places can be pairs", shown(kind));
        return Err(BadLine::new(1, message));
    }
    let Some((line, size)) = lines.next() else { return Ok(None) };
    let numbers = size.split(u8::is_ascii_whitespace).filter(|field| !field.is_empty());
    let whole = |field: &[u8]| field.iter().all(u8::is_ascii_digit);
    if numbers.clone().count() == 3 && numbers.clone().all(whole) {
        return Ok(Some(line));
    }
    let message = format!("{} is no size of a MatrixMarket file", shown(size));
    Err(BadLine::new(line, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_numbered_as_they_come() {
        let expected = Pairs { names: 3, pairs: vec![(0, 1), (2, 0), (1, 1)] };
        for text in [
            "a b\nc a\nb b",
            "# graph\r\n900 18446744073709551616\r\n\r\n-1 900\r\n18446744073709551616 18446744073709551616\r\n",
            "%%MatrixMarket matrix coordinate real general\n% rows\n3 3 3\nx y 0.5\nz x 1\ny y 2\n",
            "From: a list\n\nx,y,0.5\nz,x,1\ny,y,2\n",
            "from,to,weight\nx,y,0.5\nz,x,1\ny,y,2\n",
            "\"x, y\",z\na,\"x, y\"\nz,z",
            "\u{feff}ä\tb\nc\tä\nb\tb\n",
        ] {
            assert_eq!(pairs(text.as_bytes()).unwrap().input, expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_pair_is_named_with_its_line() {
        for (text, line, what) in [
            (&b"a b\nc\n"[..], 2, "`c` alone; expected two names"),
            (b"a b\n\nc d e\n", 3, "3 columns, where line 1 has 2"),
            (b"to be or not to be\n", 1, "6 columns"),
            (b"a b\n\xff c\n", 2, "not UTF-8"),
            (b"", 0, "nothing but comments"),
            (b"# a b\n\n", 0, "nothing but comments"),
            (b"a,b\n,c\n", 2, "`,c` has a name and a gap"),
            (b"{\"a\": [1, 2]}\n", 1, "it is JSON"),
            (b"%%MatrixMarket matrix array real general\n2 2\n1\n", 1, "only places can be pairs"),
            (b"%%MatrixMarket matrix coordinate real\nx y\n", 2, "`x y` is no size"),
        ] {
            let wrong = pairs(text).unwrap_err();
            assert_eq!(wrong.line, line, "{wrong:?}");
            assert!(wrong.message.contains(what), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_no_pair_is_said() {
        let how = |text: &str| pairs(text.as_bytes()).unwrap().how;
        assert_eq!(how("a b\nb c\n"), "pairs in 2 columns separated by spaces");
        assert_eq!(
            how("Roads, 2024\nof the south\nfrom;to;km\na;b;1\nb;c;2\n"),
            "pairs in 3 columns separated by semicolons; the first two are the names; the heading \
             left out; 2 lines before the table left out"
        );
        let market = how("%%MatrixMarket matrix coordinate pattern general\n9 9 1\n1 2\n");
        assert!(market.starts_with("places of a MatrixMarket file, pairs in"), "{market}");
    }
}
