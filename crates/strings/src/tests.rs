//! Tags around 24 bytes that end in characters of one to four, lines of every kind, any text.

use super::*;
use crate::tag::Tag;
use proptest::prelude::*;

#[test]
fn rungs_agree() {
    for make in [input, of_24_bytes, of_25_bytes, all_different] {
        harness::agree(RUNGS, make);
    }
}

#[test]
fn rungs_agree_on_edges() {
    harness::agree_at(RUNGS, edges::edges());
}

#[test]
fn a_report_is_right() {
    let text = "1,b\n2,a\n3,a\n4\n5,c,d\n6,";
    let one = |tag: &str| (tag.to_owned(), 1);
    let top = vec![("a".to_owned(), 2), one(""), one("b"), one("c,d")];
    assert_eq!(naive::ask(&naive::load(text)), Report { events: 5, repeats: 1, top });
}

#[test]
fn layouts_are_as_large_as_said() {
    assert_eq!(size_of::<Tag>(), 24);
    assert_eq!(size_of::<compact_str::CompactString>(), size_of::<String>());
    let spills = |text: String| inline::load(&text).iter().any(|tag| tag.is_heap_allocated());
    assert!(!spills(of_24_bytes(100, 1)));
    assert!(spills(of_25_bytes(100, 1)));
}

#[test]
fn tags_come_out_as_they_went_in() {
    for text in ["", "a", "\0", "é", "aaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaa\u{bf}"] {
        assert_eq!(Tag::new(text, 0..text.len()).expect("up to 24 bytes").as_str(), text);
    }
    assert_eq!(Tag::new(&"a".repeat(25), 0..25), None);
}

/// Numbers stay what they are while the table grows, whichever kind of tag comes first.
#[test]
fn rungs_agree_beyond_the_first_table() {
    harness::agree_on(RUNGS, input(20_000, 1));
    let mixed: String = (0..5000).map(|at| format!("{at},{:01$}\n", at % 777, at % 40)).collect();
    harness::agree_on(RUNGS, mixed);
}

#[test]
fn a_file_that_is_not_text_says_where() {
    assert_eq!(read(b"1,a\n2,\xff\n").unwrap_err().line, 2);
    assert_eq!(read(b"1,a\n").unwrap().input, "1,a\n");
}

proptest! {
    #[test]
    fn rungs_agree_on_any_text(text: String) {
        harness::agree_on(RUNGS, text);
    }

    #[test]
    fn rungs_agree_on_any_lines(text in "([0-9]{0,2},?[a\u{0}\u{e9}\u{6771},]{0,26}\r?\n){0,60}") {
        harness::agree_on(RUNGS, text);
    }
}

#[test]
fn hostile_files_are_understood_or_refused() {
    harness::hold_reader(RUNGS, read);
}
