//! The table of [`crate::optimized`]: a number for each distinct tag. Tags that fit into 24 bytes
//! are compared and hashed as three words, without a loop; the others lie in one buffer.

use std::hash::BuildHasher;
use std::iter;
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
    long: Vec<Long>,
    /// Places in `long`: small slots, so that a table of many has few bytes to spread over.
    places: HashTable<u32>,
    texts: String,
    random: RandomState,
    seeds: [u64; 3],
}

/// A tag that does not fit into a [`Tag`]. Its text begins where that of the one before it ends.
#[derive(Debug)]
struct Long {
    /// Where its text ends in `texts`.
    end: usize,
    number: u32,
    /// Of its text, so that a table that grows need not read texts again.
    hash: u32,
}

impl Default for Symbols {
    fn default() -> Self {
        let random = RandomState::default();
        let seeds = [0, 1, 2].map(|seed| random.hash_one(seed));
        let (places, texts) = (HashTable::new(), String::new());
        let (index, short, long) = (vec![0; 64], Vec::new(), Vec::new());
        Self { index, short, long, places, texts, random, seeds }
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
        let starts = iter::once(0).chain(self.long.iter().map(|long| long.end));
        let long = starts.zip(&self.long);
        let long = long.map(|(start, long)| (&self.texts[start..long.end], long.number));
        self.short.iter().map(|(tag, number)| (tag.as_str(), *number)).chain(long)
    }

    /// Bytes of the table and of the tags in it.
    pub fn bytes(&self) -> usize {
        let slots = (self.places.capacity() * 8).div_ceil(7) * (size_of::<u32>() + 1);
        let lists = size_of_val(&self.short[..]) + size_of_val(&self.long[..]);
        size_of_val(&self.index[..]) + lists + slots + self.texts.len()
    }

    /// Multiplications of 64 by 64 bits, upper half folded onto lower half, as in wyhash (Wang Yi,
    /// 2019). The seeds, which are foldhash's, make it hard to choose tags that collide; foldhash
    /// promises no more than that.
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
        let number = self.len() as u32;
        let Self { long, places, texts, random, .. } = self;
        let hash = random.hash_one(tag) as u32;
        let is_tag = |&place: &u32| {
            let start = place.checked_sub(1).map_or(0, |before| long[before as usize].end);
            texts[start..long[place as usize].end] == *tag
        };
        match places.entry(twice(hash), is_tag, |&place| twice(long[place as usize].hash)) {
            Entry::Occupied(place) => long[*place.get() as usize].number,
            Entry::Vacant(free) => {
                free.insert(long.len() as u32);
                texts.push_str(tag);
                long.push(Long { end: texts.len(), number, hash });
                number
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

/// The bits of a hash in both halves: the table looks at the lowest and at the highest of 64.
fn twice(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}
