//! Orders and numbers of records around what is under way at once, and around the index's ends.

use crate::index::Index;
use crate::job::Job;
use crate::wanted::{DEPTH, Wanted};

/// Hand-made jobs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let index = Index::of(Index::SMALL);
    let last = Index::SMALL - 1;
    let run = Wanted::RUN as u32;
    let records = |pieces: &[u32], depth| Wanted::records(pieces.to_vec(), depth);
    let wanted = [
        records(&[], 1),
        records(&[], DEPTH),
        records(&[0], 1),
        records(&[last], DEPTH),
        records(&[5, 5, 5], 2), // the same again, while it is under way
        records(&[last, 1, 0, last], 3),
        Wanted::records((0..65).rev().collect(), DEPTH), // one more than is under way
        Wanted::records((0..64).map(|at| at * 7).collect(), DEPTH),
        Wanted::records((0..63).map(|at| last - at * 7).collect(), DEPTH),
        Wanted::records((0..130).map(|at| at * 37 % last).collect(), 1),
        Wanted::records((0..130).map(|at| at * 37 % last).collect(), 5),
        Wanted::scan(0, 0, 8),
        Wanted::scan(0, 1, 8),
        Wanted::scan(1, Index::SMALL as usize - 32, 8), // up to the end
        Wanted { pieces: vec![run, 0, 1, last + 1 - run, 0], records: Wanted::RUN, depth: 2 },
    ];
    let job = |wanted| Job { index, wanted, cold: false };
    let warm = wanted.into_iter().map(job);
    let cold = Job::random(index, 64, 4, 1).cold();
    warm.chain([cold]).collect()
}
