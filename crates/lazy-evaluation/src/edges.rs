//! Documents that come worst first, best first, with equal scores, or with scores that are none.

use crate::Query;
use crate::scores::Documents;

/// Hand-made queries, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Query> {
    let scored = |scores: &mut dyn Iterator<Item = f32>| {
        let mut documents = Documents::default();
        scores.for_each(|score| documents.push(score, 0.0));
        documents
    };
    let odd = [f32::NAN, f32::from_bits(u32::MAX), f32::INFINITY, f32::NEG_INFINITY, 0.0, -0.0];
    let mut edges = Vec::new();
    for n in [0, 1, 2, 15, 16, 17, 31, 33, 64, 65, 127, 129, 300, 1_000] {
        let all = [
            scored(&mut (0..n).map(|at| at as f32)), // worst first: each is better than all before
            scored(&mut (0..n).map(|at| -(at as f32))), // best first: none is let in later
            scored(&mut (0..n).map(|_| 7.0)),
            scored(&mut (0..n).map(|at| (at % 2) as f32)),
            scored(&mut (0..n).map(|at| (at * 7 % 5) as f32 - 2.0)),
            scored(&mut (0..n).map(|at| ((at + 8) / 16) as f32)), // equal across a block's border
            // One candidate in a block, in every place of it in turn.
            scored(&mut (0..n).map(|at| if at % 17 == 0 { at as f32 } else { 0.0 })),
            // The greatest of all floats in `total_cmp`'s order: no floor is above it.
            scored(&mut (0..n).map(|_| f32::from_bits(i32::MAX as u32))),
            // The least of all floats in `total_cmp`'s order: no comparison exceeds it.
            scored(&mut (0..n).map(|_| f32::from_bits(u32::MAX))),
            scored(&mut odd.into_iter().cycle().take(n)),
        ];
        for documents in all {
            for wanted in [0, 1, 2, 16, 17, n / 2, n.saturating_sub(1), n, n + 1, usize::MAX] {
                edges.push(Query { documents: documents.clone(), wanted });
            }
        }
    }
    // Of two with one relevance the younger is the better, and age alone makes an order.
    let mut aged = Documents::default();
    (0..200).for_each(|at| aged.push((at % 3) as f32, (at * 37 % 100) as f32));
    edges.push(Query { documents: aged, wanted: 50 });
    // Ages at which relevance grows, turns its sign, or is divided by nothing at all.
    let ages = [0.0, -364.0, -365.0, -366.0, -1e30, 1e30, f32::MAX, f32::INFINITY, f32::NAN, 1.0];
    let relevances =
        [1.0, -1.0, 0.0, -0.0, 1e-45, -1e-38, f32::MAX, 3.0, f32::NEG_INFINITY, -5.0, 2.0];
    let mut odd = Documents::default();
    (0..1_000).for_each(|at| odd.push(relevances[at % 11], ages[at % 10]));
    for wanted in [1, 20, 100, 250, 300, 400, 499] {
        edges.push(Query { documents: odd.clone(), wanted });
    }
    edges
}
