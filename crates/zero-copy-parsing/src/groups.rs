//! A hash table for short borrowed keys.

use std::hash::{BuildHasher, RandomState};

use crate::export::Totals;
use crate::key::Key;

/// Totals by key.
pub(crate) struct Groups<'a> {
    /// What whoever chose the keys does not know: one for each factor of the hash, since a factor
    /// that can be made zero makes any key collide with any other.
    secrets: [u64; 2],
    groups: Vec<Group<'a>>,
    /// Open addressing with linear probing: a group's number plus one, or zero.
    table: Vec<u32>,
}

struct Group<'a> {
    key: Key<'a>,
    totals: Totals,
}

impl<'a> Groups<'a> {
    pub(crate) fn new() -> Self {
        let random = RandomState::new();
        Self::with_secrets([0, 1].map(|which| random.hash_one(which)))
    }

    fn with_secrets(secrets: [u64; 2]) -> Self {
        Self { secrets, groups: Vec::new(), table: vec![0; 64] }
    }

    /// The totals of a key, which are zero if it is new.
    #[inline(always)]
    pub(crate) fn totals(&mut self, key: Key<'a>) -> &mut Totals {
        let mask = self.table.len() - 1;
        let mut slot = key.hash(self.secrets) & mask;
        let number = loop {
            let number = self.table[slot] as usize;
            if number == 0 {
                break self.insert(Group { key, totals: Totals::default() }, slot);
            }
            if self.groups[number - 1].key.is(key) {
                break number;
            }
            slot = (slot + 1) & mask;
        };
        &mut self.groups[number - 1].totals
    }

    /// Puts a new group into a free slot and says its number.
    #[cold]
    fn insert(&mut self, group: Group<'a>, slot: usize) -> usize {
        self.groups.push(group);
        self.table[slot] = self.groups.len() as u32;
        if self.groups.len() * 2 > self.table.len() {
            let mask = self.table.len() * 4 - 1;
            self.table = vec![0; mask + 1];
            for (group, number) in self.groups.iter().zip(1..) {
                let mut slot = group.key.hash(self.secrets) & mask;
                while self.table[slot] != 0 {
                    slot = (slot + 1) & mask;
                }
                self.table[slot] = number;
            }
        }
        self.groups.len()
    }

    /// All keys with their totals, in order of appearance.
    pub(crate) fn into_totals(self) -> impl Iterator<Item = (&'a [u8], Totals)> {
        self.groups.into_iter().map(|group| (group.key.all, group.totals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_has_secrets_of_its_own() {
        let (table, other) = (Groups::new().secrets, Groups::new().secrets);
        assert!(table[0] != other[0] && table[1] != other[1], "a table has its own");
        assert_ne!(table[0], table[1]);
    }

    /// Secrets of zero make the second factor of a short key zero: all start at one slot, and are
    /// more than a new table takes.
    #[test]
    fn keys_that_collide_are_told_apart() {
        let keys: Vec<String> = (0..200).map(|number| format!("k{number}")).collect();
        assert!(
            keys.iter().all(|all| Key::within(all.as_bytes(), 0, all.len()).hash([0, 0]) == 0),
            "they do not collide"
        );
        let mut groups = Groups::with_secrets([0, 0]);
        for rows in 0..3 {
            for (all, value) in keys.iter().zip(1..) {
                let totals = groups.totals(Key::within(all.as_bytes(), 0, all.len()));
                assert_eq!((totals.rows, totals.sum), (rows, i128::from(rows) * i128::from(value)));
                totals.add(value);
            }
        }
        let found: Vec<_> = groups.into_totals().map(|(all, totals)| (all, totals.rows)).collect();
        assert_eq!(found, keys.iter().map(|all| (all.as_bytes(), 3)).collect::<Vec<_>>());
    }
}
