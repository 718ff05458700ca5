//! The direction is chosen by what a package needs: where manifests are long, a search in them ends
//! early and the next step reaches nearly all; where they are short, rows cost less than sweeps.

use crate::bottom_up::{Manifest, manifests};
use crate::index::Index;
use crate::{batches, bottom_up};

/// From so many needs a package on, manifests are long.
const LONG: usize = 16;

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    match long_manifests(index) {
        Some(manifests) => bottom_up::steps(index, manifests),
        None => batches::affected(index),
    }
}

/// The manifests if they are long. More pieces than packages are none: the needs lie in another
/// order, and in a piece no search ends early.
fn long_manifests(index: &Index) -> Option<Vec<Manifest<'_>>> {
    let long = index.needs.len() >= LONG * index.packages;
    long.then(|| manifests(index)).filter(|manifests| manifests.len() <= index.packages)
}

/// Bytes of what the steps are found in.
pub(crate) fn bytes(index: &Index) -> usize {
    match long_manifests(index) {
        Some(_) => bottom_up::bytes(index),
        None => index.row_bytes(),
    }
}
