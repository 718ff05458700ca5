//! Registries in which a chain is long, a list is just too long to lie inline, a manifest is long
//! or in pieces, or nobody needs anybody.

use crate::index::Index;

/// Hand-made registries, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Index> {
    type Registry<'a> = (usize, &'a [(u32, u32)], u32);
    let table: [Registry; 7] = [
        (0, &[], 0),
        (1, &[], 0),
        (1, &[(0, 0)], 0),
        (2, &[(0, 1)], 0),
        (2, &[(0, 1), (1, 0), (0, 1)], 1),
        (4, &[(3, 2), (2, 1), (1, 0), (3, 0)], 0),
        (3, &[(2, 1), (1, 0), (2, 0)], 0), // a manifest in two pieces, the nearer behind
    ];
    let index =
        |(packages, needs, changed): Registry| Index { packages, needs: needs.to_vec(), changed };
    let mut edges: Vec<Index> = table.into_iter().map(index).collect();
    // More steps than a byte counts, and more than sixteen bits do, from either end.
    for length in [254, 255, 256, 257, 300, 65_600] {
        let chain: Vec<(u32, u32)> = (1..length).map(|package| (package, package - 1)).collect();
        for changed in [0, length / 2, length - 1] {
            edges.push(index((length as usize, &chain, changed)));
        }
    }
    // As many dependents as lie inline, one more and one less; and batches that are just full.
    for dependents in [1, 3, 4, 5, 6, 8, 9, 15, 16, 17, 31, 32, 33, 300] {
        let star: Vec<(u32, u32)> = (1..=dependents).map(|package| (package, 0)).collect();
        let behind = star.iter().map(|&(package, _)| (package + dependents, package));
        let needs: Vec<(u32, u32)> = star.iter().copied().chain(behind).collect();
        edges.push(index((2 * dependents as usize + 1, &needs, 0)));
        edges.push(index((2 * dependents as usize + 1, &needs, dependents)));
    }
    // Long manifests whose packages are each a step farther, also with their needs in turns.
    for packages in [1, 2, 3, 40] {
        let need = |package: u32| (package, package.saturating_sub(1));
        let needs: Vec<(u32, u32)> = (0..packages * 16).map(|at| need(at / 16)).collect();
        let turns: Vec<(u32, u32)> = (0..packages * 16).map(|at| need(at % packages)).collect();
        for changed in [0, packages / 2] {
            edges.push(index((packages as usize, &needs, changed)));
            edges.push(index((packages as usize, &turns, changed)));
        }
    }
    edges
}
