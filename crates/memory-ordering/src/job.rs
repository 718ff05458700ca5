//! What a program does with the board: shared by all rungs.

use std::hint;

use harness::Crew;

use crate::totals::{Totals, Trade};

/// What happens to the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// One thread publishes the totals after each trade; nobody looks.
    Publish,
    /// One thread reads the totals as often as there are trades; nobody publishes.
    Read,
    /// One thread counts each trade's order with an atomic addition.
    Count,
    /// One thread publishes, a second one reads until it has seen the last trade.
    Both,
}

/// Trades, and what is done with them.
#[derive(Debug, Clone)]
pub struct Job {
    /// What is done.
    pub work: Work,
    /// In the order in which they happened.
    pub trades: Vec<Trade>,
    /// Who publishes, and who reads meanwhile.
    crew: Crew,
}

/// What is seen at the end.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// The board's totals.
    pub totals: Totals,
    /// The board's orders.
    pub orders: u64,
    /// Sum of the trades that each read found; only of reads that do not depend on timing.
    pub sum: u64,
    /// Reads of totals that are not of one moment: must be none.
    pub torn: u64,
}

impl Job {
    /// Something to be done with these trades.
    pub fn new(work: Work, trades: Vec<Trade>) -> Self {
        Self { work, trades, crew: Crew::new(2) }
    }

    /// Does the work on a new board.
    #[inline]
    pub(crate) fn on<B: Sync>(
        &self,
        board: B,
        publish: impl Fn(&B, Totals) + Sync,
        try_read: impl Fn(&B) -> Option<Totals> + Sync,
        order: impl Fn(&B),
        orders: impl Fn(&B) -> u64,
    ) -> Seen {
        let (mut sum, mut torn) = (0_u64, 0);
        match self.work {
            Work::Publish => self.publish(|totals| publish(&board, totals)),
            Work::Count => self.trades.iter().for_each(|_| order(&board)),
            Work::Read => {
                publish(&board, Totals { trades: 1, ..Totals::default() });
                for _ in &self.trades {
                    let totals = read(&board, &try_read);
                    sum = sum.wrapping_add(totals.trades);
                    torn += u64::from(!totals.is_whole());
                }
            }
            Work::Both => torn = self.both(&board, publish, &try_read),
        }
        Seen { totals: read(&board, &try_read), orders: orders(&board), sum, torn }
    }

    #[inline]
    fn publish(&self, publish: impl Fn(Totals)) {
        let mut totals = Totals::default();
        for &trade in &self.trades {
            totals.add(trade);
            publish(totals);
        }
    }

    fn both<B: Sync>(
        &self,
        board: &B,
        publish: impl Fn(&B, Totals) + Sync,
        try_read: &(impl Fn(&B) -> Option<Totals> + Sync),
    ) -> u64 {
        let last = self.trades.len() as u64;
        let watch = || {
            let mut torn = 0;
            loop {
                let totals = read(board, try_read);
                torn += u64::from(!totals.is_whole());
                if totals.trades == last {
                    return torn;
                }
            }
        };
        let found = self.crew.run(|me| {
            if me > 0 {
                return watch();
            }
            self.publish(|totals| publish(board, totals));
            0
        });
        found.into_iter().sum()
    }
}

/// Tries until the totals are of one moment.
#[inline]
fn read<B>(board: &B, try_read: &impl Fn(&B) -> Option<Totals>) -> Totals {
    loop {
        if let Some(totals) = try_read(board) {
            return totals;
        }
        hint::spin_loop();
    }
}
