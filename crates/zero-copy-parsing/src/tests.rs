//! Every rung and every width against naive: seeded exports, malformed text, and files that are no
//! exports.

use proptest::prelude::*;

use crate::edges::TEXTS;
use crate::masks::Width;
use crate::{Export, RUNGS, carryless, edges, from_file, input, naive, optimized, survey};

/// All rungs, and all widths that this machine has.
fn agree_on(export: Export) {
    for &width in Width::available() {
        let (naive, wide) = (naive::sums(&export), optimized::sums_with(&export, width));
        assert_eq!(naive, wide, "{width:?} on {:?}", export.text.escape_ascii().to_string());
    }
    harness::agree_on(RUNGS, export);
}

#[test]
fn rungs_agree() {
    harness::agree(RUNGS, input);
    harness::agree(RUNGS, survey);
}

/// The limit of this case is to read as many bytes.
#[test]
fn an_export_has_the_bytes_of_its_text() {
    assert_eq!(Export::new("\u{feff}a,1\n".into(), b',', 0, 1).bytes(), 4);
}

/// Without any, those who go through all of them would check nothing.
#[test]
fn every_machine_has_a_width() {
    assert!(Width::available().contains(&Width::Word));
}

/// `carryless` is left out where there is no product, and `index` never has one.
#[test]
fn products_are_told_from_shifts() {
    let shifts = Width::widest_without_products();
    assert_eq!(carryless::needs().is_ok(), Width::widest() != shifts);
    #[cfg(target_arch = "x86_64")]
    {
        let avx2 = Width::available().contains(&Width::Avx2);
        assert_eq!(shifts == Width::Avx2, avx2);
        let product = avx2 && is_x86_feature_detected!("pclmulqdq");
        assert_eq!(Width::available().contains(&Width::Carryless), product);
    }
}

#[test]
fn widths_agree_on_exports() {
    for n in [0, 1, 2, 100, 1_000] {
        for export in [input(n, 1), input(n, 2), survey(n, 1)] {
            assert!(export.strict, "nothing that is timed is left to the peer");
            agree_on(export);
        }
    }
}

#[test]
fn rungs_and_widths_agree_on_edges() {
    edges::edges().into_iter().for_each(agree_on);
}

/// Key, rows and sum.
type Expected = (&'static str, u64, i128);

/// What the rows of each of the texts add up to if the second column is grouped by the first, and
/// records skipped.
const MEANINGS: [(&[Expected], u64); 25] = [
    (&[], 0),
    (&[], 0),
    (&[], 0),
    (&[("a", 1, 1)], 0),
    (&[("a", 1, 1)], 0),
    (&[("a", 2, 4), ("b", 1, 2)], 0),
    (&[("a", 2, 3), ("b", 1, 3)], 0),
    (&[("a", 3, 7)], 1),
    (&[("a", 1, 1)], 5),
    (&[("a", 2, 2 * i64::MAX as i128)], 0),
    (&[("a", 1, 1)], 1),
    (&[("a", 2, 135_802_467)], 2),
    (&[("", 1, 5)], 1),
    (&[("", 1, 1)], 1),
    (&[("a", 2, 3)], 0),
    (&[("a\nb", 1, 2), ("a\r\nb", 1, 3), ("a,b", 1, 1)], 0),
    (&[("\"", 1, 2), ("say \"a\"", 1, 1)], 0),
    (&[("a\"b", 3, 6)], 0),
    (&[("d", 1, 2)], 1),
    (&[("ab\"c", 1, 1), ("d", 1, 2)], 0),
    (&[(" \"a\"", 1, 2), ("a ", 1, 1)], 0),
    (&[("a", 1, 12)], 1),
    (&[("a", 1, 1)], 1),
    (&[], 1),
    (&[("Zürich", 1, 1), ("zebra", 1, 2)], 0),
];

#[test]
fn rungs_agree_on_texts_wherever_they_begin_and_mean_what_they_should() {
    for (text, (groups, skipped)) in TEXTS.into_iter().zip(MEANINGS) {
        let report = naive::sums(&Export::new(text.into(), b',', 0, 1));
        let found = report.groups.iter().map(|g| (g.key.as_str(), g.totals.rows, g.totals.sum));
        assert_eq!(found.collect::<Vec<_>>(), groups, "{text:?}");
        assert_eq!(report.skipped, skipped, "{text:?}");
        // Moved through the blocks of sixty-four bytes, so that each byte is once the first and
        // once the last.
        for shift in 0..66 {
            let moved = format!("{},0\n{text}", "x".repeat(shift));
            agree_on(Export::new(moved.into_bytes(), b',', 0, 1));
        }
    }
}

/// Bytes of which most mean something.
const HEAVY: &[u8] = b"\"\"\"\"\",,,,;\r\n\n\t aab1122-+\0\xe2\x82\xac";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]
    #[test]
    fn rungs_agree_on_malformed_text(
        text in proptest::collection::vec(prop::sample::select(HEAVY), 0..400),
        separator in prop::sample::select(b",;\t ".as_slice()),
        key in 0_usize..3,
        value in 0_usize..3,
    ) {
        agree_on(Export::new(text, separator, key, value));
    }

    #[test]
    fn rungs_agree_on_any_bytes(
        text: Vec<u8>,
        separator in prop::sample::select(b",\0\xe2".as_slice()),
    ) {
        agree_on(Export::new(text, separator, 0, 1));
    }

    #[test]
    fn any_file_is_read_or_refused(text: Vec<u8>) {
        if let Ok(export) = from_file(&text) {
            harness::agree_on(RUNGS, export.input);
        }
    }
}

#[test]
fn a_file_tells_its_separator_and_columns() {
    for (text, separator, value) in [
        ("a,b\n1,2\n", b',', 1),
        ("\u{feff}a\tb, c\td\n", b'\t', 2),
        ("a;b;c,d\n", b';', 2),
        ("2024-05-01 12:00:00 installed bash\n", b' ', 3),
        ("\"one, two\";3\r\n", b';', 1),
        ("\n\na,b", b',', 1),
    ] {
        let export = from_file(text.as_bytes()).unwrap().input;
        assert_eq!((export.separator, export.key, export.value), (separator, 0, value), "{text:?}");
    }
}

#[test]
fn a_file_that_is_no_export_is_refused_with_a_line() {
    for (text, line, what) in [
        ("", 0, "empty lines"),
        ("\n\r\n", 0, "empty lines"),
        ("word\nother words\n", 1, "one column"),
        ("\r\n\nword\n", 3, "one column"),
        ("a,b\nc,\"d\n\"e\",f\ng,\"h\n", 4, "not closed"),
        ("a,b\nc,\"d\n,\"\"\n", 2, "not closed"),
        ("\"a,b\n", 1, "column"),
    ] {
        let wrong = from_file(text.as_bytes()).unwrap_err();
        assert_eq!(wrong.line, line, "{text:?}: {wrong:?}");
        assert!(wrong.message.contains(what), "{text:?}: {wrong:?}");
    }
}

#[test]
fn hostile_files_are_understood_or_refused() {
    harness::hold_reader(RUNGS, from_file);
}

#[test]
fn a_file_says_how_it_is_understood() {
    let table = "Land-Ocean: Global Means\nYear,Jan,Feb\n1880,x,-25\n1881,x,***\n1882,x,3\n";
    let file = from_file(table.as_bytes()).unwrap();
    assert_eq!((file.input.separator, file.input.value, file.rows.used), (b',', 2, 2));
    assert_eq!(
        file.how,
        "3 columns separated by commas; groups by `Year`, adds up `Feb`; the line before the table \
         left out"
    );
    let unused = file.rows.unused.unwrap();
    assert_eq!((file.rows.there, unused.line), (3, 4));
    assert_eq!(unused.message, "`***` in column 3 is no whole number");
    let fractions = from_file("k1,0.1234,2.5\n".repeat(2_000).as_bytes()).unwrap();
    assert_eq!((fractions.rows.used, fractions.rows.there), (0, 2_000));
    assert!(fractions.rows.unused.unwrap().message.contains("no column behind the first"));
}
