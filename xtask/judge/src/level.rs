//! In which cache data lies, as far as a machine's sizes tell.

use protocol::Machine;

/// A cache holds no more than this share of its size for certain: something else always needs room.
const HOLDS: f64 = 0.75;

/// Where data lies: a cache by its number, 0 for the first, or as many as there are for memory
/// beyond all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lies {
    /// By what the caches are advertised to hold.
    pub nearest: usize,
    /// By what latency shows them to hold: in a virtual machine neighbours take their part.
    pub farthest: usize,
    /// How many caches there are.
    pub caches: usize,
}

/// A cache that holds what was meant to lie beyond all of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holds {
    /// Bytes of data.
    pub data: f64,
    /// The number of the cache, 1 for the first.
    pub level: usize,
    /// Its size in bytes.
    pub size: u64,
}

impl Lies {
    /// Where so many bytes lie; `None` if they, or the caches, are not known.
    pub fn new(machine: &Machine, bytes: f64) -> Option<Self> {
        let (advertised, shown) = (&machine.caches, &machine.effective_caches);
        let caches = advertised.len().max(shown.len());
        if caches == 0 || bytes <= 0.0 {
            return None;
        }
        let level = |sizes: &[u64]| sizes.iter().position(|size| bytes <= *size as f64);
        let by = |sizes: &[u64]| (!sizes.is_empty()).then(|| level(sizes).unwrap_or(caches));
        let known = || [by(advertised), by(shown)].into_iter().flatten();
        Some(Self { nearest: known().min()?, farthest: known().max()?, caches })
    }
}

impl Holds {
    /// Whether the last cache holds so many bytes, by the size that is advertised: that much is not
    /// beyond it for certain, however little of it latency shows.
    pub fn new(machine: &Machine, data: f64) -> Option<Self> {
        let sizes = [&machine.caches, &machine.effective_caches];
        let sizes = sizes.into_iter().find(|sizes| !sizes.is_empty())?;
        let size = *sizes.last()?;
        let held = data > 0.0 && data <= HOLDS * size as f64;
        held.then_some(Self { data, level: sizes.len(), size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(caches: &[u64], effective_caches: &[u64]) -> Machine {
        let (caches, effective_caches) = (caches.to_vec(), effective_caches.to_vec());
        Machine { caches, effective_caches, ..Machine::default() }
    }

    #[test]
    fn data_lies_in_the_first_cache_that_it_fits_and_two_sizes_make_a_range() {
        let both = machine(&[100, 1_000, 10_000], &[80, 1_000, 3_000]);
        let lies = |bytes: f64| Lies::new(&both, bytes).map(|at| (at.nearest, at.farthest));
        assert_eq!(lies(80.0), Some((0, 0)));
        assert_eq!(lies(90.0), Some((0, 1)));
        assert_eq!(lies(1_000.0), Some((1, 1)));
        assert_eq!(lies(5_000.0), Some((2, 3)));
        assert_eq!(lies(10_001.0), Some((3, 3)));
        assert_eq!(lies(0.0), None);
        let advertised = Lies::new(&machine(&[100, 1_000], &[]), 90.0);
        assert_eq!(advertised, Some(Lies { nearest: 0, farthest: 0, caches: 2 }));
        assert_eq!(Lies::new(&machine(&[], &[]), 90.0), None);
        // Fewer levels show than are advertised: what shows nowhere may lie beyond.
        let fewer = Lies::new(&machine(&[100, 1_000, 10_000], &[80, 900]), 5_000.0);
        assert_eq!(fewer, Some(Lies { nearest: 2, farthest: 3, caches: 3 }));
    }

    #[test]
    fn a_large_last_cache_holds_what_was_meant_to_lie_beyond() {
        let large = machine(&[48, 2_000, 480_000], &[46, 1_000, 6_000]);
        let held = Holds { data: 256_000.0, level: 3, size: 480_000 };
        assert_eq!(Holds::new(&large, 256_000.0), Some(held));
        assert_eq!(Holds::new(&large, 470_000.0), None, "full to the brim");
        assert_eq!(Holds::new(&large, 0.0), None, "nobody says how large it is");
        assert_eq!(Holds::new(&machine(&[], &[]), 1.0), None);
    }
}
