#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod borrowed_keys;
pub mod counts;
pub mod edges;
pub mod fast_hash;
pub mod naive;
pub mod optimized;
pub mod packed_keys;
pub mod peer;
pub mod summary;
pub mod table;
pub mod texts;
pub mod word_masks;
mod words;

use harness::Rung;

pub use summary::Summary;
pub use texts::{all_new, input, read};
pub use words::words;

/// Every rung, slowest first. All give the number of distinct words and the twenty most frequent
/// ones.
pub const RUNGS: &[Rung<String, Summary>] = &[
    Rung::new("naive", |text| naive::count(text)),
    Rung::new("fast_hash", |text| fast_hash::count(text)),
    Rung::new("borrowed_keys", |text| borrowed_keys::count(text)),
    Rung::new("word_masks", |text| word_masks::count(text)),
    Rung::new("packed_keys", |text| packed_keys::count(text)),
    Rung::new("optimized", |text| optimized::count(text)),
    Rung::new("peer", |text| peer::count(text)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Table;
    use harness::BadLine;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, input);
        harness::agree(RUNGS, all_new);
    }

    #[test]
    fn rungs_agree_on_edges() {
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn counts_are_right() {
        let text = "to be, or not to be: b\u{00e9} Be 007 007 007";
        let summary = naive::count(text);
        let word = |word: &str, count| (word.to_owned(), count);
        let top = [word("007", 3), word("be", 2), word("to", 2), word("Be", 1), word("b\u{e9}", 1)];
        assert_eq!(summary.top[..5], top);
        assert_eq!(summary.distinct, 7);
    }

    #[test]
    fn every_table_has_a_hash_function_of_its_own() {
        let hashes = |table: &Table| [[1, 0], [2, 0], [3, 4]].map(|key| table.hash(key));
        assert_ne!(hashes(&Table::new()), hashes(&Table::new()));
    }

    /// Who knows a seed can let all words collide. The table is slow then, but not wrong.
    #[test]
    fn hostile_words_are_counted() {
        let mut table = Table::new();
        for _ in 0..3 {
            for high in 1..=300 {
                table.add([table.seeds[0], high]);
            }
        }
        assert_eq!(table.hash([table.seeds[0], 1]), table.hash([table.seeds[0], 300]));
        assert!(table.entries[1..].iter().all(|entry| entry.count == 3));
        assert_eq!(table.entries.len(), 1 + 300);
    }

    /// Long enough for batches, with words that are known, new and displaced.
    #[test]
    fn rungs_agree_beyond_the_caches() {
        harness::agree_on(RUNGS, input(120_000, 1));
        for words in [40_000, 40_001, 40_063] {
            let text: String = (0..words).map(|at| format!("{} ", at * 7 % 20_011)).collect();
            harness::agree_on(RUNGS, text);
        }
    }

    #[test]
    fn masks_find_the_words_that_split_finds() {
        let text = input(3_000, 1);
        let found = word_masks::Words::new(&text).map(|word| &text[word]);
        assert!(found.eq(words(&text)));
    }

    #[test]
    fn a_file_that_is_not_text_says_where() {
        assert_eq!(read("a\nß\n".as_bytes()).unwrap().input, "a\nß\n");
        let error = read(b"one\ntwo\nab\xffc\n").unwrap_err();
        assert_eq!(error, BadLine::new(3, "byte 3 of the line, 0xff, is not UTF-8"));
        assert_eq!(read(b"\xc3").unwrap_err().line, 1);
    }

    #[test]
    fn hostile_files_are_understood_or_refused() {
        harness::hold_reader(RUNGS, read);
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_text(text: String) {
            harness::agree_on(RUNGS, text);
        }

        #[test]
        fn any_bytes_are_text_or_refused(bytes: Vec<u8>) {
            match read(&bytes) {
                Ok(text) => harness::agree_on(RUNGS, text.input),
                Err(error) => prop_assert!(error.line >= 1 || error.message.contains("no word")),
            }
        }

        #[test]
        fn rungs_agree_on_any_words(text in "[ab\u{0}\u{e9} ]{0,400}") {
            harness::agree_on(RUNGS, text);
        }
    }
}
