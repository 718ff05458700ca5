//! Orders at the ends of their types, and places that come twice or in any order.

use crate::order::Order;
use crate::{Book, Question, all_orders, order};
use harness::data::rng;

/// As many shares as an order of any price may be for: seventy such losses still fit 64 bits.
pub(crate) const MANY: u32 = 1 << 24;

/// Hand-made books, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Book> {
    let max = u32::MAX;
    let table: [&[(u32, u32)]; 6] = [
        &[],
        &[(0, 0)],
        &[(max, max)],
        &[(max, MANY); 9],
        &[(0, 1), (1, MANY), (max, 1), (max - 1, MANY), (1 << 31, 5), ((1 << 31) - 1, 7)],
        &[(1 << 31, 1 << 23); 33],
    ];
    let mut edges = Vec::new();
    for hot in table {
        for market in [0, 1, (1 << 31) - 1, 1 << 31, (1 << 31) + 1, max] {
            let orders = hot.iter().map(|&(price, remaining)| at_price(price, remaining));
            edges.push(Book::new(orders.collect(), Question::Losses(market)));
        }
    }
    for n in [1, 7, 8, 9, 16, 17, 40] {
        let orders = all_orders(n, 3).orders;
        let last = n as u32 - 1;
        for places in [vec![], vec![0], vec![last], vec![last, 0, last], (0..=last).rev().collect()]
        {
            edges.push(Book::new(orders.clone(), Question::Settle(places)));
        }
    }
    edges
}

/// An order of which only the hot fields matter.
pub(crate) fn at_price(price: u32, remaining: u32) -> Order {
    Order { price, remaining, ..order(7, &mut rng(7)) }
}
