//! Groups the words of made-up languages by their letters: which can be made of one another?

use truth::Random;

const LANGUAGES: u64 = 30;
const WORDS: usize = 400_000;
const LONGEST: usize = 16;

/// The letters of a word in alphabetical order, with zeros behind them, and where the word is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Keyed {
    letters: u128,
    at: u32,
}

/// Words one behind the other, and where each begins; the last entry is the end of all.
struct Words {
    text: Vec<u8>,
    begins: Vec<u32>,
}

impl Words {
    fn word(&self, at: u32) -> &[u8] {
        let at = at as usize;
        &self.text[self.begins[at] as usize..self.begins[at + 1] as usize]
    }
}

/// Puts letters in order by carrying each to its place.
fn in_order(word: &[u8]) -> [u8; LONGEST] {
    let mut letters = [0; LONGEST];
    for (count, &letter) in word.iter().take(LONGEST).enumerate() {
        let mut at = count;
        while at > 0 && letters[at - 1] > letter {
            letters[at] = letters[at - 1];
            at -= 1;
        }
        letters[at] = letter;
    }
    letters
}

/// All words with their letters, those with the same ones next to one another.
fn keyed(words: &Words, keyed: &mut Vec<Keyed>) {
    keyed.clear();
    keyed.extend(
        (0..WORDS as u32)
            .map(|at| Keyed { letters: u128::from_be_bytes(in_order(words.word(at))), at }),
    );
    keyed.sort_unstable();
}

/// Words that differ and have the same letters: how many groups there are, and the largest.
fn groups<'k>(words: &Words, keyed: &'k [Keyed]) -> (usize, &'k [Keyed], u64) {
    let (mut count, mut largest, mut check) = (0, &keyed[..0], 0_u64);
    for group in keyed.chunk_by(|a, b| a.letters == b.letters) {
        let first = words.word(group[0].at);
        if group.iter().any(|key| words.word(key.at) != first) {
            count += 1;
            let letters = u64::from(first[0]) << 8 | u64::from(first[first.len() - 1]);
            check = check.rotate_left(5) ^ letters ^ group.len() as u64;
            if group.len() > largest.len() {
                largest = group;
            }
        }
    }
    (count, largest, check)
}

/// Words of one to four syllables, of which each language has its own.
fn language(number: u64) -> Words {
    let mut random = Random::new(700 + number);
    let syllables: Vec<[u8; 3]> = (0..150)
        .map(|_| {
            let vowel = b"aeiou"[random.below(5)];
            [b'a' + random.skewed(26) as u8, vowel, b'a' + random.skewed(26) as u8]
        })
        .collect();
    let mut words = Words { text: Vec::new(), begins: vec![0] };
    for _ in 0..WORDS {
        for _ in 0..2 + random.below(3) {
            let syllable = &syllables[random.below(syllables.len())];
            words.text.extend_from_slice(&syllable[..2 + random.below(2)]);
        }
        words.begins.push(words.text.len() as u32);
    }
    words
}

fn main() {
    let mut keys = Vec::with_capacity(WORDS);
    let (mut all, mut largest, mut check) = (0, (0, String::new()), 0);
    for number in 0..LANGUAGES {
        let words = language(number);
        keyed(&words, &mut keys);
        let (count, group, sum) = groups(&words, &keys);
        all += count;
        check ^= sum;
        if group.len() > largest.0 {
            largest = (group.len(), String::from_utf8_lossy(words.word(group[0].at)).into_owned());
        }
    }
    println!("{all} groups, check {check:x}");
    println!("largest: {} words with the letters of {}", largest.0, largest.1);
}
