//! Casks of oil in a cellar, of which the one that was asked for longest ago has to go: a table and
//! a list in arrays. Nothing is wrong with it. Prints how often a cask was there.

use truth::Random;

const CASKS: usize = 4_096;
const NONE: u32 = u32::MAX;

/// By its number, where a cask is; and in the list of all, which is before it and which behind.
struct Cellar {
    at: Vec<u32>,
    numbers: Vec<u32>,
    before: Vec<u32>,
    behind: Vec<u32>,
    first: u32,
    last: u32,
}

impl Cellar {
    fn unlink(&mut self, at: u32) {
        let (before, behind) = (self.before[at as usize], self.behind[at as usize]);
        if before == NONE {
            self.first = behind
        } else {
            self.behind[before as usize] = behind
        }
        if behind == NONE { self.last = before } else { self.before[behind as usize] = before }
    }

    fn first(&mut self, at: u32) {
        self.before[at as usize] = NONE;
        self.behind[at as usize] = self.first;
        if self.first != NONE {
            self.before[self.first as usize] = at;
        }
        self.first = at;
        if self.last == NONE {
            self.last = at;
        }
    }

    fn ask(&mut self, number: u32) -> bool {
        let known = self.at[number as usize];
        if known != NONE {
            self.unlink(known);
            self.first(known);
            return true;
        }
        let at = self.last;
        self.unlink(at);
        self.at[self.numbers[at as usize] as usize] = NONE;
        (self.numbers[at as usize], self.at[number as usize]) = (number, at);
        self.first(at);
        false
    }
}

fn main() {
    let mut random = Random::new(1_662);
    let mut cellar = Cellar {
        at: (0..60_000).map(|number| if number < CASKS as u32 { number } else { NONE }).collect(),
        numbers: (0..CASKS as u32).collect(),
        before: (0..CASKS as u32).map(|at| at.checked_sub(1).unwrap_or(NONE)).collect(),
        behind: (1..=CASKS as u32).map(|at| if at < CASKS as u32 { at } else { NONE }).collect(),
        first: 0,
        last: CASKS as u32 - 1,
    };
    let there = (0..60_000_000).filter(|_| cellar.ask(random.skewed(60_000) as u32)).count();
    println!("{there}");
}
