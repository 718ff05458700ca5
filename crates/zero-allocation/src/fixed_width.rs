//! One idea more than `on_stack`: every piece has a fixed width. A number is always eight digits
//! and a symbol eight letters, one move each; the end advances by what was meant, and the next
//! piece overwrites what is surplus. No length decides how often a loop turns, or how much is
//! copied.

use crate::digits::PAIRS;
use crate::line::Line;
use crate::market::{Feed, Instrument};
use crate::message::{self, Pieces, byte_sum};
use crate::on_stack::Pairs;
use crate::session::Session;

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    message::respond::<Wide>(feed, byte_sum)
}

/// Digits from the table as before, but always eight of them.
pub(crate) struct Wide;

impl Pieces for Wide {
    #[inline(always)]
    fn symbol(out: &mut Line, instrument: &Instrument) {
        let unused = u64::from_le_bytes(instrument.padded).leading_zeros() / 8;
        out.wide(&instrument.padded, unused as usize);
    }

    #[inline(always)]
    fn number(out: &mut Line, value: u32) {
        number(out, value, digits);
    }

    #[inline(always)]
    fn price(out: &mut Line, value: u32) {
        price(out, value, digits);
    }

    #[inline(always)]
    fn time(out: &mut Line, micros: u64) {
        Pairs::time(out, micros);
    }
}

/// The letters of eight zeros.
pub(crate) const ZEROS: u64 = 0x3030_3030_3030_3030;

/// All eight digits of a number, the first one in the lowest byte.
#[inline(always)]
fn digits(mut left: u32) -> u64 {
    let mut letters = 0;
    for _ in 0..4 {
        letters = letters << 16 | u64::from(u16::from_le_bytes(PAIRS[(left % 100) as usize]));
        left /= 100;
    }
    letters ^ ZEROS
}

/// Appends a number, given a way to all eight digits of one.
#[inline(always)]
pub(crate) fn number(out: &mut Line, number: u32, digits: impl Fn(u32) -> u64) {
    const EIGHT: u32 = 100_000_000;
    if number < EIGHT {
        short(out, digits(number));
    } else {
        short(out, digits(number / EIGHT));
        out.text(&(digits(number % EIGHT) | ZEROS).to_le_bytes());
    }
}

/// Appends a price: of five digits, the first makes room for the point.
#[inline(always)]
pub(crate) fn price(out: &mut Line, price: u32, digits: impl Fn(u32) -> u64) {
    short(out, digits(price / 10_000));
    out.wide(&point((digits(price % 10_000) | ZEROS) >> 24).to_le_bytes(), 3);
}

/// Appends eight digits without the zeros in front; the last digit stays.
#[inline(always)]
fn short(out: &mut Line, digits: u64) {
    let zeros = (digits | 1 << 56).trailing_zeros() & !7;
    out.wide(&((digits | ZEROS) >> zeros).to_le_bytes(), zeros as usize / 8);
}

/// With a point in the place of the first letter, a zero.
#[inline(always)]
pub(crate) fn point(letters: u64) -> u64 {
    letters ^ u64::from(b'0' ^ b'.')
}
