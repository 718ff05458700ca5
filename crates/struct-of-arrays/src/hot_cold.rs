//! Two vectors: what the frequent question reads, and the rest.

use crate::order::{Order, loss};

/// What the frequent question reads.
#[derive(Debug, Clone, Copy)]
pub struct Hot {
    price: u32,
    remaining: u32,
}

/// What it does not read.
#[derive(Debug, Clone, Copy)]
pub struct Cold {
    id: u64,
    client_order: u64,
    placed: u64,
    expires: u64,
    quantity: u32,
    account: u32,
    trader: u32,
    session: u32,
    parent: u32,
    venue: u16,
    flags: u16,
}

impl From<&Order> for Hot {
    fn from(order: &Order) -> Self {
        Self { price: order.price, remaining: order.remaining }
    }
}

impl From<&Order> for Cold {
    fn from(order: &Order) -> Self {
        Self {
            id: order.id,
            client_order: order.client_order,
            placed: order.placed,
            expires: order.expires,
            quantity: order.quantity,
            account: order.account,
            trader: order.trader,
            session: order.session,
            parent: order.parent,
            venue: order.venue,
            flags: order.flags,
        }
    }
}

impl Cold {
    /// The record that it is a part of.
    #[inline]
    pub fn with(&self, price: u32, remaining: u32) -> Order {
        Order {
            id: self.id,
            client_order: self.client_order,
            placed: self.placed,
            expires: self.expires,
            price,
            remaining,
            quantity: self.quantity,
            account: self.account,
            trader: self.trader,
            session: self.session,
            parent: self.parent,
            venue: self.venue,
            flags: self.flags,
        }
    }
}

/// What is lost if the market falls to a price.
pub fn losses(hot: &[Hot], market: u32) -> u64 {
    hot.iter().map(|order| loss(market, order.price, order.remaining)).sum()
}

/// The sum of the digests of the orders in these places.
pub fn settle(hot: &[Hot], cold: &[Cold], places: &[u32]) -> u64 {
    let whole = |place: usize| cold[place].with(hot[place].price, hot[place].remaining);
    places.iter().map(|&place| whole(place as usize).digest()).fold(0, u64::wrapping_add)
}
