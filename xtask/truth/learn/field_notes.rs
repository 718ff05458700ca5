//! Notes that are taken in the field and corrected again and again, letter by letter. Prints how
//! long they are.

use truth::{Random, text};

struct Pad {
    letters: Vec<char>,
    caret: usize,
}

impl Pad {
    fn key(&mut self, letter: char) {
        self.letters.insert(self.caret, letter);
        self.caret += 1;
    }

    fn back(&mut self) {
        if self.caret > 0 {
            self.caret -= 1;
            self.letters.remove(self.caret);
        }
    }
}

/// How many words there are, which is shown now and then.
fn words(letters: &[char]) -> usize {
    let mut words = 0;
    let mut inside = false;
    for letter in letters {
        words += usize::from(!inside && letter.is_alphabetic());
        inside = letter.is_alphabetic();
    }
    words
}

fn main() {
    let mut random = Random::new(1_804);
    let letters: Vec<char> = text(30_000, 3_000, 5).chars().collect();
    let mut pad = Pad { letters, caret: 0 };
    let mut shown = 0;
    for _ in 0..25_000 {
        pad.caret = random.below(pad.letters.len());
        for _ in 0..random.below(8) {
            pad.key((b'a' + random.below(26) as u8) as char);
        }
        for _ in 0..random.below(6) {
            pad.back();
        }
        if random.below(60) == 0 {
            shown += words(&pad.letters);
        }
    }
    println!("{} {shown}", pad.letters.len());
}
