//! What is said, piece by piece, to a line on the stack. How the pieces are written that differ
//! from message to message is left to the rungs.

use crate::digits::PAIRS;
use crate::line::Line;
use crate::market::{Feed, Instrument, Order, Tick};
use crate::reject::{OLDEST, Reject, check};
use crate::session::Session;

/// A way to write them.
pub trait Pieces {
    /// Appends the name of what is traded.
    #[inline]
    fn symbol(out: &mut Line, instrument: &Instrument) {
        out.slice(instrument.symbol.as_bytes());
    }
    /// Appends a number.
    fn number(out: &mut Line, value: u32);
    /// Appends a price in ten-thousandths.
    fn price(out: &mut Line, value: u32);
    /// Appends the time of day.
    fn time(out: &mut Line, micros: u64);
}

/// Answers each tick that is worth it with an order, or with a line in the journal; `sum` is that
/// of all bytes, modulo 256.
#[inline(always)]
pub fn respond<P: Pieces>(feed: &Feed, sum: impl Fn(&mut Line) -> u8) -> Session {
    let mut session = Session::open();
    let mut out = Line::empty();
    for (tick, order, instrument) in feed.orders() {
        match message::<P>(&mut out, &sum, tick, &order, instrument) {
            Ok(()) => session.send(out.written()),
            Err(problem) => {
                line::<P>(&mut out, tick, instrument, problem);
                session.log(out.written());
            }
        }
    }
    session
}

/// Writes to the caller's line: one that is returned may be copied on its way.
#[inline]
fn message<P: Pieces>(
    out: &mut Line,
    sum: impl Fn(&mut Line) -> u8,
    tick: &Tick,
    order: &Order,
    instrument: &Instrument,
) -> Result<(), Reject> {
    check(tick, order, instrument)?;
    // Every body has three digits' worth of bytes.
    out.clear();
    out.text(b"8=FIX.4.4\x019=000\x0135=D\x0149=CASEBOOK\x0156=EXCHANGE\x0134=");
    P::number(out, tick.sequence);
    out.text(b"\x0152=20260302-");
    P::time(out, tick.received);
    out.text(b"\x0111=CB");
    P::number(out, tick.sequence);
    out.text(b"\x0155=");
    P::symbol(out, instrument);
    out.text(b"\x0154=");
    out.text(&[order.side]);
    out.text(b"\x0138=");
    P::number(out, order.quantity);
    out.text(b"\x0140=2\x0144=");
    P::price(out, order.price);
    out.text(b"\x0159=3\x0160=20260302-");
    P::time(out, tick.received);
    out.text(b"\x01");
    out.patch(12, three(out.written().len() as u32 - 16));
    let sum = sum(out);
    out.text(b"10=000\x01");
    out.patch(out.written().len() - 4, three(u32::from(sum)));
    Ok(())
}

/// A number of at most three digits, with all three.
#[inline]
fn three(number: u32) -> [u8; 3] {
    let [tens, ones] = PAIRS[(number % 100) as usize];
    [b'0' + (number / 100) as u8, tens, ones]
}

/// The sum of all bytes, modulo 256.
#[inline]
pub fn byte_sum(out: &mut Line) -> u8 {
    out.written().iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte))
}

fn line<P: Pieces>(out: &mut Line, tick: &Tick, instrument: &Instrument, problem: Reject) {
    out.clear();
    P::time(out, tick.received);
    out.text(b" #");
    P::number(out, tick.sequence);
    out.text(b" ");
    P::symbol(out, instrument);
    out.text(b" rejected: ");
    match problem {
        Reject::Stale { age } => {
            out.text(b"quote is ");
            P::number(out, age);
            out.text(b" us old, limit ");
            P::number(out, OLDEST);
        }
        Reject::Crossed { bid, ask } => {
            out.text(b"bid ");
            P::price(out, bid);
            out.text(b" is not below ask ");
            P::price(out, ask);
        }
        Reject::TooLarge { quantity, most } => {
            out.text(b"quantity ");
            P::number(out, quantity);
            out.text(b" is over the limit of ");
            P::number(out, most);
        }
        Reject::OutOfBand { price, band, reference } => {
            out.text(b"price ");
            P::price(out, price);
            out.text(b" is not within ");
            P::price(out, band);
            out.text(b" of ");
            P::price(out, reference);
        }
    }
    out.text(b"\n");
}
