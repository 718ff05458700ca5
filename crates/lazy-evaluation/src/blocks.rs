//! A threshold instead of a heap: documents below it are dismissed sixteen at a time, and those
//! above it wait in a buffer that is thinned out when it is full.

use crate::scores::{Documents, key, number, rank, score};

/// Documents scored together: enough for the compiler to score them in vectors, and few enough that
/// mostly none of them is any good.
pub(crate) const BLOCK: usize = 16;

/// The numbers of the best documents, best first.
pub fn best(documents: &Documents, wanted: usize) -> Vec<u32> {
    best_by(documents, wanted, |kept, ranks, first| kept.add(ranks, first))
}

/// The same with any way to add what is good in a block, given its ranks and its first number.
#[inline(always)] // so that it is compiled with the features of its caller
pub(crate) fn best_by(
    documents: &Documents,
    wanted: usize,
    add: impl Fn(&mut Kept, &[i32; BLOCK], u32),
) -> Vec<u32> {
    if wanted == 0 {
        return Vec::new();
    }
    let mut kept = Kept::new(wanted, documents.len());
    let (relevances, rest) = documents.relevance.as_chunks::<BLOCK>();
    let (ages, rest_ages) = documents.age.as_chunks::<BLOCK>();
    for (block, (relevances, ages)) in relevances.iter().zip(ages).enumerate() {
        let mut ranks = [0; BLOCK];
        for at in 0..BLOCK {
            ranks[at] = rank(score(relevances[at], ages[at]));
        }
        // All sixteen, without a branch: one that is left early could not be a vector.
        if ranks.iter().fold(false, |any, &rank| any | (rank >= kept.floor)) {
            add(&mut kept, &ranks, (block * BLOCK) as u32);
            if kept.keys.len() > kept.room {
                kept.thin_out();
            }
        }
    }
    let ranks: Vec<i32> = rest.iter().zip(rest_ages).map(|(r, a)| rank(score(*r, *a))).collect();
    kept.add(&ranks, (documents.len() - rest.len()) as u32);
    kept.into_sorted()
}

/// Candidates, and the least rank that makes one.
pub(crate) struct Kept {
    pub(crate) keys: Vec<i64>,
    pub(crate) floor: i32,
    wanted: usize,
    pub(crate) room: usize,
}

impl Kept {
    pub(crate) fn new(wanted: usize, all: usize) -> Self {
        let wanted = wanted.min(all);
        // Twice what is wanted: thinning out is linear, and then happens once per `wanted` finds.
        let room = (2 * wanted).max(4 * BLOCK).min(all);
        Self { keys: Vec::with_capacity(room + BLOCK), floor: i32::MIN, wanted, room }
    }

    pub(crate) fn add(&mut self, ranks: &[i32], first: u32) {
        for (&rank, number) in ranks.iter().zip(first..) {
            if rank >= self.floor {
                self.keys.push(key(rank, number));
            }
        }
    }

    /// The worst that is left raises the floor above its own rank: a later document of the same
    /// rank loses. Above the greatest of all ranks there is none; then it is let in, in vain.
    pub(crate) fn thin_out(&mut self) {
        if self.wanted < self.keys.len() {
            let (_, worst, _) = self.keys.select_nth_unstable_by(self.wanted - 1, |a, b| b.cmp(a));
            self.floor = ((*worst >> 32) as i32).saturating_add(1);
            self.keys.truncate(self.wanted);
        }
    }

    pub(crate) fn into_sorted(mut self) -> Vec<u32> {
        self.thin_out();
        self.keys.sort_unstable_by(|a, b| b.cmp(a));
        self.keys.into_iter().map(number).collect()
    }
}
