//! A word of up to sixteen bytes is two integers: one load, one AND and two comparisons, whatever its length. Such
//! words live in a table of their own; the few longer ones stay with `foldhash`.

use foldhash::{HashMap, HashMapExt};

use crate::Summary;
use crate::table::{Table, key};
use crate::word_masks::Words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut short = Table::new();
    let mut long: HashMap<&str, u64> = HashMap::new();
    for word in Words::new(text) {
        if word.len() <= 16 {
            short.add(key(text, word));
        } else {
            *long.entry(&text[word]).or_default() += 1;
        }
    }
    let mut summary: Summary = long.iter().map(|(&word, &count)| (word, count)).collect();
    short.summarize(&mut summary);
    summary
}
