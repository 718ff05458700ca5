//! Columns that are derived: `soa_derive` writes the struct of vectors and its whole interface.

use crate::order::{OrderVec, loss};

/// What is lost if the market falls to a price.
pub fn losses(orders: &OrderVec, market: u32) -> u64 {
    let hot = orders.price.iter().zip(&orders.remaining);
    hot.map(|(&price, &remaining)| loss(market, price, remaining)).sum()
}

/// The sum of the digests of the orders in these places.
pub fn settle(orders: &OrderVec, places: &[u32]) -> u64 {
    places
        .iter()
        .map(|&place| orders.index(place as usize).to_owned().digest())
        .fold(0, u64::wrapping_add)
}
