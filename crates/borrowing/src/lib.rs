#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod blocks;
pub mod cells;
pub mod cow;
pub mod edges;
pub mod naive;
pub mod optimized;
pub mod peer;
mod table;
pub mod vectors;

use std::rc::Rc;

use harness::Rung;

pub use cells::{input, markup, read};
pub use table::Table;

/// Every rung, naive first. All give the same page of HTML.
pub const RUNGS: &[Rung<Table, Rc<Vec<u8>>>] = &[
    Rung::reusing("naive", Table::spoil, |table| table.show(naive::render)),
    Rung::reusing("cow", Table::spoil, |table| table.show(cow::render)),
    Rung::reusing("blocks", Table::spoil, |table| table.show(blocks::render)),
    Rung::reusing("vectors", Table::spoil, |table| table.show(vectors::render)),
    Rung::reusing("optimized", Table::spoil, |table| table.show(optimized::render)),
    Rung::reusing("peer", Table::spoil, |table| table.show(peer::render)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::borrow::Cow;

    const ESCAPES: [fn(&str) -> Cow<'_, str>; 3] = [cow::escape, blocks::escape, vectors::escape];

    type Render = fn(&[String], &mut Vec<u8>);
    const RENDERS: [Render; 6] = [
        naive::render,
        cow::render,
        blocks::render,
        vectors::render,
        optimized::render,
        peer::render,
    ];

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, input);
        harness::agree(RUNGS, markup);
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn five_characters_are_replaced_and_no_other() {
        let all: String = (0..=0x2fff).filter_map(char::from_u32).collect();
        let by_hand = all
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;");
        assert_eq!(naive::escape(&all), by_hand);
    }

    #[test]
    fn a_page_is_a_table_in_utf8() {
        let mut table = Table::new(vec!["a<b".to_owned(), "ö".to_owned()]);
        let page = table.show(optimized::render);
        let page = std::str::from_utf8(&page);
        assert_eq!(page, Ok("<tr><td>a&lt;b</td><td>ö</td></tr>\n"));
    }

    #[test]
    fn a_clean_text_is_lent_and_a_dirty_one_owned() {
        for escape in ESCAPES {
            for len in 0..70 {
                let text = "ö".repeat(len);
                let escaped = escape(&text);
                assert!(matches!(escaped, Cow::Borrowed(_)));
                assert_eq!((escaped.as_ptr(), escaped.len()), (text.as_ptr(), text.len()));
                assert!(matches!(escape(&(text + "&")), Cow::Owned(_)));
            }
        }
    }

    #[test]
    fn one_customer_cell_in_twenty_is_dirty() {
        let table = input(20_000, 1);
        let dirty = table.cells.iter().filter(|cell| !blocks::is_clean(cell.as_bytes())).count();
        assert!((900..1_100).contains(&dirty), "{dirty} of 20000");
    }

    #[test]
    fn a_shorter_page_leaves_nothing_of_a_longer_one() {
        for render in RENDERS {
            let mut page = vec![b'x'; 10_000];
            render(&["a".to_owned()], &mut page);
            assert_eq!(page, b"<tr><td>a</td></tr>\n");
        }
    }

    #[test]
    fn a_page_without_any_room_gets_it() {
        for cells in [vec![String::new(); 8], vec!["\"".repeat(10_000)]] {
            let mut expected = Vec::new();
            naive::render(&cells, &mut expected);
            for render in RENDERS {
                let mut page = Vec::new();
                render(&cells, &mut page);
                assert!(page == expected);
            }
        }
    }

    #[test]
    fn a_page_that_is_still_looked_at_is_left_alone() {
        let mut table = input(10, 1);
        let first = table.show(naive::render);
        table.cells.clear();
        assert!(table.show(optimized::render).is_empty());
        assert!(!first.is_empty());
    }

    #[test]
    fn a_file_that_is_not_text_says_where() {
        assert_eq!(read("a\r\n\nß".as_bytes()).unwrap().input.cells, ["a", "", "ß"]);
        let error = read(b"one\ntwo\nab\xffc\n").unwrap_err();
        assert_eq!(error.line, 3);
        assert_eq!(error.message, "byte 3 of the line, 0xff, is not UTF-8");
    }

    #[test]
    fn hostile_files_are_understood_or_refused() {
        harness::hold_reader(RUNGS, read);
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_cells(cells: Vec<String>) {
            harness::agree_on(RUNGS, Table::new(cells));
        }

        #[test]
        fn rungs_agree_on_dense_specials(
            cells in proptest::collection::vec("[ab&<>\"'\u{e9}]{0,80}", 0..20),
        ) {
            harness::agree_on(RUNGS, Table::new(cells));
        }

        #[test]
        fn escaped_text_can_be_read_back(text: String) {
            for escaped in ESCAPES.map(|escape| escape(&text).into_owned()) {
                let back = escaped
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&amp;", "&");
                prop_assert_eq!(&back, &text);
            }
        }
    }
}
