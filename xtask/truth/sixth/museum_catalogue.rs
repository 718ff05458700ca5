//! Brings a museum's catalogue into order: entries that were typed over forty years are tidied up,
//! put under their headings, and made into an index of words with the numbers of the things.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use truth::Random;

struct Entry {
    inventory: u32,
    title: String,
    maker: String,
    place: String,
    remarks: String,
}

fn phrase(random: &mut Random, words: usize, vocabulary: &[String]) -> String {
    let mut phrase = String::new();
    for at in 0..words {
        if at > 0 {
            phrase.push_str(match random.below(200) {
                0 => "\u{a0}",
                1 => "  ",
                2 => "\t",
                3 => " -- ",
                _ => " ",
            });
        }
        phrase.push_str(&vocabulary[random.skewed(vocabulary.len())]);
        if random.below(250) == 0 {
            phrase.push_str("...");
        }
    }
    phrase
}

fn catalogue(count: usize) -> Vec<Entry> {
    let mut random = Random::new(1888);
    let vocabulary: Vec<String> = (0..4000).map(truth::word).collect();
    let entry = |number: usize| Entry {
        inventory: number as u32 * 3 + 100,
        title: {
            let words = 2 + random.below(5);
            phrase(&mut random, words, &vocabulary)
        },
        maker: phrase(&mut random, 2, &vocabulary[..300]),
        place: phrase(&mut random, 1, &vocabulary[..90]),
        remarks: {
            let words = random.below(24);
            phrase(&mut random, words, &vocabulary)
        },
    };
    (0..count).map(entry).collect()
}

/// A text as the new catalogue wants it: with plain blanks, real dashes and dots.
fn tidy(text: &str) -> String {
    text.replace(['\u{a0}', '\t'], " ")
        .replace(" -- ", " – ")
        .replace("...", "…")
        .replace("  ", " ")
}

struct Index<'a> {
    /// Each word's number.
    words: HashMap<&'a [u8], u32, foldhash::fast::RandomState>,
    /// The things for each word.
    things: Vec<Vec<u32>>,
}

impl<'a> Index<'a> {
    fn add(&mut self, text: &'a str, inventory: u32) {
        for word in text.as_bytes().split(|&byte| byte == b' ') {
            if word.len() < 3 {
                continue;
            }
            let next = self.things.len() as u32;
            let number = *self.words.entry(word).or_insert(next);
            if number == next {
                self.things.push(Vec::new());
            }
            let things = &mut self.things[number as usize];
            if things.last() != Some(&inventory) {
                things.push(inventory);
            }
        }
    }
}

/// The page of the printed catalogue.
fn print(entry: &Entry, page: &mut String) {
    page.push_str("## ");
    page.push_str(&tidy(&entry.title));
    page.push_str("\n\n*");
    page.push_str(&tidy(&entry.maker));
    page.push_str("*, ");
    page.push_str(&tidy(&entry.place));
    if !entry.remarks.is_empty() {
        page.push_str("\n\n");
        page.push_str(&tidy(&entry.remarks));
    }
    page.push_str("\n\n");
}

fn checksum(page: &str) -> u64 {
    page.as_bytes().chunks(8).fold(0, |sum: u64, piece| {
        let word = piece.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
        (sum.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

fn main() {
    let entries = catalogue(60_000);
    let mut page = String::new();
    let (mut sum, mut length, mut words, mut longest) = (0u64, 0, 0, 0);
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    for volume in 0..12 {
        for entry in &entries {
            page.clear();
            print(entry, &mut page);
            length += page.len();
            sum = sum.wrapping_add(checksum(&page));
        }
        // Each volume of the printed catalogue has an index, and a list of places.
        let mut index = Index { words: HashMap::default(), things: Vec::new() };
        for entry in &entries[volume * 1000..] {
            index.add(&entry.title, entry.inventory);
            index.add(&entry.maker, entry.inventory);
            index.add(&entry.remarks, entry.inventory);
            *places.entry(&entry.place).or_default() += 1;
        }
        longest = index.things.iter().map(Vec::len).fold(longest, usize::max);
        words += index.words.len();
    }
    let places = places.len();
    println!("{length} bytes ({sum:016x}), {words} words, {longest} things, {places} places");
}
