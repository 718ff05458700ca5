//! Says how much of each page of a manual changed between two editions, by the shortest list of
//! lines that were added or taken away.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use truth::Random;

const PAGES: usize = 400;
const LINES: usize = 4_000;

/// Numbers of lines: equal ones have the same.
struct Lines<'t> {
    numbers: HashMap<&'t str, u32, FixedState>,
}

impl<'t> Lines<'t> {
    fn numbered(&mut self, text: &'t str) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(LINES + LINES / 8);
        for line in text.lines() {
            let next = self.numbers.len() as u32;
            numbers.push(*self.numbers.entry(line).or_insert(next));
        }
        numbers
    }
}

/// Lines added and taken away (Myers, 1986): on each diagonal, how far one gets with so many.
fn changes(old: &[u32], new: &[u32], farthest: &mut Vec<usize>) -> usize {
    let middle = old.len() + new.len() + 1;
    farthest.clear();
    farthest.resize(2 * middle + 1, 0);
    for changed in 0..middle {
        for diagonal in (middle - changed..=middle + changed).step_by(2) {
            let (left, right) = (farthest[diagonal - 1], farthest[diagonal + 1]);
            let down =
                diagonal == middle - changed || (diagonal != middle + changed && left < right);
            let mut at = if down { right } else { left + 1 };
            while at < old.len()
                && new.get(at + middle - diagonal).is_some_and(|&line| line == old[at])
            {
                at += 1;
            }
            farthest[diagonal] = at;
            if at >= old.len() && at + middle - diagonal >= new.len() {
                return changed;
            }
        }
    }
    middle
}

/// Parts that both begin and end with need not be compared.
fn trimmed<'a>(old: &'a [u32], new: &'a [u32]) -> (&'a [u32], &'a [u32]) {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    (&old[..old.len() - end], &new[..new.len() - end])
}

/// The page as it was printed next.
fn edited(page: &str, random: &mut Random, many: usize) -> String {
    let mut edited = String::with_capacity(page.len() * 2);
    for line in page.lines() {
        match random.below(many) {
            0 => continue,
            1 => edited.push_str("and "),
            2 => {
                edited.push_str(&truth::word(random.below(4_000)));
                edited.push('\n');
            }
            _ => {}
        }
        edited.push_str(line);
        edited.push('\n');
    }
    edited
}

fn page(random: &mut Random, vocabulary: &[String]) -> String {
    let mut page = String::new();
    for _ in 0..LINES {
        for _ in 0..random.below(7) {
            page.push_str(&vocabulary[random.skewed(vocabulary.len())]);
            page.push(' ');
        }
        page.push('\n');
    }
    page
}

fn main() {
    let mut random = Random::new(1986);
    let vocabulary: Vec<String> = (0..3_000).map(truth::word).collect();
    let mut farthest = Vec::new();
    let (mut all, mut most, mut distinct) = (0, (0, 0), 0);
    for number in 0..PAGES {
        let old = page(&mut random, &vocabulary);
        let new = edited(&old, &mut random, 6 + number % 20);
        let mut lines = Lines { numbers: HashMap::with_hasher(FixedState::default()) };
        let (old, new) = (lines.numbered(&old), lines.numbered(&new));
        let (old, new) = trimmed(&old, &new);
        let changes = changes(old, new, &mut farthest);
        all += changes;
        most = most.max((changes, number));
        distinct += lines.numbers.len();
    }
    println!("{all} changes in {PAGES} pages of {distinct} lines that differ");
    println!("most on page {}: {}", most.1, most.0);
}
