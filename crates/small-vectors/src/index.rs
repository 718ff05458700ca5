//! A registry's index: who needs whom, and what it takes as lists.

/// For a package that no chain of dependencies links with the changed one.
pub const UNAFFECTED: u32 = u32::MAX;

/// A registry's index: who needs whom.
#[derive(Debug)]
pub struct Index {
    /// How many packages there are; they are numbered from 0.
    pub packages: usize,
    /// A package and one of its direct dependencies, manifest after manifest.
    pub needs: Vec<(u32, u32)>,
    /// The package that changes.
    pub changed: u32,
}

impl Index {
    /// How many dependents each package has.
    pub(crate) fn lengths(&self) -> Vec<usize> {
        let mut lengths = vec![0; self.packages];
        self.needs.iter().for_each(|&(_, dependency)| lengths[dependency as usize] += 1);
        lengths
    }

    /// Bytes of a `List` per package, if up to `inline` entries lie in the list itself, and the
    /// others in blocks of the next power of two.
    pub(crate) fn list_bytes<List>(&self, inline: usize) -> usize {
        let blocks = self.lengths().into_iter().filter(|&length| length > inline);
        let entries: usize = blocks.map(|length| length.next_power_of_two().max(4)).sum();
        self.packages * size_of::<List>() + entries * 4
    }

    /// Bytes of all lists in one and of where each begins.
    pub(crate) fn row_bytes(&self) -> usize {
        (self.packages + 1 + self.needs.len()) * 4
    }

    /// Bytes of the index itself.
    pub fn bytes(&self) -> usize {
        size_of_val(&self.needs[..])
    }
}
