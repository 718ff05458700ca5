//! A vector of records: `Vec<Order>`.

use crate::order::{Order, loss};

/// What is lost if the market falls to a price.
pub fn losses(orders: &[Order], market: u32) -> u64 {
    orders.iter().map(|order| loss(market, order.price, order.remaining)).sum()
}

/// The sum of the digests of the orders in these places.
pub fn settle(orders: &[Order], places: &[u32]) -> u64 {
    places.iter().map(|&place| orders[place as usize].digest()).fold(0, u64::wrapping_add)
}
