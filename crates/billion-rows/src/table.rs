//! Stations by name: open addressing with linear probing, an entry in each slot, and an entry in a
//! cache line. Names of up to fifteen bytes are compared within it; longer ones lie apart.

use crate::report::Report;
use crate::row::{Key, LONG, Row, of_name};
use crate::totals::Totals;

/// Slots of a new table: four hundred stations fit, in what a first cache holds.
const SLOTS: usize = 1 << 10;

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
    /// A power of two of slots, at most half of them in use.
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
    /// Adds the row of this text that begins at `at`.
    #[inline(always)] // it has several callers, and in each a call would empty the registers
    pub(crate) fn add(&mut self, text: &[u8], at: usize, row: &Row) {
        let name = at..row.end;
        let slot = match name.len() {
            0..LONG => self.find(row.key, row.hash, |_| true),
            _ => self.find_long(row, &text[name.clone()]),
        };
        let slot = slot.unwrap_or_else(|slot| self.insert(slot, &text[name], row.key, row.hash));
        self.entries[slot].totals.add(row.tenths);
    }

    /// Adds what is known of a station.
    pub(crate) fn add_totals(&mut self, name: &[u8], totals: &Totals) {
        let (key, hash) = of_name(name);
        let slot = self.find(key, hash, |entry| self.name(entry) == name);
        let slot = slot.unwrap_or_else(|slot| self.insert(slot, name, key, hash));
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

    /// The slot of this key, where the whole name is the same; or else the empty one for it.
    #[inline(always)]
    fn find(&self, key: Key, hash: u64, same: impl Fn(&Entry) -> bool) -> Result<usize, usize> {
        let mut slot = hash as usize & self.entries.len() - 1;
        loop {
            let entry = &self.entries[slot];
            if entry.key == key && same(entry) {
                return Ok(slot);
            }
            if entry.totals.rows == 0 {
                return Err(slot);
            }
            slot = (slot + 1) & self.entries.len() - 1;
        }
    }

    #[inline(never)]
    fn find_long(&self, row: &Row, name: &[u8]) -> Result<usize, usize> {
        self.find(row.key, row.hash, |entry| self.name(entry) == name)
    }

    /// Puts a new station into an empty slot and says where it is.
    #[cold]
    fn insert(&mut self, slot: usize, name: &[u8], key: Key, hash: u64) -> usize {
        if 2 * self.stations >= self.entries.len() {
            self.grow();
            let slot = self.find(key, hash, |_| false).unwrap_or_else(|slot| slot);
            return self.insert(slot, name, key, hash);
        }
        let number = |place: usize| u32::try_from(place).expect("names of four gigabytes");
        let name_at = (number(self.names.len()), number(name.len()));
        self.names.extend_from_slice(name);
        self.entries[slot] = Entry { key, name: name_at, ..EMPTY };
        self.stations += 1;
        slot
    }

    #[cold]
    fn grow(&mut self) {
        let larger = vec![EMPTY; 4 * self.entries.len()];
        for entry in std::mem::replace(&mut self.entries, larger) {
            if entry.totals.rows > 0 {
                let (key, hash) = of_name(self.name(&entry));
                let slot = self.find(key, hash, |_| false).unwrap_or_else(|slot| slot);
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
