//! Texts that are copied by quill: a word is looked for in a book, its places are noted, and the
//! book is set in lines. Nothing is wrong with it. Prints how many lines there are.

use truth::text;

/// Where lines end, if each is as long as fits.
fn lines(book: &str, wide: usize, ends: &mut Vec<usize>) {
    ends.clear();
    let (mut line, mut last) = (0, 0);
    for (at, letter) in book.char_indices() {
        if letter == ' ' || letter == '\n' {
            if at - line > wide {
                ends.push(last);
                line = last + 1;
            }
            last = at;
        }
    }
    ends.push(book.len());
}

fn main() {
    let book = text(400_000, 9_000, 1_440);
    let (mut ends, mut sum, mut found) = (Vec::new(), 0, 0);
    for wide in 40..160 {
        lines(&book, wide, &mut ends);
        sum += ends.len();
        if wide % 10 == 0 {
            found += book.match_indices("senko").count();
        }
    }
    println!("{sum} {found}");
}
