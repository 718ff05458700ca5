//! Once the table is large, short words are looked up sixty-four at a time, in two steps without a
//! guess that can go wrong: their cache misses are then waited for together and not one after the
//! other.
//!
//! Batches against memory latency: Chen, Ailamaki, Gibbons and Mowry, "Improving Hash Join
//! Performance through Prefetching", 2004. They issue prefetch instructions; here the processor
//! runs ahead by itself, as nothing in the two loops makes it guess.

use crate::counts::Counts;
use crate::summary::Summary;
use crate::table::{Key, Table, key};
use crate::word_masks::Words;

const BATCH: usize = 64;
/// Slots of an index that, with its entries, fills a private cache of a mebibyte.
const LARGE: usize = 1 << 16;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut short = Table::new();
    let mut long = Counts::default();
    let mut batch = [[0; 2]; BATCH];
    let mut waiting = 0;
    for word in Words::new(text) {
        if word.len() > 16 {
            long.add(&text[word]);
        } else if short.index.len() < LARGE {
            short.add(key(text, word));
        } else {
            batch[waiting] = key(text, word);
            waiting += 1;
            if waiting == BATCH {
                add_all(&mut short, &batch);
                waiting = 0;
            }
        }
    }
    batch[..waiting].iter().for_each(|&key| short.add(key));
    let mut summary = long.summarize();
    short.summarize(&mut summary);
    summary
}

fn add_all(table: &mut Table, batch: &[Key; BATCH]) {
    let mask = table.index.len() - 1;
    let first = batch.map(|key| table.index[table.hash(key) as usize & mask] as usize & mask);
    let mut others = [0_u8; BATCH]; // words that are new or not where their hash sends them
    let mut end = 0;
    for (at, (key, &entry)) in batch.iter().zip(&first).enumerate() {
        let entry = &mut table.entries[entry];
        let same = entry.key[0] ^ key[0] | entry.key[1] ^ key[1] == 0;
        entry.count += u64::from(same);
        others[end % BATCH] = at as u8;
        end += usize::from(!same);
    }
    for &at in &others[..end] {
        table.add(batch[at as usize]);
    }
}
