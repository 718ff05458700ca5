//! Stations by name: open addressing with linear probing, an entry in each slot, and an entry in a
//! cache line. Names of up to fifteen bytes are compared within it; longer ones lie apart.

use crate::report::Report;
use crate::row::{Key, Row, end_of_long, of_name};
use crate::totals::Totals;
use crate::words::{number, word};

/// Slots of a new table: few, since most texts of few rows have few stations.
const SLOTS: usize = 1 << 8;

#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Entry {
    key: Key,
    totals: Totals,
    /// Where in the names its own begins, and how long it is.
    name: (u32, u32),
}

const EMPTY: Entry = Entry { key: [0; 2], totals: Totals::NONE, name: (0, 0) };

/// Totals by station.
#[derive(Debug)]
pub struct Table {
    /// A power of two of slots, at most a quarter of them in use: whether the first one is the
    /// right one is a guess for each row.
    entries: Vec<Entry>,
    stations: usize,
    /// All names, one behind the other.
    names: Vec<u8>,
}

impl Default for Table {
    fn default() -> Self {
        Self { entries: vec![EMPTY; SLOTS], stations: 0, names: Vec::new() }
    }
}

impl Table {
    /// Adds the row that begins here, and says where the next one does.
    #[inline(always)]
    pub(crate) fn add_at(&mut self, text: &[u8], at: usize) -> usize {
        match Row::read(text, at) {
            Some(row) => {
                self.add(text, at, &row);
                row.next
            }
            None => self.add_long(text, at),
        }
    }

    /// Adds the row that was read here.
    #[inline(always)] // it has several callers, and in each a call would empty the registers
    pub(crate) fn add(&mut self, text: &[u8], at: usize, row: &Row) {
        let mut slot = row.hash as usize & (self.entries.len() - 1);
        loop {
            let entry = &mut self.entries[slot];
            if (entry.key[0] ^ row.key[0]) | (entry.key[1] ^ row.key[1]) == 0 {
                return entry.totals.add(row.tenths);
            }
            if entry.totals.rows == 0 {
                return self.add_new(&text[at..row.end], row.tenths);
            }
            slot = (slot + 1) & (self.entries.len() - 1);
        }
    }

    /// The keys of long names are compared like those of others, and then the names.
    #[inline(never)]
    fn add_long(&mut self, text: &[u8], at: usize) -> usize {
        let (end, hash) = end_of_long(text, at);
        let name = &text[at..end];
        let (tenths, number) = number(word(text, end + 1));
        match self.find([word(name, 0), word(name, 8)], hash, name) {
            Ok(slot) => self.entries[slot].totals.add(tenths),
            Err(_) => self.add_new(name, tenths),
        }
        end + 1 + number
    }

    #[cold]
    fn add_new(&mut self, name: &[u8], tenths: i32) {
        let mut totals = Totals::NONE;
        totals.add(tenths);
        self.add_totals(name, &totals);
    }

    /// Adds what is known of a station.
    pub(crate) fn add_totals(&mut self, name: &[u8], totals: &Totals) {
        let (key, hash) = of_name(name);
        let slot = self.find(key, hash, name).unwrap_or_else(|slot| self.insert(slot, name));
        self.entries[slot].totals.merge(totals);
    }

    /// Adds all that another table has.
    pub fn merge(&mut self, other: &Self) {
        for entry in other.used() {
            self.add_totals(other.name(entry), &entry.totals);
        }
    }

    /// What it comes to.
    pub fn report(&self) -> Report {
        Report::new(self.used().map(|entry| (self.name(entry), entry.totals)))
    }

    /// The slot of this name; or else the empty one for it.
    #[inline]
    fn find(&self, key: Key, hash: u64, name: &[u8]) -> Result<usize, usize> {
        let mut slot = hash as usize & (self.entries.len() - 1);
        loop {
            let entry = &self.entries[slot];
            if entry.key == key && self.name(entry) == name {
                return Ok(slot);
            }
            if entry.totals.rows == 0 {
                return Err(slot);
            }
            slot = (slot + 1) & (self.entries.len() - 1);
        }
    }

    /// Puts a new station into an empty slot and says where it is then.
    fn insert(&mut self, mut slot: usize, name: &[u8]) -> usize {
        let (key, hash) = of_name(name);
        if 4 * self.stations >= self.entries.len() {
            self.grow();
            slot = self.find(key, hash, name).unwrap_or_else(|slot| slot);
        }
        let number = |place: usize| u32::try_from(place).expect("names of four gigabytes");
        let place = (number(self.names.len()), number(name.len()));
        self.names.extend_from_slice(name);
        self.entries[slot] = Entry { key, name: place, ..EMPTY };
        self.stations += 1;
        slot
    }

    fn grow(&mut self) {
        let larger = vec![EMPTY; 4 * self.entries.len()];
        for entry in std::mem::replace(&mut self.entries, larger) {
            if entry.totals.rows > 0 {
                let name = self.name(&entry);
                let (key, hash) = of_name(name);
                let slot = self.find(key, hash, name).unwrap_or_else(|slot| slot);
                self.entries[slot] = entry;
            }
        }
    }

    fn used(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.totals.rows > 0)
    }

    fn name(&self, entry: &Entry) -> &[u8] {
        let (start, length) = (entry.name.0 as usize, entry.name.1 as usize);
        &self.names[start..start + length]
    }
}
