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
pub mod words;

use harness::Rung;

pub use summary::Summary;
pub use texts::{all_new, input, read};
pub use words::words;

/// Every rung, naive first. All give the number of distinct words and the twenty most frequent
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
    use crate::table::{Key, Table};
    use harness::BadLine;
    use proptest::prelude::*;
    use std::collections::HashSet;

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

    /// Each call has a hash function of its own, and what is wrong in one may be right in the next.
    #[test]
    fn batches_are_right_with_any_hash_function() {
        let text: String = (0..32_000).map(|at| format!("{at} ")).collect(); // the index is half full
        let expected = naive::count(&text);
        for _ in 0..20 {
            assert_eq!(optimized::count(&text), expected);
        }
    }

    /// Each word twice, in the order in which they come.
    fn twice(words: impl Iterator<Item = String> + Clone) -> String {
        words.clone().chain(words).map(|word| word + " ").collect()
    }

    /// In a batch, a word is compared in two halves with whatever lies where its hash sends it.
    #[test]
    fn words_that_are_alike_in_a_half_are_told_apart_in_batches() {
        // Both halves differ from other words' by the same bits.
        let doubled = |at: u32| format!("{at:08}").repeat(2);
        harness::agree_on(RUNGS, twice((0..20_000).map(doubled)));
        // The same first half, or the same second one.
        harness::agree_on(RUNGS, twice((0..20_000).map(|at| format!("prefixed{at}"))));
        harness::agree_on(RUNGS, twice((0..20_000).map(|at| format!("{at:08}suffixed"))));
        // Second halves without a bit in common, neither among themselves nor with none at all.
        let spelt = |letters: &[u8], at: usize| -> String {
            let digit = |place| letters[at / letters.len().pow(place) % letters.len()];
            (0..8).map(|place| char::from(digit(place))).collect()
        };
        let (many, few) = (0..20_000_usize, 0..256_usize);
        let one = many.map(|at| spelt(b"AEIM", at)).map(|half| format!("prefixed{half}"));
        let other = few.map(|at| spelt(b"02", at)).map(|half| format!("prefixed{half}"));
        let alone = std::iter::once("prefixed".to_owned());
        harness::agree_on(RUNGS, twice(one.chain(other).chain(alone)));
    }

    /// A hash that loses bits makes the table slow and no count wrong.
    #[test]
    fn words_that_differ_anywhere_get_other_hashes() {
        let table = Table::new();
        let alike: [fn(u64) -> Key; 4] =
            [|n| [n, 7], |n| [n << 40, 7], |n| [7, n], |n| [7, n << 40]];
        for keys in alike {
            let hashes: Vec<u32> = (1..=1_000).map(|n| table.hash(keys(n))).collect();
            let distinct: HashSet<u32> = hashes.iter().copied().collect();
            assert!(distinct.len() > 990, "{} of 1000", distinct.len());
            let ones: u32 = hashes.iter().map(|hash| hash.count_ones()).sum();
            assert!((14_000..18_000).contains(&ones), "{ones} of 32000 bits");
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
