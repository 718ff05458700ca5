//! Seeded input for the programs of this package, so that a recording can be made again.

mod font;
mod picture;

pub use font::Font;
pub use picture::Picture;

/// Numbers that look random and are the same in every run (SplitMix64).
pub struct Random(u64);

impl Random {
    /// A generator whose numbers follow from the seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number.
    #[inline]
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below the bound.
    #[inline]
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.number()) * bound as u128) >> 64) as usize
    }

    /// A fraction below one.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number below the bound; small ones are much more frequent, as words and customers are.
    #[inline]
    pub fn skewed(&mut self, bound: usize) -> usize {
        let unit = self.unit();
        (unit * unit * unit * bound as f64) as usize
    }
}

/// A word that can be pronounced; another one for another number.
pub fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ko", "ri", "sen", "tu", "mal", "go", "pe", "fi", "dor", "lu", "nag", "vi", "sho",
        "ter", "qua",
    ];
    let mut rest = number + 17;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// Words with blanks between them, twelve to a line, frequent ones first in the vocabulary.
pub fn text(words: usize, vocabulary: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let vocabulary: Vec<String> = (0..vocabulary).map(word).collect();
    let mut text = String::new();
    for at in 0..words {
        text.push_str(&vocabulary[random.skewed(vocabulary.len())]);
        text.push(if at % 12 == 11 { '\n' } else { ' ' });
    }
    text
}
