//! Every rung against naive: seeded rows, hand-made ones, any; and what naive itself must say.

use harness::BadLine;
use proptest::prelude::*;

use crate::reads;
use crate::row::{Row, end_of_long, of_name};
use crate::{RUNGS, cursors, edges, from_file, input, long_names, many_stations, naive, optimized};

/// All rungs, any number of threads, and a file that is read.
fn agree_on(text: &[u8]) {
    let expected = naive::report(text);
    for threads in 1..4 {
        assert_eq!(optimized::report_on(text, threads), expected, "{threads} threads");
        assert_eq!(reads::report(text, threads).unwrap(), expected, "{threads} threads");
    }
    harness::agree_on(RUNGS, text.to_vec());
}

fn written(text: &str) -> String {
    naive::report(text.as_bytes()).to_string()
}

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, input);
    harness::agree(RUNGS, many_stations);
    harness::agree(RUNGS, long_names);
}

#[test]
fn rungs_and_ways_agree_on_edges() {
    edges::edges().iter().for_each(|text| agree_on(text));
}

/// Halves go up, also below zero, and there is no minus before a zero.
#[test]
fn means_are_rounded_upwards() {
    for (rows, report) in [
        ("", "{}"),
        ("a;0.0", "{a=0.0/0.0/0.0}"),
        ("a;-0.0", "{a=0.0/0.0/0.0}"),
        ("a;-0.1\na;0.0", "{a=-0.1/0.0/0.0}"),
        ("a;0.1\na;0.0", "{a=0.0/0.1/0.1}"),
        ("a;-0.1\na;-0.2", "{a=-0.2/-0.1/-0.1}"),
        ("a;1.0\na;1.1\na;1.1", "{a=1.0/1.1/1.1}"),
        ("a;-1.0\na;-1.0\na;-1.1", "{a=-1.1/-1.0/-1.0}"),
        ("a;-99.9\na;99.9", "{a=-99.9/0.0/99.9}"),
        (
            "b;12.3\nä;5.0\na;-7.0\nB;1.0\n",
            "{B=1.0/1.0/1.0, a=-7.0/-7.0/-7.0, b=12.3/12.3/12.3, ä=5.0/5.0/5.0}",
        ),
    ] {
        assert_eq!(written(rows), report, "{rows}");
    }
}

#[test]
fn a_sum_of_fractions_is_rounded_before_it_is_divided() {
    let rows = "a;0.1\n".repeat(100_000) + &"a;0.2\n".repeat(100_000);
    assert_eq!(written(&rows), "{a=0.1/0.2/0.2}");
}

/// Names that are alike in what one looks at first, or whose halves differ by the same bits.
#[test]
fn names_that_are_nearly_alike_are_told_apart() {
    let agree = |name: &dyn Fn(usize) -> String| {
        let row = |at: usize| format!("{};{}.5\n", name(at), at % 90);
        let rows: String = (0..1_500).map(row).collect();
        agree_on(rows.as_bytes());
        assert_eq!(naive::report(rows.as_bytes()).stations.len(), 1_500);
    };
    for alike in [7, 8, 9, 15, 16, 17, 24, 90] {
        agree(&|at| format!("{}{at}", "k".repeat(alike)));
    }
    agree(&|at| format!("{at:07}x{at:07}"));
    agree(&|at| format!("{at:08}{at:08}{at:08}"));
}

/// What is read in words, and a name by itself, must meet in one slot.
#[test]
fn a_name_by_itself_has_the_hash_that_it_has_in_a_row() {
    for length in 1..=100 {
        let name: String = ('a'..='z').cycle().take(length).collect();
        let text = format!("{name};-12.3\n{}", "x".repeat(128));
        let (key, hash) = of_name(name.as_bytes());
        match Row::read(text.as_bytes(), 0) {
            Some(row) => {
                assert_eq!((row.key, row.hash), (key, hash), "{name}");
                assert_eq!((row.end, row.tenths, row.next), (length, -123, length + 7), "{name}");
            }
            None => assert_eq!(end_of_long(text.as_bytes(), 0), (length, hash), "{name}"),
        }
    }
}

#[test]
fn names_get_hashes_that_differ_in_their_lowest_bits() {
    for name in [|at: usize| format!("station {at}"), |at| format!("{at:099}")] {
        let low = |at| of_name(name(at).as_bytes()).1 & 1_023;
        let slots: std::collections::HashSet<u64> = (0..413).map(low).collect();
        assert!(slots.len() > 300, "{}", slots.len());
    }
}

#[test]
fn a_file_is_rows_or_refused_with_its_line() {
    let file = from_file("Aachen;-1.5\nä;12.0".as_bytes()).unwrap();
    assert_eq!((file.input, file.rows.there), ("Aachen;-1.5\nä;12.0".into(), 2));
    let long = format!("{};1.0\n", "x".repeat(101));
    for line in
        ["a", ";1.0", "a;1", "a;1.23", "a;123.4", "a;+1.0", "a;1.x", "a;-.5", "a;b;1.0", "", &long]
    {
        let wrong = from_file(format!("a;1.0\n{line}\n").as_bytes()).unwrap_err();
        assert_eq!(wrong.line, 2, "{line}: {wrong:?}");
    }
    assert_eq!(from_file(b"a;1.0\n\xff;1.0\n").unwrap_err().line, 2);
    assert!(matches!(from_file(b"\0;1.0\n"), Err(BadLine { line: 1, .. })));
}

#[test]
fn hostile_files_are_understood_or_refused() {
    harness::hold_reader(RUNGS, from_file);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rungs_agree_on_any_rows(
        names in proptest::collection::vec("[^;\n\u{feff}]{1,25}", 1..20),
        rows in proptest::collection::vec((any::<prop::sample::Index>(), -999..=999_i32), 0..300),
        ends: bool,
    ) {
        let row = |(name, tenths): &(prop::sample::Index, i32)| {
            format!("{};{:.1}\n", name.get(&names), f64::from(*tenths) / 10.0)
        };
        let mut text: String = rows.iter().map(row).collect();
        if !ends {
            text.pop();
        }
        agree_on(text.as_bytes());
    }

    /// Rows of which one byte became another are still rows, or refused; and nobody searches them
    /// forever.
    #[test]
    fn rows_with_another_byte_are_refused_or_agreed_on(
        rows in proptest::collection::vec("[a-c\u{e4}]{1,20};-?[0-9]{1,2}\\.[0-9]\n", 1..40),
        at: prop::sample::Index,
        byte in prop::sample::select(b";.-0a\n\xc3".as_slice()),
    ) {
        let mut text = rows.concat().into_bytes();
        *at.get_mut(&mut text) = byte;
        match from_file(&text) {
            Ok(file) => agree_on(&file.input),
            Err(_) => drop(std::panic::catch_unwind(|| cursors::report(&text))),
        }
    }
}
