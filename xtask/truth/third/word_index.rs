//! Builds an index of a text's words and answers questions of two or three words with it.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use truth::{Random, text};

/// Which lines each word is in, one list after the other.
struct Index<'a> {
    numbers: HashMap<&'a str, u32, FixedState>,
    starts: Vec<u32>,
    lines: Vec<u32>,
}

impl<'a> Index<'a> {
    /// Counts first, so that each list has its place before it is filled.
    fn new(text: &'a str) -> Index<'a> {
        let mut numbers = HashMap::with_hasher(FixedState::default());
        let mut words = Vec::with_capacity(text.len() / 6);
        let mut counts: Vec<u32> = Vec::new();
        let mut last: Vec<u32> = Vec::new();
        for (line, words_of_line) in (1..).zip(text.lines()) {
            for word in words_of_line.split(' ').filter(|word| !word.is_empty()) {
                let next = counts.len() as u32;
                let number = *numbers.entry(word).or_insert(next);
                if number == next {
                    counts.push(0);
                    last.push(0);
                }
                if last[number as usize] != line {
                    last[number as usize] = line;
                    counts[number as usize] += 1;
                    words.push((number, line));
                }
            }
        }
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut sum = 0;
        for count in counts {
            starts.push(sum);
            sum += count;
        }
        starts.push(sum);
        let mut next = starts.clone();
        let mut lines = vec![0; words.len()];
        for (number, line) in words {
            let place = &mut next[number as usize];
            lines[*place as usize] = line;
            *place += 1;
        }
        Index { numbers, starts, lines }
    }

    fn list(&self, word: &str) -> &[u32] {
        let Some(&number) = self.numbers.get(word) else { return &[] };
        let number = number as usize;
        &self.lines[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

/// What is in both lists; steps grow in the longer one until they are too far.
fn both(short: &[u32], long: &[u32], found: &mut Vec<u32>) {
    let mut rest = long;
    for &line in short {
        let mut step = 1;
        while step < rest.len() && rest[step] < line {
            step *= 2;
        }
        let from = step / 2;
        let to = (step + 1).min(rest.len());
        let at = from + rest[from.min(to)..to].partition_point(|&other| other < line);
        rest = &rest[at.min(rest.len())..];
        match rest.first() {
            Some(&other) if other == line => found.push(line),
            Some(_) => {}
            None => return,
        }
    }
}

fn main() {
    let text = text(4_000_000, 40_000, 601);
    let index = Index::new(&text);
    let mut random = Random::new(602);
    let mut words: Vec<&str> = index.numbers.keys().copied().collect();
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(index.list(word).len()), *word));
    let (mut found, mut next) = (Vec::new(), Vec::new());
    let (mut hits, mut digest) = (0, 0u32);
    for question in 0..100_000 {
        let mut lists = [(); 3].map(|()| index.list(words[random.skewed(words.len() / 8)]));
        lists.sort_unstable_by_key(|list| list.len());
        found.clear();
        both(lists[0], lists[1], &mut found);
        if question % 3 == 0 {
            next.clear();
            both(&found, lists[2], &mut next);
            std::mem::swap(&mut found, &mut next);
        }
        hits += found.len();
        digest = found.iter().fold(digest, |digest, line| digest.rotate_left(1) ^ line);
    }
    println!("{} words, {hits} hits, {digest:x}", words.len());
}
