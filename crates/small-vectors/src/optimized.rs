//! The direction is chosen by what a package needs: where manifests are long, a search in them ends
//! early and the next step reaches nearly all; where they are short, rows cost less than sweeps.

use crate::index::Index;
use crate::{batches, bottom_up};

/// From so many needs a package on, manifests are long.
const LONG: usize = 16;

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    if index.needs.len() >= LONG * index.packages {
        let manifests = bottom_up::manifests(index);
        // More pieces than packages: the needs are in another order, in which no search ends early.
        if manifests.len() <= index.packages {
            return bottom_up::steps(index, manifests);
        }
    }
    batches::affected(index)
}
