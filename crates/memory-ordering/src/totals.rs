//! A day's trades, and what is known after some of them.

/// A trade; a sale has a negative quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trade {
    /// Units bought or, below zero, sold.
    pub quantity: i32,
}

/// What is known after some trades. Position and the two sums say the same thing twice, as books
/// do: a reader can tell whether what it has seen is of one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many trades.
    pub trades: u64,
    /// Units bought.
    pub bought: u64,
    /// Units sold.
    pub sold: u64,
    /// Units bought less units sold; wraps below zero.
    pub position: u64,
}

impl Totals {
    /// Adds a trade.
    #[inline]
    pub fn add(&mut self, trade: Trade) {
        self.trades += 1;
        self.bought += u64::from(trade.quantity.max(0).unsigned_abs());
        self.sold += u64::from(trade.quantity.min(0).unsigned_abs());
        self.position = self.bought.wrapping_sub(self.sold);
    }

    /// Whether the totals are of one moment, as far as one can see.
    #[inline]
    pub fn is_whole(&self) -> bool {
        self.position == self.bought.wrapping_sub(self.sold)
    }

    /// As a board holds them.
    #[inline]
    pub fn words(self) -> [u64; 4] {
        [self.trades, self.bought, self.sold, self.position]
    }

    /// From what a board holds.
    #[inline]
    pub fn from_words([trades, bought, sold, position]: [u64; 4]) -> Self {
        Self { trades, bought, sold, position }
    }
}
