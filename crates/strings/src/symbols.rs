//! The table of [`crate::optimized`]: a number for each distinct tag. Tags that fit into 24 bytes
//! are compared and hashed as three words, without a loop; the few others lie in one buffer.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::tag::Tag;

/// Numbers for tags, in the order in which the tags were first met.
#[derive(Debug)]
pub struct Symbols {
    /// A power of two of slots, at most half of them in use: the place of a short tag and one, or
    /// 0.
    index: Vec<u32>,
    short: Vec<(Tag, u32)>,
    /// Where each long tag lies in `texts`, and its number.
    long: HashTable<(Range<usize>, u32)>,
    texts: String,
    random: RandomState,
    seeds: [u64; 3],
}

impl Default for Symbols {
    fn default() -> Self {
        let random = RandomState::default();
        let seeds = [0, 1, 2].map(|seed| random.hash_one(seed));
        let (short, long, texts) = (Vec::new(), HashTable::new(), String::new());
        Self { index: vec![0; 64], short, long, texts, random, seeds }
    }
}

impl Symbols {
    /// The number of the tag at this range of a text.
    #[inline]
    pub fn number(&mut self, text: &str, tag: Range<usize>) -> u32 {
        let Some(short) = Tag::new(text, tag.clone()) else {
            return self.long_number(&text[tag]);
        };
        let mask = self.index.len() - 1;
        let mut at = self.hash(short) as usize & mask;
        while self.index[at] != 0 {
            let (known, number) = self.short[self.index[at] as usize - 1];
            if known == short {
                return number;
            }
            at = (at + 1) & mask;
        }
        self.add(at, short)
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every tag and its number.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        let long = self.long.iter().map(|(tag, number)| (&self.texts[tag.clone()], *number));
        self.short.iter().map(|(tag, number)| (tag.as_str(), *number)).chain(long)
    }

    /// Bytes of the table and of the tags in it.
    pub fn bytes(&self) -> usize {
        let slots = self.long.capacity() * 8 / 7 * (size_of::<(Range<usize>, u32)>() + 1);
        size_of_val(&self.index[..]) + size_of_val(&self.short[..]) + slots + self.texts.len()
    }

    /// Multiplications of 64 by 64 bits, upper half folded onto lower half, as in wyhash (Wang Yi,
    /// 2019). Without knowing the seeds nobody can say which tags collide.
    #[inline]
    fn hash(&self, tag: Tag) -> u64 {
        let fold = |a: u64, b: u64| {
            let product = u128::from(a) * u128::from(b);
            product as u64 ^ (product >> 64) as u64
        };
        let ([a, b, c], [s, t, u]) = (tag.words(), self.seeds);
        fold(fold(a ^ s, b ^ t) ^ c, u | 1)
    }

    fn long_number(&mut self, tag: &str) -> u32 {
        let next = self.len() as u32;
        let Self { long, texts, random, .. } = self;
        let is_tag = |(known, _): &(Range<usize>, u32)| texts[known.clone()] == *tag;
        let hash = |(known, _): &(Range<usize>, u32)| random.hash_one(&texts[known.clone()]);
        match long.entry(random.hash_one(tag), is_tag, hash) {
            Entry::Occupied(known) => known.get().1,
            Entry::Vacant(free) => {
                free.insert((texts.len()..texts.len() + tag.len(), next));
                texts.push_str(tag);
                next
            }
        }
    }

    #[cold]
    fn add(&mut self, at: usize, tag: Tag) -> u32 {
        let number = self.len() as u32;
        self.short.push((tag, number));
        self.index[at] = self.short.len() as u32;
        if self.short.len() * 2 > self.index.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let mask = self.index.len() * 4 - 1;
        self.index = vec![0; mask + 1];
        for (&(tag, _), place) in self.short.iter().zip(1..) {
            let mut at = self.hash(tag) as usize & mask;
            while self.index[at] != 0 {
                at = (at + 1) & mask;
            }
            self.index[at] = place;
        }
    }
}
