//! `petgraph`'s compressed rows: `Csr` is made from edges that are sorted and differ.

use petgraph::Directed;
use petgraph::csr::Csr;

use crate::index::{Index, UNAFFECTED};

type Graph = Csr<(), (), Directed, u32>;

/// For each package, how many steps away from the changed one it is.
pub fn affected(index: &Index) -> Vec<u32> {
    steps(&dependents(index), index)
}

/// Who depends on each package.
fn dependents(index: &Index) -> Graph {
    let mut edges: Vec<(u32, u32)> = index.needs.iter().map(|&(from, to)| (to, from)).collect();
    edges.sort_unstable();
    edges.dedup();
    Graph::from_sorted_edges(&edges).expect("edges were just sorted")
}

/// Breadth first: all at one step before any at two.
fn steps(dependents: &Graph, index: &Index) -> Vec<u32> {
    let mut steps = vec![UNAFFECTED; index.packages];
    let mut reached = Vec::new();
    if let Some(step) = steps.get_mut(index.changed as usize) {
        *step = 0;
        reached.push(index.changed);
    }
    let mut next = 0;
    while let Some(&package) = reached.get(next) {
        let step = steps[package as usize] + 1;
        // The graph ends with the last package that has an edge.
        if (package as usize) < dependents.node_count() {
            for &dependent in dependents.neighbors_slice(package) {
                if steps[dependent as usize] == UNAFFECTED {
                    steps[dependent as usize] = step;
                    reached.push(dependent);
                }
            }
        }
        next += 1;
    }
    steps
}
