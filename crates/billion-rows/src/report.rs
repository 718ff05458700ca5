//! What all rungs come to, and how it is written.

use std::fmt;

use crate::totals::Totals;

/// All stations in the order of their names.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// Name and totals of each.
    pub stations: Vec<(String, Totals)>,
}

impl Report {
    /// Of stations in any order.
    ///
    /// # Panics
    /// If a name is not UTF-8.
    pub fn new<'a>(stations: impl Iterator<Item = (&'a [u8], Totals)>) -> Self {
        let mut stations: Vec<_> = stations.collect();
        stations.sort_unstable_by_key(|(name, _)| *name);
        let owned = |name: &[u8]| str::from_utf8(name).expect("names are UTF-8").to_owned();
        let stations = stations.into_iter().map(|(name, totals)| (owned(name), totals));
        Self { stations: stations.collect() }
    }
}

/// As the challenge wants it: `{Aachen=-3.1/9.8/28.0, …}`, least, mean and most.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        f.write_str("{")?;
        for (name, totals) in &self.stations {
            let (min, mean, max) = (totals.min.into(), totals.mean(), totals.max.into());
            write!(f, "{separator}{name}={}/{}/{}", Tenths(min), Tenths(mean), Tenths(max))?;
            separator = ", ";
        }
        f.write_str("}")
    }
}

/// A number of tenths, written as a fraction.
struct Tenths(i64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let tenths = self.0.unsigned_abs();
        write!(f, "{sign}{}.{}", tenths / 10, tenths % 10)
    }
}
