//! Why an order is not sent, as numbers: an error that owns nothing costs nothing to make. Whoever
//! reads it turns it into text.

use crate::market::{Instrument, Order, Tick};

/// Microseconds after which a tick is history.
pub const OLDEST: u32 = 5_000;

/// What was wrong, with all that a reader of the journal needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reject {
    /// The tick is older than [`OLDEST`].
    Stale {
        /// Its age in microseconds.
        age: u32,
    },
    /// Somebody pays more than somebody takes.
    Crossed {
        /// What somebody pays.
        bid: u32,
        /// What somebody takes.
        ask: u32,
    },
    /// More than may be sent at once.
    TooLarge {
        /// How many.
        quantity: u32,
        /// How many may be sent.
        most: u32,
    },
    /// Too far from the reference price.
    OutOfBand {
        /// The price.
        price: u32,
        /// How near it should be.
        band: u32,
        /// What it should be near.
        reference: u32,
    },
}

/// Lets an order pass or says what is wrong with it.
///
/// # Errors
/// The first rule that it breaks.
#[inline]
pub fn check(tick: &Tick, order: &Order, instrument: &Instrument) -> Result<(), Reject> {
    let &Tick { age, bid, ask, .. } = tick;
    let &Order { quantity, price, .. } = order;
    let &Instrument { reference, band, most, .. } = instrument;
    if age > OLDEST {
        Err(Reject::Stale { age })
    } else if bid >= ask {
        Err(Reject::Crossed { bid, ask })
    } else if quantity > most {
        Err(Reject::TooLarge { quantity, most })
    } else if price.abs_diff(reference) > band {
        Err(Reject::OutOfBand { price, band, reference })
    } else {
        Ok(())
    }
}
