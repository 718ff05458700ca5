//! A word of up to sixteen bytes is two integers: the same loads, ANDs and comparisons, whatever
//! its length. Such words live in a table of their own; the few longer ones go where the peer has
//! all.

use crate::counts::Counts;
use crate::summary::Summary;
use crate::table::{Table, key};
use crate::word_masks::Words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut short = Table::new();
    let mut long = Counts::default();
    for word in Words::new(text) {
        if word.len() <= 16 {
            short.add(key(text, word));
        } else {
            long.add(&text[word]);
        }
    }
    let mut summary = long.summarize();
    short.summarize(&mut summary);
    summary
}
