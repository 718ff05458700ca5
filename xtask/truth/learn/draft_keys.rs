//! Plays back what authors typed into a draft, letter by letter and anywhere, and counts its words.

use truth::{Random, text};

const KEYS: usize = 60_000;

/// A draft, letter by letter.
struct Draft {
    letters: Vec<char>,
}

impl Draft {
    fn press(&mut self, at: usize, letter: char) {
        self.letters.insert(at, letter);
    }

    fn erase(&mut self, at: usize) {
        self.letters.remove(at);
    }

    /// How many words there are in a window around the cursor.
    fn words_near(&self, at: usize) -> usize {
        let (from, to) = (at.saturating_sub(3000), (at + 3000).min(self.letters.len()));
        let window = &self.letters[from..to];
        window.windows(2).filter(|pair| pair[0] == ' ' && pair[1] != ' ').count()
    }
}

fn main() {
    let mut random = Random::new(55);
    let mut draft = Draft { letters: text(40_000, 3000, 5).chars().collect() };
    let (mut at, mut words) = (0, 0);
    for key in 0..KEYS {
        if key % 40 == 0 {
            at = random.below(draft.letters.len());
        }
        if random.below(10) == 0 && at > 0 {
            at -= 1;
            draft.erase(at);
        } else {
            draft.press(at, char::from(b'a' + random.below(26) as u8));
            at += 1;
        }
        words += draft.words_near(at);
    }
    println!("{words} {}", draft.letters.len());
}
