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
    let text = "1,b\n2,a\n3,a\n4\n5,a\n6,c,d\n7,";
    let one = |tag: &str| (tag.to_owned(), 1);
    let top = vec![("a".to_owned(), 3), one(""), one("b"), one("c,d")];
    assert_eq!(naive::ask(&naive::load(text)), Report { events: 6, repeats: 2, top });
}

#[test]
fn layouts_are_as_large_as_said() {
    assert_eq!(size_of::<Tag>(), 24);
    assert_eq!(size_of::<compact_str::CompactString>(), size_of::<String>());
    let spills = |text: String| inline::load(&text).iter().any(|tag| tag.is_heap_allocated());
    assert!(!spills(of_24_bytes(100, 1)));
    assert!(spills(of_25_bytes(100, 1)));
}

/// What feeds the claims about memory, by hand: so many events with so many different tags.
#[test]
fn columns_are_as_large_as_said() {
    let text = |events: usize, tags: usize| -> String {
        (0..events).map(|at| format!("1,tag {:03}\n", at % tags)).collect()
    };
    let (few, many) = (text(300, 100), text(700, 100));
    let string = size_of::<String>();
    assert_eq!(naive::bytes(&naive::load(&few)), 300 * (string + 7));
    assert_eq!(borrowed::bytes(&borrowed::load(&few), &few), 300 * size_of::<&str>() + few.len());
    assert_eq!(inline::bytes(&inline::load(&few)), 300 * string);
    let long = inline::bytes(&inline::load(&format!("1,{}", "x".repeat(40))));
    assert!((string + 40..=string + 64).contains(&long), "{long}");
    // An event more is a number more, whatever the tags take.
    let numbered = |text: &str| numbered::bytes(&numbered::load(text));
    let interned = |text: &str| interned::bytes(&interned::load(text));
    let hashed_once = |text: &str| hashed_once::bytes(&hashed_once::load(text));
    let optimized = |text: &str| optimized::bytes(&optimized::load(text));
    let peer = |text: &str| peer::bytes(&peer::load(text));
    for bytes in [numbered, interned, hashed_once, optimized, peer] {
        assert_eq!(bytes(&many) - bytes(&few), 400 * 4);
    }
    for bytes in [numbered, interned, hashed_once] {
        let slots = bytes(&few) - 300 * 4 - 100 * 7;
        let slot = size_of::<(Box<str>, u32)>() + 1;
        assert!(slots.is_multiple_of(slot) && (100..300).contains(&(slots / slot)), "{slots}");
    }
    let short = size_of::<(Tag, u32)>();
    assert_eq!(optimized(&text(10, 10)), 10 * 4 + 64 * 4 + 10 * short);
    let long: String = (0..20).map(|at| format!("1,{at:030}\n")).collect();
    let (place, slot) = (16, size_of::<u32>() + 1);
    let slots = optimized(&(text(9, 9) + &long)) - 29 * 4 - 64 * 4 - 9 * short - 20 * (30 + place);
    assert!(slots.is_multiple_of(slot) && (20..60).contains(&(slots / slot)), "{slots}");
}

#[test]
fn tags_come_out_as_they_went_in() {
    for text in ["", "a", "\0", "é", "aaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaa\u{bf}"] {
        assert_eq!(Tag::new(text, 0..text.len()).expect("up to 24 bytes").as_str(), text);
    }
    assert_eq!(Tag::new(&"a".repeat(25), 0..25), None);
}

#[test]
fn a_table_is_empty_until_a_tag_of_either_kind_is_in_it() {
    for text in ["short".to_owned(), "long".repeat(9)] {
        let mut symbols = symbols::Symbols::default();
        assert!(symbols.is_empty());
        assert_eq!(symbols.number(&text, 0..text.len()), 0);
        assert!(!symbols.is_empty() && symbols.len() == 1);
    }
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
