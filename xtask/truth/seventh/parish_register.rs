//! Puts the registers of a parish in order: baptisms, marriages and burials of two centuries, as
//! volunteers typed them. Sorts by family, year and page, and prints the largest families.

use truth::{Random, word};

const ENTRIES: usize = 260_000;

/// An entry; its names lie in the register's text.
#[derive(Clone, Copy)]
struct Entry {
    family: u32,
    year: u16,
    page: u16,
    kind: u8,
    child: u32,
}

impl Entry {
    /// All that entries are ordered by, as one number.
    fn order(&self) -> u64 {
        u64::from(self.family) << 36
            | u64::from(self.year) << 24
            | u64::from(self.page) << 8
            | u64::from(self.kind)
    }
}

struct Register {
    names: Vec<String>,
    entries: Vec<Entry>,
}

impl Register {
    fn typed(random: &mut Random) -> Register {
        let names = (0..9_000).map(word).collect::<Vec<_>>();
        let entry = |_| Entry {
            family: random.skewed(names.len()) as u32,
            year: 1_650 + random.below(200) as u16,
            page: random.below(400) as u16,
            kind: random.below(3) as u8,
            child: random.below(names.len()) as u32,
        };
        let entries = (0..ENTRIES).map(entry).collect();
        Register { names, entries }
    }

    fn sort(&mut self) {
        self.entries.sort_unstable_by_key(Entry::order);
    }

    /// Entries of the same family stand together once all are in order.
    fn families(&self) -> impl Iterator<Item = &[Entry]> {
        self.entries.chunk_by(|one, next| one.family == next.family)
    }
}

struct Family<'a> {
    name: &'a str,
    entries: usize,
    first: u16,
    last: u16,
    burials: usize,
    favourite: &'a str,
}

/// What one family's entries tell; `counts` has a place for each first name, and is left as it was.
fn family<'a>(register: &'a Register, entries: &[Entry], counts: &mut [u32]) -> Family<'a> {
    let mut favourite = (0, 0);
    for entry in entries.iter().filter(|entry| entry.kind == 0) {
        let count = &mut counts[entry.child as usize];
        *count += 1;
        favourite = favourite.max((*count, entry.child));
    }
    for entry in entries {
        counts[entry.child as usize] = 0;
    }
    Family {
        name: &register.names[entries[0].family as usize],
        entries: entries.len(),
        first: entries[0].year,
        last: entries[entries.len() - 1].year,
        burials: entries.iter().filter(|entry| entry.kind == 2).count(),
        favourite: &register.names[favourite.1 as usize],
    }
}

fn main() {
    let mut random = Random::new(1_563);
    for parish in 0..50 {
        let mut register = Register::typed(&mut random);
        register.sort();
        let mut counts = vec![0; register.names.len()];
        let mut largest: Option<Family> = None;
        let mut extinct = 0;
        for entries in register.families() {
            let family = family(&register, entries, &mut counts);
            extinct += usize::from(family.last < 1_845);
            if largest.as_ref().is_none_or(|largest| family.entries > largest.entries) {
                largest = Some(family);
            }
        }
        let Some(Family { name, entries, first, last, burials, favourite }) = largest else {
            continue;
        };
        println!("parish {parish}: {name}, {entries} entries from {first} to {last}");
        println!("  {burials} burials, mostly {favourite}; {extinct} families ended");
    }
}
