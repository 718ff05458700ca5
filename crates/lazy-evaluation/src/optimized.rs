//! A threshold instead of a heap: documents below it are dismissed sixteen at a time, and those
//! above it wait in a buffer that is thinned out when it is full.

use crate::scores::{Documents, key, number, rank, score};

/// Documents scored together: enough for the compiler to score them in vectors, and few enough that
/// mostly none of them is any good.
const BLOCK: usize = 16;

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    if wanted == 0 {
        return Vec::new();
    }
    let mut kept = Kept::new(wanted, documents.len());
    let (relevances, rest) = documents.relevance.as_chunks::<BLOCK>();
    let (ages, rest_ages) = documents.age.as_chunks::<BLOCK>();
    for ((relevances, ages), first) in relevances.iter().zip(ages).zip((0..).step_by(BLOCK)) {
        let mut ranks = [0; BLOCK];
        for at in 0..BLOCK {
            ranks[at] = rank(score(relevances[at], ages[at]));
        }
        // All sixteen, without a branch: one that is left early could not be a vector.
        let any = ranks.iter().fold(false, |any, &rank| any | (rank > kept.threshold));
        if any || kept.takes_all() {
            kept.add(&ranks, first);
        }
    }
    let ranks: Vec<i32> = rest.iter().zip(rest_ages).map(|(r, a)| rank(score(*r, *a))).collect();
    kept.add(&ranks, (documents.len() - rest.len()) as u32);
    kept.into_sorted()
}

/// Candidates, and the rank that they must exceed.
struct Kept {
    keys: Vec<i64>,
    wanted: usize,
    room: usize,
    threshold: i32,
}

impl Kept {
    fn new(wanted: usize, all: usize) -> Self {
        let wanted = wanted.min(all);
        // Twice what is wanted: thinning out is linear, and then happens once per `wanted` finds.
        let room = (2 * wanted).max(4 * BLOCK).min(all);
        Self { keys: Vec::with_capacity(room + BLOCK), wanted, room, threshold: i32::MIN }
    }

    /// Whether nothing was dismissed yet: then even the least of all ranks must be let in.
    fn takes_all(&self) -> bool {
        self.threshold == i32::MIN
    }

    /// A rank equal to the threshold comes from a later document than those kept, so it loses.
    fn add(&mut self, ranks: &[i32], first: u32) {
        for (&rank, number) in ranks.iter().zip(first..) {
            if rank > self.threshold || self.takes_all() {
                self.keys.push(key(rank, number));
            }
        }
        if self.keys.len() > self.room {
            self.thin_out();
        }
    }

    fn thin_out(&mut self) {
        if self.wanted < self.keys.len() {
            let (_, worst, _) = self.keys.select_nth_unstable_by(self.wanted - 1, |a, b| b.cmp(a));
            self.threshold = (*worst >> 32) as i32;
            self.keys.truncate(self.wanted);
        }
    }

    fn into_sorted(mut self) -> Vec<u32> {
        self.thin_out();
        self.keys.sort_unstable_by(|a, b| b.cmp(a));
        self.keys.into_iter().map(number).collect()
    }
}
