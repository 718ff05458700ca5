#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod columns;
pub mod edges;
pub mod even_odd;
pub mod hot_cold;
pub mod naive;
pub mod optimized;
pub mod order;
pub mod peer;
pub mod wide_columns;

use columns::Columns;
use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng};
use hot_cold::{Cold, Hot};
use optimized::Tile;
use order::{Order, OrderVec};

/// A question, and the orders that it is asked of in every layout, so that conversion is never
/// timed.
#[derive(Debug)]
pub struct Book {
    /// What is asked.
    pub question: Question,
    /// Whole records.
    pub orders: Vec<Order>,
    /// The fields that the frequent question reads.
    pub hot: Vec<Hot>,
    /// The other fields; the tiles use them too.
    pub cold: Vec<Cold>,
    /// A vector for each field.
    pub columns: Columns,
    /// The hot fields again, in tiles.
    pub tiles: Vec<Tile>,
    /// A vector for each field, derived.
    pub derived: OrderVec,
}

/// What can be asked of a book.
#[derive(Debug)]
pub enum Question {
    /// What is lost if the market falls to this price? Two fields of all orders.
    Losses(u32),
    /// What is to be said about the orders in these places? All fields of some orders.
    Settle(Vec<u32>),
}

/// Every rung, naive first. All agree with the first.
pub const RUNGS: &[Rung<Book, u64>] = &[
    Rung::new("naive", |book| {
        let orders = &book.orders;
        book.answer(|market| naive::losses(orders, market), |places| naive::settle(orders, places))
    }),
    Rung::new("hot_cold", |book| {
        let (hot, cold) = (&book.hot, &book.cold);
        book.answer(
            |market| hot_cold::losses(hot, market),
            |places| hot_cold::settle(hot, cold, places),
        )
    }),
    Rung::new("columns", |book| {
        let columns = &book.columns;
        book.answer(
            |market| columns::losses(columns, market),
            |places| columns::settle(columns, places),
        )
    }),
    Rung::new("wide_columns", |book: &Book| {
        let columns = &book.columns;
        book.answer(
            |market| wide_columns::losses(columns, market),
            |places| wide_columns::settle(columns, places),
        )
    })
    .needs(wide_columns::needs),
    Rung::new("even_odd", |book: &Book| {
        let columns = &book.columns;
        book.answer(
            |market| even_odd::losses(columns, market),
            |places| even_odd::settle(columns, places),
        )
    })
    .needs(wide_columns::needs),
    Rung::new("optimized", |book| {
        let (tiles, cold) = (&book.tiles, &book.cold);
        book.answer(
            |market| optimized::losses(tiles, market),
            |places| optimized::settle(tiles, cold, places),
        )
    }),
    Rung::new("peer", |book| {
        let derived = &book.derived;
        book.answer(|market| peer::losses(derived, market), |places| peer::settle(derived, places))
    }),
];

impl Book {
    /// The orders in every layout.
    pub fn new(orders: Vec<Order>, question: Question) -> Self {
        let mut derived = OrderVec::with_capacity(orders.len());
        derived.extend(orders.iter().copied());
        Self {
            question,
            hot: orders.iter().map(Hot::from).collect(),
            cold: orders.iter().map(Cold::from).collect(),
            columns: Columns::new(&orders),
            tiles: optimized::tiles(&orders),
            derived,
            orders,
        }
    }

    /// Bytes that no layout can avoid to read: the hot fields of all orders, or whole orders.
    pub fn bytes_needed(&self) -> usize {
        match &self.question {
            Question::Losses(_) => self.orders.len() * size_of::<Hot>(),
            Question::Settle(places) => places.len() * size_of::<Order>(),
        }
    }

    #[inline]
    fn answer(&self, losses: impl FnOnce(u32) -> u64, settle: impl FnOnce(&[u32]) -> u64) -> u64 {
        match &self.question {
            Question::Losses(market) => losses(*market),
            Question::Settle(places) => settle(places),
        }
    }
}

/// The price of the last trade, in ticks.
const LAST: u32 = 100_000;

/// `n` resting orders, most of them near the last price, and the question what is lost if the
/// market falls a little.
pub fn all_orders(n: usize, seed: u64) -> Book {
    let mut rng = rng(seed);
    let orders = (0..n).map(|at| order(at, &mut rng)).collect();
    Book::new(orders, Question::Losses(LAST - rng.random_range(60..120)))
}

/// `n` resting orders, and one in sixteen of them, anywhere in the book, to be settled.
pub fn some_orders(n: usize, seed: u64) -> Book {
    let mut rng = rng(seed);
    let orders = (0..n).map(|at| order(at, &mut rng)).collect();
    let places = (0..n.div_ceil(16)).map(|_| rng.random_range(0..n as u32)).collect();
    Book::new(orders, Question::Settle(places))
}

/// The order in place `at`: small ones are frequent and large ones exist, and so it is with the
/// distance to the last price.
fn order(at: usize, rng: &mut Rng) -> Order {
    let [who, how, when]: [u64; 3] = std::array::from_fn(|_| rng.random());
    let below = (how as u16) >> (how >> 16 & 0xf) as u32;
    let remaining = 1 + ((how >> 32) as u32 >> (8 + (how >> 20 & 0xf) as u32));
    let placed = 1_700_000_000_000_000_000 + at as u64 * 1_000_000 + when % 1_000_000;
    Order {
        id: 1_000_000_000 + at as u64,
        client_order: who,
        placed,
        expires: placed + 86_400_000_000_000,
        price: LAST - u32::from(below),
        remaining,
        quantity: remaining + (when >> 56) as u32,
        account: (who >> 40) as u32,
        trader: (who >> 20 & 0x3ff) as u32,
        session: (who & 0x3f) as u32,
        parent: if when >> 32 & 7 == 0 { at as u32 / 2 } else { 0 },
        venue: (who >> 8 & 0xf) as u16,
        flags: (when >> 40) as u16,
    }
}

#[cfg(test)]
mod tests;
