//! A rose show: visitors give marks, and a board at the door shows the three roses that lead.
//! Prints the board at the end.

use truth::{Random, word};

#[derive(Clone)]
struct Rose {
    number: usize,
    marks: u32,
    sum: u32,
}

struct Show {
    roses: Vec<Rose>,
    board: Vec<usize>,
}

impl Show {
    fn mark(&mut self, rose: usize, mark: u32) {
        self.roses[rose].marks += 1;
        self.roses[rose].sum += mark;
        let mut roses = self.roses.clone();
        roses.sort_by_key(|rose| std::cmp::Reverse(rose.sum * 1_000 / rose.marks.max(1)));
        self.board = roses.iter().take(3).map(|rose| rose.number).collect();
    }
}

/// What a visitor writes, of which the words are counted.
fn remarks(random: &mut Random, words: &mut [u32]) {
    for _ in 0..200 {
        let at = random.skewed(words.len());
        words[at] += 1;
        words[at / 2] ^= random.number() as u32 & 1;
    }
}

fn main() {
    let mut random = Random::new(1_827);
    let roses = (0..600).map(|number| Rose { number, marks: 0, sum: 0 }).collect();
    let mut show = Show { roses, board: Vec::new() };
    let mut words = vec![0; 5_000];
    for _ in 0..110_000 {
        let rose = random.skewed(600);
        show.mark(rose, 1 + random.below(10) as u32);
        remarks(&mut random, &mut words);
    }
    let board: Vec<String> = show.board.iter().map(|rose| word(*rose)).collect();
    println!("{board:?} {}", words[0]);
}
