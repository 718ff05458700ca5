//! Replays the history of an encyclopedia's article and says how readable it was whenever it was
//! published.

use truth::Random;

const WORDS: usize = 60_000;
const SESSIONS: usize = 3_600;
const KEYS: usize = 55;
/// Sessions after which a revision is published.
const PUBLISHED: usize = 11;

/// What a key or a paste did to the article.
struct Change {
    at: usize,
    removed: usize,
    added: String,
}

struct Article {
    text: String,
}

/// What a reader meets in a revision.
#[derive(Default)]
struct Reading {
    words: usize,
    syllables: usize,
    lines: usize,
    long_words: usize,
}

impl Article {
    fn apply(&mut self, change: &Change) {
        let end = (change.at + change.removed).min(self.text.len());
        self.text.replace_range(change.at..end, &change.added);
    }

    fn published(&self) -> Reading {
        let mut reading = Reading::default();
        for line in self.text.lines() {
            reading.lines += 1;
            for word in line.split_ascii_whitespace() {
                let syllables = syllables(word);
                reading.words += 1;
                reading.syllables += syllables;
                reading.long_words += usize::from(syllables > 3);
            }
        }
        reading
    }
}

impl Reading {
    /// Flesch's score, in hundredths.
    fn score(&self) -> i64 {
        let words = self.words.max(1) as f64;
        let a_line = words / self.lines.max(1) as f64;
        let a_word = self.syllables as f64 / words;
        ((206.835 - 1.015 * a_line - 84.6 * a_word) * 100.0) as i64
    }
}

/// Groups of vowels.
fn syllables(word: &str) -> usize {
    let mut count = 0;
    let mut after_vowel = false;
    for letter in word.bytes() {
        let vowel = matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        count += usize::from(vowel && !after_vowel);
        after_vowel = vowel;
    }
    count.max(1)
}

/// What one author did in one place: typed, took back a little, pasted a reference.
fn session(random: &mut Random, length: &mut usize, changes: &mut Vec<Change>) {
    let mut cursor = random.below(*length - 1);
    for key in 0..KEYS {
        let change = match random.below(12) {
            0 if cursor > 0 => {
                cursor -= 1;
                *length -= 1;
                Change { at: cursor, removed: 1, added: String::new() }
            }
            1 | 2 => Change { at: cursor, removed: 0, added: " ".to_owned() },
            _ => {
                let letter = char::from(b'a' + random.below(26) as u8);
                Change { at: cursor, removed: 0, added: letter.to_string() }
            }
        };
        cursor += change.added.len();
        *length += change.added.len();
        changes.push(change);
        if key == KEYS / 2 && random.below(3) == 0 {
            cursor = (cursor + random.below(400)).min(*length - 1);
        }
    }
    let added = format!(" see {} and {}\n", truth::word(random.below(5000)), random.below(2025));
    *length += added.len();
    changes.push(Change { at: cursor, removed: 0, added });
}

fn history(length: usize) -> Vec<Vec<Change>> {
    let mut random = Random::new(31);
    let mut length = length;
    let mut history = Vec::new();
    for _ in 0..SESSIONS {
        let mut changes = Vec::new();
        session(&mut random, &mut length, &mut changes);
        history.push(changes);
    }
    history
}

fn main() {
    let mut article = Article { text: truth::text(WORDS, 9000, 30) };
    let history = history(article.text.len());
    let mut best = (i64::MIN, 0);
    let mut sum = 0;
    let mut long_words = 0;
    for (number, changes) in history.iter().enumerate() {
        for change in changes {
            article.apply(change);
        }
        if number % PUBLISHED == 0 {
            let reading = article.published();
            best = best.max((reading.score(), number));
            sum += reading.score();
            long_words = reading.long_words;
        }
    }
    println!("{} bytes, {long_words} long words", article.text.len());
    println!("most readable: revision {} with {}, all {sum}", best.1, best.0);
}
