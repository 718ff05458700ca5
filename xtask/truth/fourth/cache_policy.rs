//! Tries out how large a proxy's cache should be, and what it should throw away first, on a day's
//! requests.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use truth::Random;

const REQUESTS: usize = 6_000_000;
const PAGES: usize = 120_000;
const NONE: u32 = u32::MAX;

struct Entry {
    page: u32,
    older: u32,
    newer: u32,
    bytes: u32,
}

/// Pages in the order in which they were last asked for, linked by their places in a table.
struct Cache {
    places: HashMap<u32, u32, FixedState>,
    entries: Vec<Entry>,
    oldest: u32,
    newest: u32,
    renews: bool,
}

#[derive(Clone, Copy, Default)]
struct Outcome {
    hits: u64,
    saved: u64,
}

impl Cache {
    /// `renews` says whether a page that is asked for becomes the newest again.
    fn new(capacity: usize, renews: bool) -> Cache {
        Cache {
            places: HashMap::with_capacity_and_hasher(capacity, FixedState::default()),
            entries: Vec::with_capacity(capacity),
            oldest: NONE,
            newest: NONE,
            renews,
        }
    }

    fn unlink(&mut self, at: u32) {
        let Entry { older, newer, .. } = self.entries[at as usize];
        match older {
            NONE => self.oldest = newer,
            older => self.entries[older as usize].newer = newer,
        }
        match newer {
            NONE => self.newest = older,
            newer => self.entries[newer as usize].older = older,
        }
    }

    fn link(&mut self, at: u32) {
        let entry = &mut self.entries[at as usize];
        (entry.older, entry.newer) = (self.newest, NONE);
        match self.newest {
            NONE => self.oldest = at,
            newest => self.entries[newest as usize].newer = at,
        }
        self.newest = at;
    }

    /// How many bytes of a page are there already.
    fn asked(&mut self, page: u32) -> Option<u32> {
        if let Some(&at) = self.places.get(&page) {
            if self.renews && at != self.newest {
                self.unlink(at);
                self.link(at);
            }
            return Some(self.entries[at as usize].bytes);
        }
        let entry = Entry { page, older: NONE, newer: NONE, bytes: length(page) };
        let at = if self.entries.len() < self.entries.capacity() {
            self.entries.push(entry);
            self.entries.len() as u32 - 1
        } else {
            let at = self.oldest;
            self.unlink(at);
            self.places.remove(&self.entries[at as usize].page);
            self.entries[at as usize] = entry;
            at
        };
        self.places.insert(page, at);
        self.link(at);
        None
    }
}

fn length(page: u32) -> u32 {
    400 + (page.wrapping_mul(2_654_435_761) >> 18)
}

fn outcome(requests: &[u32], capacity: usize, renews: bool) -> Outcome {
    let mut cache = Cache::new(capacity, renews);
    let mut outcome = Outcome::default();
    for &page in requests {
        if let Some(bytes) = cache.asked(page) {
            outcome.hits += 1;
            outcome.saved += u64::from(bytes);
        }
    }
    outcome
}

/// Some pages are asked for all the time, others for an hour.
fn requests() -> Vec<u32> {
    let mut random = Random::new(304);
    let request = |number: usize| {
        let hour = number / (REQUESTS / 24) * 4_000;
        let page = match random.below(3) {
            0 => (hour + random.skewed(6_000)) % PAGES,
            _ => random.skewed(PAGES),
        };
        page as u32
    };
    (0..REQUESTS).map(request).collect()
}

fn main() {
    let requests = requests();
    let mut best = (0, 0, false);
    for capacity in [500, 1_000, 2_000, 4_000, 8_000, 16_000] {
        for renews in [false, true] {
            let outcome = outcome(&requests, capacity, renews);
            let name = if renews { "used" } else { "came" };
            println!("{capacity} pages, first out what {name} first: {} hits", outcome.hits);
            best = best.max((outcome.saved / capacity as u64, capacity, renews));
        }
    }
    println!("most bytes saved for each place: {} with {} pages", best.0, best.1);
}
