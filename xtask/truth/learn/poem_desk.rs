//! A poem that is edited letter by letter, in a list of its letters.

use truth::{Random, word};

struct Poem {
    letters: Vec<char>,
}

impl Poem {
    fn add(&mut self, at: usize, text: &str) {
        for (n, letter) in text.chars().enumerate() {
            self.letters.insert(at + n, letter);
        }
    }
    fn cut(&mut self, at: usize, n: usize) {
        self.letters.drain(at..at + n);
    }
}

fn main() {
    let mut random = Random::new(3);
    let mut poem = Poem {
        letters: (0..40_000).flat_map(|n| word(n % 999).chars().collect::<Vec<_>>()).collect(),
    };
    let mut vowels = 0;
    for edit in 0..12_000 {
        let at = random.below(poem.letters.len() - 30);
        poem.add(at, &word(edit));
        let at = random.below(poem.letters.len() - 30);
        poem.cut(at, 6);
        if edit % 300 == 0 {
            vowels += poem.letters.iter().filter(|l| "aeiou".contains(**l)).count();
        }
    }
    println!("{vowels}");
}
