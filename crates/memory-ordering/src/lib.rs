#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod edges;
#[cfg(test)]
mod half_way;
mod job;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod release_acquire;
pub mod seqlock;
pub mod sequence_lock;
pub mod single_writer;
mod sync;
mod totals;

use harness::Rung;
use harness::data::{long_tail, rand::RngExt, rng};

pub use job::{Job, Seen, Work};
pub use totals::{Totals, Trade};

/// Every rung, in the chapter's order. All show the same at the end, and never a half of something.
pub const RUNGS: &[Rung<Job, Seen>] = &[
    Rung::new("naive", |job: &Job| {
        use naive::Board;
        job.on(Board::new(), Board::publish, Board::try_read, Board::order, Board::orders)
    }),
    Rung::new("sequence_lock", |job: &Job| {
        use sequence_lock::Board;
        job.on(Board::new(), Board::publish, Board::try_read, Board::order, Board::orders)
    }),
    Rung::new("release_acquire", |job: &Job| {
        use release_acquire::Board;
        job.on(Board::new(), Board::publish, Board::try_read, Board::order, Board::orders)
    }),
    Rung::new("single_writer", |job: &Job| {
        use single_writer::Board;
        job.on(Board::new(), Board::publish, Board::try_read, Board::order, Board::orders)
    }),
    Rung::new("optimized", |job: &Job| {
        use optimized::Board;
        job.on(Board::new(), Board::publish, Board::try_read, Board::order, Board::orders)
    }),
    Rung::new("seqlock", |job: &Job| {
        use crate::seqlock::Board;
        job.on(Board::new(), Board::publish, Board::try_read, Board::order, Board::orders)
    }),
    Rung::new("peer", |job: &Job| {
        use peer::Board;
        job.on(Board::new(), Board::publish, Board::try_read, Board::order, Board::orders)
    }),
];

/// `n` trades, each of which is published.
pub fn publish(n: usize, seed: u64) -> Job {
    job(Work::Publish, n, seed)
}

/// `n` reads of the board.
pub fn read(n: usize, seed: u64) -> Job {
    job(Work::Read, n, seed)
}

/// `n` orders to count.
pub fn count(n: usize, seed: u64) -> Job {
    job(Work::Count, n, seed)
}

/// `n` trades to publish under the eyes of a reader.
pub fn both(n: usize, seed: u64) -> Job {
    job(Work::Both, n, seed)
}

/// Mostly small lots, now and then a large one; as many sales as purchases.
fn job(work: Work, n: usize, seed: u64) -> Job {
    let mut rng = rng(seed);
    let trade = |_| {
        let lot = long_tail(&mut rng, 2..25) as i32;
        Trade { quantity: if rng.random() { lot } else { -lot } }
    };
    Job::new(work, (0..n).map(trade).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        for make in [publish, read, count] {
            harness::agree(RUNGS, make);
        }
        harness::agree_at(RUNGS, edges::edges());
    }

    fn naive_on(job: &Job) -> Seen {
        use naive::Board;
        job.on(Board::new(), Board::publish, Board::try_read, Board::order, Board::orders)
    }

    #[test]
    fn a_reader_sees_whole_totals_and_the_last() {
        for n in [0, 1, 2, 1_000, 20_000] {
            let job = both(n, 1);
            let mut totals = Totals::default();
            job.trades.iter().for_each(|&trade| totals.add(trade));
            let expected = Seen { totals, orders: 0, sum: 0, torn: 0 };
            assert_eq!(naive_on(&job), expected);
            harness::agree_on(RUNGS, job);
        }
    }

    /// Every board carries the same totals, so no two rungs would differ if they were wrong.
    #[test]
    fn totals_are_those_of_a_day_worked_out_by_hand() {
        let mut totals = Totals::default();
        for quantity in [7, -9, 0, 3, i32::MIN] {
            totals.add(Trade { quantity });
        }
        let sold = 9 + (1 << 31);
        let position = 10_u64.wrapping_sub(sold);
        assert_eq!(totals, Totals { trades: 5, bought: 10, sold, position });
        assert_eq!(totals.words(), [5, 10, sold, position]);
        assert_eq!(Totals::from_words(totals.words()), totals);
    }

    /// A check that finds all totals whole would find no board torn, either.
    #[test]
    fn totals_of_two_moments_are_told() {
        let whole = Totals { trades: 2, bought: 7, sold: 9, position: 2_u64.wrapping_neg() };
        assert!(whole.is_whole() && Totals::default().is_whole());
        for torn in [Totals { bought: 8, ..whole }, Totals { position: 7, ..whole }] {
            assert!(!torn.is_whole(), "{torn:?}");
        }
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_trades(
            quantities in proptest::collection::vec(any::<i32>(), 0..100),
            work in proptest::sample::select(vec![Work::Publish, Work::Read, Work::Count]),
        ) {
            let trades = quantities.into_iter().map(|quantity| Trade { quantity }).collect();
            harness::agree_on(RUNGS, Job::new(work, trades));
        }
    }
}
