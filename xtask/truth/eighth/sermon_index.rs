//! An index of three centuries of sermons: which words are in which, and what each is about.
//!
//! Two threads read half of the sermons each and count for themselves; their words are joined in
//! the end. A sermon is about the words that are frequent in it and rare elsewhere.

use std::thread;

use foldhash::fast::RandomState;
use truth::{Random, word};

const SERMONS: usize = 6_000;
const WORDS: usize = 2_600;
const VOCABULARY: usize = 9_000;
const THREADS: usize = 2;
const ABOUT: usize = 4;

type Map<K, V> = hashbrown::HashMap<K, V, RandomState>;

/// A word's sermons, with its number in each.
type Places = Vec<(u32, u32)>;

/// Half of an index, whose words are pieces of the text.
#[derive(Default)]
struct Part<'a> {
    words: Map<&'a str, Places>,
}

impl<'a> Part<'a> {
    /// Reads a sermon; `counts` is kept from one to the next.
    fn read(&mut self, number: u32, sermon: &'a str, counts: &mut Map<&'a str, u32>) {
        counts.clear();
        for word in sermon.split_ascii_whitespace() {
            *counts.entry(word).or_default() += 1;
        }
        for (&word, &count) in &*counts {
            self.words.entry(word).or_default().push((number, count));
        }
    }
}

/// The sermons as they were typed: those of one preacher have words of their own.
fn sermons() -> Vec<String> {
    let mut random = Random::new(823);
    let vocabulary: Vec<String> = (0..VOCABULARY).map(word).collect();
    let preachers: Vec<String> = (0..=SERMONS / 30).map(|at| word(20_000 + at)).collect();
    (0..SERMONS)
        .map(|number| {
            let mut sermon = String::with_capacity(WORDS * 10);
            for at in 0..WORDS {
                let is_own = at % 128 == number % 128;
                let word = if is_own {
                    &preachers[number / 30]
                } else {
                    &vocabulary[random.skewed(VOCABULARY)]
                };
                sermon.push_str(word);
                sermon.push(if at % 12 == 11 { '\n' } else { ' ' });
            }
            sermon
        })
        .collect()
}

/// The whole index, words in order.
struct Index<'a> {
    words: Vec<(&'a str, Places)>,
    lengths: Vec<u32>,
}

impl<'a> Index<'a> {
    fn of(sermons: &'a [String]) -> Index<'a> {
        let parts: Vec<Part<'a>> = thread::scope(|scope| {
            let share = sermons.len().div_ceil(THREADS);
            let readers: Vec<_> = sermons
                .chunks(share)
                .enumerate()
                .map(|(part, own)| {
                    scope.spawn(move || {
                        let mut index = Part::default();
                        let mut counts = Map::default();
                        for (number, sermon) in (part * share..).zip(own) {
                            index.read(number as u32, sermon, &mut counts);
                        }
                        index
                    })
                })
                .collect();
            readers.into_iter().map(|reader| reader.join().expect("a part")).collect()
        });
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or_default().words;
        for part in parts {
            for (word, places) in part.words {
                whole.entry(word).or_default().extend(places);
            }
        }
        let mut words: Vec<(&str, Places)> = whole.into_iter().collect();
        words.sort_unstable_by_key(|&(word, _)| word);
        let mut lengths = vec![0; sermons.len()];
        for &(sermon, count) in words.iter().flat_map(|(_, places)| places) {
            lengths[sermon as usize] += count;
        }
        Index { words, lengths }
    }

    fn places(&self, word: &str) -> &[(u32, u32)] {
        let found = self.words.binary_search_by_key(&word, |&(word, _)| word);
        found.map_or(&[], |at| &self.words[at].1)
    }

    /// The words that tell each sermon from others, best first.
    fn about(&self) -> Vec<Vec<(f32, u32)>> {
        let mut about = vec![Vec::with_capacity(ABOUT + 1); self.lengths.len()];
        for ((_, places), number) in self.words.iter().zip(0_u32..) {
            let rare = (self.lengths.len() as f32 / places.len() as f32).ln();
            for &(sermon, count) in places {
                let weight = rare * count as f32 / self.lengths[sermon as usize] as f32;
                let best: &mut Vec<(f32, u32)> = &mut about[sermon as usize];
                if best.len() < ABOUT || weight > best[ABOUT - 1].0 {
                    let place = best.partition_point(|&(other, _)| other >= weight);
                    best.insert(place, (weight, number));
                    best.truncate(ABOUT);
                }
            }
        }
        about
    }

    /// Sermons that have both words: two sorted lists are walked through side by side.
    fn both(&self, one: &str, other: &str) -> usize {
        let (mut one, mut other) = (self.places(one), self.places(other));
        let mut both = 0;
        while let ([a, rest_a @ ..], [b, rest_b @ ..]) = (one, other) {
            both += usize::from(a.0 == b.0);
            (one, other) = match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => (rest_a, other),
                std::cmp::Ordering::Greater => (one, rest_b),
                std::cmp::Ordering::Equal => (rest_a, rest_b),
            };
        }
        both
    }
}

fn main() {
    let sermons = sermons();
    let index = Index::of(&sermons);
    let about = index.about();
    let entries: usize = index.words.iter().map(|(_, places)| places.len()).sum();
    println!("{} words in {entries} entries", index.words.len());
    for sermon in (0..SERMONS).step_by(1_100) {
        let words = about[sermon].iter().map(|&(_, word)| index.words[word as usize].0);
        println!("sermon {sermon:3}: {}", words.collect::<Vec<_>>().join(", "));
    }
    let mut random = Random::new(8231);
    let mut hits = 0;
    for _ in 0..60_000 {
        let (one, other) = (random.below(VOCABULARY), random.below(VOCABULARY));
        hits += index.both(&word(one), &word(other));
    }
    println!("two words meet in {:.2} sermons on average", hits as f64 / 60_000.0);
}
