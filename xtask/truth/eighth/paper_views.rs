//! What a university's readers look at: a proxy's log is held against the catalogue of papers.
//!
//! The log names journal, volume and page, as publishers' addresses do. A view counts once in a
//! session; sessions end after half an hour.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use truth::{Random, word};

const JOURNALS: usize = 300;
const PAPERS: usize = 40_000;
const READERS: usize = 9_000;
const DAYS: usize = 280;
const VIEWS: usize = 220_000;

/// Where a paper stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    journal: u32,
    volume: u32,
    page: u32,
}

struct View {
    reader: u32,
    minute: u32,
    place: Place,
}

struct Catalogue {
    places: Vec<Place>,
    numbers: HashMap<Place, u32>,
}

impl Catalogue {
    fn new(random: &mut Random) -> Catalogue {
        let mut numbers = HashMap::new();
        let mut places = Vec::with_capacity(PAPERS);
        while places.len() < PAPERS {
            let place = Place {
                journal: random.skewed(JOURNALS) as u32,
                volume: 1 + random.below(120) as u32,
                page: 1 + random.below(1_900) as u32,
            };
            if let Entry::Vacant(new) = numbers.entry(place) {
                new.insert(places.len() as u32);
                places.push(place);
            }
        }
        Catalogue { places, numbers }
    }

    fn number(&self, place: &Place) -> Option<u32> {
        self.numbers.get(place).copied()
    }
}

/// A day's log, by the minute.
fn log(catalogue: &Catalogue, random: &mut Random) -> Vec<View> {
    (0..VIEWS)
        .map(|at| {
            let mut place = catalogue.places[random.skewed(PAPERS)];
            let number = random.number();
            if number & 31 == 0 {
                place.page += 1; // somebody's typing error
            }
            let reader = (number >> 32) as u32 % READERS as u32;
            View { reader, minute: (at * 1_440 / VIEWS) as u32, place }
        })
        .collect()
}

/// The papers that were viewed, in the order of the log, and how many were not found.
fn found(catalogue: &Catalogue, log: &[View]) -> (Vec<(u32, u32, u32)>, usize) {
    let found: Vec<(u32, u32, u32)> = log
        .iter()
        .filter_map(|view| Some((view.reader, catalogue.number(&view.place)?, view.minute)))
        .collect();
    let missing = log.len() - found.len();
    (found, missing)
}

/// Puts a day's views in order of readers, by counting; within a reader the log's order stays.
fn by_reader(views: &[(u32, u32, u32)]) -> Vec<(u32, u32, u32)> {
    let mut ends = vec![0_u32; READERS + 1];
    for view in views {
        ends[view.0 as usize + 1] += 1;
    }
    for reader in 0..READERS {
        ends[reader + 1] += ends[reader];
    }
    let mut sorted = vec![(0, 0, 0); views.len()];
    for &view in views {
        let place = &mut ends[view.0 as usize];
        sorted[*place as usize] = view;
        *place += 1;
    }
    sorted
}

/// Counts views, those of one session once, and sessions.
fn count(views: &[(u32, u32, u32)], counts: &mut [u32]) -> usize {
    let mut sessions = 0;
    let near = |a: &(u32, u32, u32), b: &(u32, u32, u32)| a.0 == b.0 && b.2 - a.2 < 30;
    let mut papers = Vec::new();
    for session in views.chunk_by(near) {
        sessions += 1;
        papers.clear();
        papers.extend(session.iter().map(|view| view.1));
        papers.sort_unstable();
        papers.dedup();
        for &paper in &papers {
            counts[paper as usize] += 1;
        }
    }
    sessions
}

/// As many papers as have at least as many views.
fn index(counts: &mut [u32]) -> usize {
    counts.sort_unstable_by(|a, b| b.cmp(a));
    counts.iter().zip(1..).take_while(|&(&count, rank)| count >= rank).count()
}

fn main() {
    let mut random = Random::new(814);
    let catalogue = Catalogue::new(&mut random);
    let mut counts = vec![0; PAPERS];
    let mut sessions = 0;
    let mut missing = 0;
    for _ in 0..DAYS {
        let log = log(&catalogue, &mut random);
        let (views, not_found) = found(&catalogue, &log);
        missing += not_found;
        sessions += count(&by_reader(&views), &mut counts);
    }

    let mut journals: Vec<Vec<u32>> = vec![Vec::new(); JOURNALS];
    for (place, &count) in catalogue.places.iter().zip(&counts) {
        journals[place.journal as usize].push(count);
    }
    let mut ranks: Vec<(usize, usize)> =
        journals.iter_mut().enumerate().map(|(at, counts)| (index(counts), at)).collect();
    ranks.sort_unstable_by_key(|&(index, journal)| (std::cmp::Reverse(index), journal));
    println!("{sessions} sessions, {missing} views of nothing known");
    for (index, journal) in &ranks[..6] {
        println!("{:10} index {index}", word(*journal));
    }
    let most = counts.iter().zip(&catalogue.places).max().expect("papers");
    println!("most viewed: volume {} page {}, {} times", most.1.volume, most.1.page, most.0);
}
