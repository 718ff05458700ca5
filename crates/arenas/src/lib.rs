#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod bump;
pub mod edges;
mod file;
pub mod index;
pub mod lexer;
pub mod meaning;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod reset;
pub mod text;
pub mod token;

pub use file::from_file;
use harness::Rung;

use meaning::Summary;
pub use text::{one_list, rules};
use token::Error;

/// Every rung, slowest first. All parse a text into a tree, fold the tree and drop it.
///
/// The rungs that reuse memory keep it per thread, not per input: inputs take turns, and if each
/// came with an arena of its own, that arena would be cold, which no program that reuses one will
/// see.
pub const RUNGS: &[Rung<String, Result<Summary, Error>>] = &[
    Rung::new("naive", |text: &String| naive::fold(text)).data(|text| nodes(text) * naive::NODE),
    Rung::new("index", |text: &String| index::fold(text)).data(|text| nodes(text) * index::NODE),
    Rung::new("bump", |text: &String| bump::fold(text)).data(|text| nodes(text) * bump::NODE),
    Rung::new("reset", |text: &String| reset::fold(text)).data(|text| nodes(text) * bump::NODE),
    Rung::new("optimized", |text: &String| optimized::fold(text))
        .data(|text| nodes(text) * optimized::NODE),
    Rung::new("peer", |text: &String| peer::fold(text)).data(|text| nodes(text) * peer::NODE),
];

/// Nodes of the tree.
fn nodes(text: &str) -> usize {
    optimized::fold(text).map_or(0, |summary| summary.nodes as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use token::LIMIT;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, rules);
        harness::agree(RUNGS, one_list);
    }

    #[test]
    fn rungs_agree_at_the_edges() {
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn operators_bind_as_in_rust() {
        for (text, same) in [
            ("1 + 2 * 3 - 4 / 5", "((1 + (2 * 3)) - (4 / 5))"),
            ("9 - 4 - 3", "2"),
            ("7 | 6 & 3 < 4 + 5 % 2", "7 | (6 & (3 < (4 + (5 % 2))))"),
            ("1 > 2 | 8 / 3 * 2", "4"),
            ("-2 - -3", "1"),
        ] {
            let value = |text: &str| naive::fold(&format!("a = {text};")).unwrap().value;
            assert_eq!(value(text), value(same), "{text}");
        }
        assert_eq!(naive::fold("a = f(b, -(1 + 2));").unwrap().nodes, 7);
    }

    #[test]
    fn depth_is_bounded_and_length_is_not() {
        for (open, close) in
            [("(", ")"), ("-", ""), ("f(", ")"), ("1+", ""), ("", "+1"), ("", "*f")]
        {
            for (levels, fits) in [(LIMIT as usize, true), (LIMIT as usize + 1, false)] {
                let text = format!("b=1;a={}1{};", open.repeat(levels), close.repeat(levels));
                assert_eq!(naive::fold(&text).is_ok(), fits, "{text}");
                harness::agree_on(RUNGS, text);
            }
        }
        harness::agree_on(RUNGS, "a=1+f(2,-3);\n".repeat(10_000));
    }

    #[test]
    fn a_word_ends_where_its_bytes_say() {
        for at in 0..8 {
            for byte in 0..=255 {
                let mut eight = *b"aZ_09zA5";
                eight[at] = byte;
                let end = eight.iter().position(|&byte| !token::is_word(byte)).unwrap_or(8);
                assert_eq!(lexer::word_bytes(eight), end, "{eight:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn rungs_agree_on_anything_like_a_program(text in "([a-c_]{1,9}|[0-9]{1,3}|[-+*/%<>&|(),=;]| ){0,60}") {
            harness::agree_on(RUNGS, text);
        }

        #[test]
        fn rungs_agree_on_any_text(text: String) {
            harness::agree_on(RUNGS, text);
        }

        #[test]
        fn rungs_agree_on_damaged_programs(seed: u64, at in 0_usize..2_000, byte in "[ -~]") {
            let mut text = rules(100, seed);
            let at = at.min(text.len() - 1);
            text.replace_range(at..=at, &byte);
            harness::agree_on(RUNGS, text);
        }
    }
}
