//! Texts on which it is easy to say something else: halves that are rounded, names that begin
//! alike, a last line without an end, cuts everywhere.

use crate::stations::{input, long_names, many_stations};

/// Rows by themselves.
const SHORT: [&str; 23] = [
    "",
    "a;0.0",
    "a;0.0\n",
    "a;-0.0\n",
    "a;-0.1\na;0.0\n",
    "a;0.1\na;0.0\n",
    "a;-0.1\na;-0.2\n",
    "a;-99.9\na;99.9\n",
    "a;99.9\nb;-99.9",
    "a;1.0\nb;10.0\nc;-1.0\nd;-10.0\n",
    "a;5.0\nA;5.0\na ;5.0\n a;5.0\n",
    "a;1.5\na\0;2.5\na\0\0;3.5\n\0;4.5\n\0\0;5.5\n",
    "ä;1.1\nö;2.2\nß;3.3\n€;4.4\n😀;5.5\n",
    "e\u{301};1.0\n\u{e9};2.0\n",
    "\u{10ffff};1.0\n\u{ffff};2.0\n\u{e000};3.0\n",
    "0.0;0.0\n-1.0;-1.0\n.;1.0\n-;2.0\n",
    "\"a\";1.0\n\"a;2.0\na\";3.0\n#a;4.0\n",
    "a\r;1.0\na;2.0\n\r;3.0\n",
    "a,b;1.0\na=b/c;2.0\n{a};3.0\n",
    ":;1.0\n<;2.0\n::::::::;3.0\n<<<<<<<<;4.0\n",
    "b;1.0\na;2.0\nab;3.0\nb;0.9\na;2.1\n",
    "\u{bb}\u{7b};1.0\n\u{80}\u{bb};2.0\n",
    "a;0.4\na;0.5\na;0.5\na;0.6\nb;-0.4\nb;-0.5\nb;-0.5\nb;-0.6\n",
];

/// Hand-made rows, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Vec<u8>> {
    let mut texts: Vec<String> = SHORT.map(str::to_owned).into();
    // Each again in front of so many rows that it is read in words.
    texts.extend(SHORT[2..].iter().filter(|text| text.ends_with('\n')).flat_map(|text| {
        (0..9).map(move |length| {
            format!("{text}{}", format!("{:x<1$};7.7\n", "", length + 1).repeat(40))
        })
    }));
    // Names of each length, twice, that differ in their last byte, in their first, and not at all.
    let names = |length: usize| {
        let (most, last) = ("n".repeat(length - 1), ["a", "b", "\0", "a"]);
        let ends = last.map(|last| format!("{most}{last};{}.{}\n", length % 100, length % 10));
        let begins = last.map(|first| format!("{first}{most};-{}.{}\n", length % 7, length % 9));
        ends.concat() + &begins.concat()
    };
    texts.push((1..=100).map(names).collect());
    texts.push((1..=100).rev().map(names).collect());
    texts.extend((1..=100).map(|length| names(length).repeat(8)));
    // Names that are one name's eight bytes and a `D`, which has no bit in common with a semicolon.
    texts.extend(('a'..='z').map(|letter| {
        let name = letter.to_string().repeat(8);
        let longer: String = (10..70).map(|more| format!("{name}D{more};1.0\n")).collect();
        format!("{name};2.0\n{longer}")
    }));
    // Every number that there is.
    let number = |tenths: i32| format!("{:.1}", f64::from(tenths) / 10.0);
    texts.push((-999..=999).map(|tenths| format!("one;{}\n", number(tenths))).collect());
    texts.push((-999..=999).map(|tenths| format!("n{tenths};{}\n", number(tenths))).collect());
    let mut edges: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    // Pieces are cut at places that have nothing to do with rows and letters.
    edges.push("Ö😀;-1.0\n".repeat(12_000).into_bytes());
    edges.push(many_stations(12_000, 1));
    edges.push(long_names(2_000, 1));
    edges.extend((0..4).map(|seed| input(10_000 + 7 * seed, seed as u64)));
    edges
}
