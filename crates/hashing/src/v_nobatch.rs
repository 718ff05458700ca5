//! Words of up to sixteen bytes are two integers.

use std::hash::BuildHasher;

use foldhash::{HashMap, HashMapExt};

use crate::Summary;
use crate::word_masks::Words;

/// How many distinct words, and which are most frequent.
pub fn count(text: &str) -> Summary {
    let mut short = Table::new();
    let mut long: HashMap<&str, u64> = HashMap::new();
    let mut batch = [[0; 2]; BATCH];
    let mut filled = 0;
    for word in Words::new(text) {
        let len = word.len();
        if len <= 16 {
            batch[filled % BATCH] = key(&text.as_bytes()[word.start..], len);
            short.add(batch[0]);
            if filled == BATCH {
                short.add_all(&batch);
                filled = 0;
            }
        } else {
            *long.entry(&text[word]).or_default() += 1;
        }
    }
    batch[..filled].iter().for_each(|&key| short.add(key));
    let mut summary: Summary = long.iter().map(|(&word, &count)| (word, count)).collect();
    for &Entry { key: [low, high], count } in &short.entries[1..] {
        let key = u128::from(low) | u128::from(high) << 64;
        let len = 16 - key.leading_zeros() as usize / 8;
        summary.add(&key.to_le_bytes()[..len], count);
    }
    summary
}

const BATCH: usize = 64;

static MASKS: [[u64; 2]; 17] = {
    let mut masks = [[u64::MAX; 2]; 17];
    let mut len = 0;
    while len < 16 {
        let mask = (1_u128 << (len * 8)) - 1;
        masks[len] = [mask as u64, (mask >> 64) as u64];
        len += 1;
    }
    masks
};

#[inline]
fn key(bytes: &[u8], len: usize) -> [u64; 2] {
    let Some(bytes) = bytes.first_chunk::<16>() else { return last_key(bytes, len) };
    let key = u128::from_le_bytes(*bytes);
    let [low, high] = MASKS[len];
    [key as u64 & low, (key >> 64) as u64 & high]
}

#[cold]
#[inline(never)]
fn last_key(rest: &[u8], len: usize) -> [u64; 2] {
    let mut bytes = [0; 16];
    bytes[..len].copy_from_slice(&rest[..len]);
    key(&bytes, len)
}

struct Entry {
    key: [u64; 2],
    count: u64,
}

struct Table {
    index: Vec<u32>,
    entries: Vec<Entry>,
    seeds: [u64; 2],
}

impl Table {
    fn new() -> Self {
        let random = foldhash::fast::RandomState::default();
        Self {
            index: vec![0; 64],
            entries: vec![Entry { key: [0; 2], count: 0 }],
            seeds: [random.hash_one(0), random.hash_one(1)],
        }
    }

    #[inline]
    fn hash(&self, key: [u64; 2]) -> u32 {
        let product = u128::from(key[0] ^ self.seeds[0]) * u128::from(key[1] ^ self.seeds[1]);
        (product as u64 ^ (product >> 64) as u64) as u32
    }

    #[inline(never)]
    fn add_all(&mut self, batch: &[[u64; 2]; BATCH]) {
        let mask = self.index.len() - 1;
        let ids = batch.map(|key| self.index[self.hash(key) as usize & mask] as usize & mask);
        let mut missed = [0_u8; BATCH];
        let mut misses = 0;
        for (i, (key, &id)) in batch.iter().zip(&ids).enumerate() {
            let entry = &mut self.entries[id];
            let hit = (entry.key[0] ^ key[0]) | (entry.key[1] ^ key[1]) == 0;
            entry.count += u64::from(hit);
            missed[misses % BATCH] = i as u8;
            misses += usize::from(!hit);
        }
        for &i in &missed[..misses] {
            self.add(batch[i as usize]);
        }
    }

    #[inline]
    fn add(&mut self, key: [u64; 2]) {
        let hash = self.hash(key);
        let mask = self.index.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.index[at];
            if slot == 0 {
                break;
            }
            let entry = &mut self.entries[slot as usize & mask];
            if (slot ^ hash) & !(mask as u32) == 0
                && entry.key == key
            {
                entry.count += 1;
                return;
            }
            at = (at + 1) & mask;
        }
        self.index[at] = hash & !(mask as u32) | self.entries.len() as u32;
        self.entries.push(Entry { key, count: 1 });
        if self.entries.len() * 2 > self.index.len() {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let mask = self.index.len() * GROW - 1;
        self.index = vec![0; self.index.len() * GROW];
        for (id, entry) in self.entries.iter().enumerate().skip(1) {
            let hash = self.hash(entry.key);
            let mut at = hash as usize & mask;
            while self.index[at] != 0 {
                at = (at + 1) & mask;
            }
            self.index[at] = hash & !(mask as u32) | id as u32;
        }
    }
}
const GROW: usize = 4;
