//! One idea more than `one_pass`: the message has a longest form, so it is an array on the stack.
//! Nothing grows, nothing is kept, and whether a piece still fits is asked of a constant.

use crate::digits::{PAIRS, digits};
use crate::line::Line;
use crate::market::Feed;
use crate::message::{self, Pieces, byte_sum};
use crate::session::Session;

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    message::respond::<Pairs>(feed, byte_sum)
}

/// Two digits at a time from a table, as before.
pub(crate) struct Pairs;

impl Pieces for Pairs {
    #[inline]
    fn number(out: &mut Line, number: u32) {
        out.slice(digits(number, &mut [0; 10]));
    }

    #[inline]
    fn price(out: &mut Line, price: u32) {
        Self::number(out, price / 10_000);
        out.text(b".");
        for pair in [price / 100 % 100, price % 100] {
            out.text(&PAIRS[pair as usize]);
        }
    }

    #[inline]
    fn time(out: &mut Line, micros: u64) {
        let (seconds, micros) = ((micros / 1_000_000) as usize, (micros % 1_000_000) as usize);
        out.text(&PAIRS[seconds / 3_600]);
        out.text(b":");
        out.text(&PAIRS[seconds / 60 % 60]);
        out.text(b":");
        out.text(&PAIRS[seconds % 60]);
        out.text(b".");
        for pair in [micros / 10_000, micros / 100 % 100, micros % 100] {
            out.text(&PAIRS[pair]);
        }
    }
}
