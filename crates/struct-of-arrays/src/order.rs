//! The record: as long as a cache line, of which the frequent question needs an eighth.

use soa_derive::StructOfArray;

/// A resting buy order. What the peer needs to split it into columns is derived here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, StructOfArray)]
#[soa_derive(Debug)]
pub struct Order {
    /// Number that the exchange gave.
    pub id: u64,
    /// Number that the client gave.
    pub client_order: u64,
    /// When it was placed, in nanoseconds since 1970.
    pub placed: u64,
    /// When it lapses, in nanoseconds since 1970.
    pub expires: u64,
    /// The highest price that the client pays, in ticks.
    pub price: u32,
    /// Shares not yet bought.
    pub remaining: u32,
    /// Shares asked for.
    pub quantity: u32,
    /// Whose money.
    pub account: u32,
    /// Who entered it.
    pub trader: u32,
    /// Over which connection.
    pub session: u32,
    /// The order that it is a part of, or 0.
    pub parent: u32,
    /// Where it rests.
    pub venue: u16,
    /// Bits that the venue defines.
    pub flags: u16,
}

const _: () = assert!(size_of::<Order>() == 64);

impl Order {
    /// A digest of all fields, in the place of the message that is sent about an order.
    #[inline]
    pub fn digest(&self) -> u64 {
        let pair = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
        let words = [
            self.id,
            self.client_order,
            self.placed,
            self.expires,
            pair(self.price, self.remaining),
            pair(self.quantity, self.account),
            pair(self.trader, self.session),
            pair(self.parent, u32::from(self.venue) | u32::from(self.flags) << 16),
        ];
        words.iter().fold(0, |digest: u64, word| {
            (digest.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        })
    }
}

/// What an order loses if the market falls to a price: on the way it is filled at its own price,
/// and then its shares are worth less by the difference.
#[inline]
pub fn loss(market: u32, price: u32, remaining: u32) -> u64 {
    u64::from(price.saturating_sub(market)) * u64::from(remaining)
}
