//! A vector for each field.

use crate::order::{Order, loss};

/// Orders, field by field. All columns are equally long, because nothing outside can change one
/// alone.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    id: Vec<u64>,
    client_order: Vec<u64>,
    placed: Vec<u64>,
    expires: Vec<u64>,
    price: Vec<u32>,
    remaining: Vec<u32>,
    quantity: Vec<u32>,
    account: Vec<u32>,
    trader: Vec<u32>,
    session: Vec<u32>,
    parent: Vec<u32>,
    venue: Vec<u16>,
    flags: Vec<u16>,
}

impl Columns {
    /// The same orders in columns.
    pub fn new(orders: &[Order]) -> Self {
        Self {
            id: orders.iter().map(|order| order.id).collect(),
            client_order: orders.iter().map(|order| order.client_order).collect(),
            placed: orders.iter().map(|order| order.placed).collect(),
            expires: orders.iter().map(|order| order.expires).collect(),
            price: orders.iter().map(|order| order.price).collect(),
            remaining: orders.iter().map(|order| order.remaining).collect(),
            quantity: orders.iter().map(|order| order.quantity).collect(),
            account: orders.iter().map(|order| order.account).collect(),
            trader: orders.iter().map(|order| order.trader).collect(),
            session: orders.iter().map(|order| order.session).collect(),
            parent: orders.iter().map(|order| order.parent).collect(),
            venue: orders.iter().map(|order| order.venue).collect(),
            flags: orders.iter().map(|order| order.flags).collect(),
        }
    }

    /// How many orders.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The two columns that the frequent question reads: price and remaining.
    #[inline]
    pub fn hot(&self) -> (&[u32], &[u32]) {
        (&self.price, &self.remaining)
    }

    /// Puts the order in this place together: a cache line for each field.
    ///
    /// # Panics
    /// If there is no such place.
    #[inline]
    pub fn get(&self, place: usize) -> Order {
        Order {
            id: self.id[place],
            client_order: self.client_order[place],
            placed: self.placed[place],
            expires: self.expires[place],
            price: self.price[place],
            remaining: self.remaining[place],
            quantity: self.quantity[place],
            account: self.account[place],
            trader: self.trader[place],
            session: self.session[place],
            parent: self.parent[place],
            venue: self.venue[place],
            flags: self.flags[place],
        }
    }

    /// Takes an order out and puts the last one into its place, in *every* column: one forgotten,
    /// and each later order has a field of its neighbour.
    ///
    /// # Panics
    /// If there is no such place; then no column was changed.
    pub fn swap_remove(&mut self, place: usize) -> Order {
        Order {
            id: self.id.swap_remove(place),
            client_order: self.client_order.swap_remove(place),
            placed: self.placed.swap_remove(place),
            expires: self.expires.swap_remove(place),
            price: self.price.swap_remove(place),
            remaining: self.remaining.swap_remove(place),
            quantity: self.quantity.swap_remove(place),
            account: self.account.swap_remove(place),
            trader: self.trader.swap_remove(place),
            session: self.session.swap_remove(place),
            parent: self.parent.swap_remove(place),
            venue: self.venue.swap_remove(place),
            flags: self.flags.swap_remove(place),
        }
    }
}

/// What is lost if the market falls to a price.
pub fn losses(columns: &Columns, market: u32) -> u64 {
    let hot = columns.price.iter().zip(&columns.remaining);
    hot.map(|(&price, &remaining)| loss(market, price, remaining)).sum()
}

/// The sum of the digests of the orders in these places.
pub fn settle(columns: &Columns, places: &[u32]) -> u64 {
    places.iter().map(|&place| columns.get(place as usize).digest()).fold(0, u64::wrapping_add)
}
