//! Jobs whose true answer is known by construction: `same` is naive once more, `slower` does three
//! per cent more of the same work. `cargo xtask calibrate` measures them as it measures a case, and
//! counts how often the verdict is wrong.
//!
//! One kind is another story: there each rung works on memory of its own, of which a private cache
//! holds one share and not all, and `slower` ends by reading through more than it holds. Where
//! rungs share their caches, one that comes up twice in a block finds its share more often than one
//! that comes up once, and equal ones seem to differ.
//!
//! The slowdown is planted as work, not as waiting: a loop that watches a clock would be exact on
//! any machine, however noisy, and so prove nothing.

#![forbid(unsafe_code)]

mod jobs;

use std::hint::black_box;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

pub use jobs::Job;

/// How many per cent more items `slower` works on.
pub const PERCENT: usize = 3;

/// What a job works on: `n` items, and as many more as `slower` needs.
pub struct Input {
    job: Job,
    n: usize,
    words: Vec<u64>,
    company: Option<Company>,
}

/// What the other rungs work on where they are company.
struct Company {
    /// The words once more: `same` does the same work elsewhere.
    words: Vec<u64>,
    /// What `slower` reads to no purpose.
    memory: Vec<u64>,
    /// And the answer, which it then has to know already.
    answer: u64,
}

impl Input {
    /// Items beyond `n`, which only `slower` works on.
    pub fn extra(&self) -> usize {
        self.n * PERCENT / 100
    }

    fn words(job: Job, n: usize, seed: u64) -> Self {
        let mut rng = rng(seed);
        let words = (0..n + n * PERCENT / 100).map(|_| rng.random()).collect();
        Self { job, n, words, company: None }
    }

    /// A circle through as many places as a private cache holds, in no order that a prefetcher
    /// knows (Sattolo, 1986), and memory beyond.
    fn circle(n: usize, seed: u64) -> Self {
        let mut rng = rng(seed);
        let mut words: Vec<u64> = (0..PLACES as u64).collect();
        for at in (1..PLACES).rev() {
            words.swap(at, rng.random_range(0..at));
        }
        let answer = jobs::walk(&words, 0..n);
        let company = Company { words: words.clone(), memory: vec![1; MEMORY_READ], answer };
        Self { job: jobs::walk, n, words, company: Some(company) }
    }
}

/// Words of a circle: half of the smallest second-level cache that processors for servers have.
const PLACES: usize = (512 << 10) / size_of::<u64>();
/// Words that are read to no purpose: as many as the largest has.
const MEMORY_READ: usize = (2 << 20) / size_of::<u64>();

/// A chain of arithmetic that reads no memory.
pub const ARITHMETIC: fn(usize, u64) -> Input =
    |n, _| Input { job: jobs::arithmetic, n, words: Vec::new(), company: None };
/// A branch for each item that nobody can predict.
pub const BRANCHES: fn(usize, u64) -> Input = |n, seed| Input::words(jobs::branches, n, seed);
/// An allocation for each item.
pub const ALLOCATION: fn(usize, u64) -> Input = |n, seed| Input::words(jobs::allocation, n, seed);
/// A sum over more than private caches hold.
pub const MEMORY: fn(usize, u64) -> Input = |n, seed| Input::words(jobs::memory, n, seed);

/// A walk through a private cache, beside a rung that spoils it.
pub const COMPANY: fn(usize, u64) -> Input = Input::circle;

/// Naive, naive again under another name, and the planted slowdown.
pub const RUNGS: &[Rung<Input, u64>] = &[
    Rung::new("naive", naive).data(bytes),
    Rung::new("same", same).data(bytes),
    Rung::new("slower", slower).data(bytes),
];

/// Works on `n` items.
pub fn naive(input: &Input) -> u64 {
    (input.job)(&input.words, 0..input.n)
}

/// The same.
pub fn same(input: &Input) -> u64 {
    let words = input.company.as_ref().map_or(&input.words, |company| &company.words);
    (input.job)(words, 0..input.n)
}

/// The same, and then the extra items too. Their result is not part of the answer, so that
/// agreement can be checked as everywhere.
pub fn slower(input: &Input) -> u64 {
    if let Some(company) = &input.company {
        black_box(jobs::spoil(&company.memory, 0..input.n));
        return company.answer;
    }
    let answer = naive(input);
    black_box((input.job)(&input.words, input.n..input.n + input.extra()));
    answer
}

fn bytes(input: &Input) -> usize {
    size_of_val(input.words.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Range;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn the_slower_rung_does_exactly_so_much_more() {
        static ITEMS: AtomicUsize = AtomicUsize::new(0);
        let count: Job = |_: &[u64], range: Range<usize>| {
            ITEMS.fetch_add(range.len(), Ordering::Relaxed);
            range.start as u64
        };
        let worked = |run: fn(&Input) -> u64, n| {
            ITEMS.store(0, Ordering::Relaxed);
            assert_eq!(run(&Input { job: count, n, words: Vec::new(), company: None }), 0);
            ITEMS.load(Ordering::Relaxed)
        };
        for n in [100, 4_000, 1_000_000] {
            assert_eq!(worked(naive, n), n);
            assert_eq!(worked(slower, n) * 100, n * (100 + PERCENT));
        }
    }

    #[test]
    fn all_rungs_agree() {
        for make in [ARITHMETIC, BRANCHES, ALLOCATION, MEMORY, COMPANY] {
            harness::agree(RUNGS, make);
        }
    }
}
