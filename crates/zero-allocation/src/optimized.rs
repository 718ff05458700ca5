//! Pieces of a fixed width in one array on the stack: no capacity is asked for, no length decides a
//! branch, and digits come out of one 64-bit word.

use crate::line::{Line, time};
use crate::market::{Feed, Instrument, Order, Tick};
use crate::reject::{OLDEST, Reject, check};
use crate::session::Session;

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    let mut session = Session::open();
    let mut out = Line::empty();
    for (tick, order, instrument) in feed.orders() {
        match message(&mut out, tick, &order, instrument) {
            Ok(()) => session.send(out.written()),
            Err(problem) => {
                line(&mut out, tick, instrument, problem);
                session.log(out.written());
            }
        }
    }
    session
}

/// Writes to the caller's line: one that is returned may be copied on its way.
#[inline]
fn message(
    out: &mut Line,
    tick: &Tick,
    order: &Order,
    instrument: &Instrument,
) -> Result<(), Reject> {
    check(tick, order, instrument)?;
    let time = time(tick.received);
    // Every body has three digits' worth of bytes.
    out.clear();
    out.text(b"8=FIX.4.4\x019=000\x0135=D\x0149=CASEBOOK\x0156=EXCHANGE\x0134=");
    out.number(tick.sequence);
    out.text(b"\x0152=20260302-");
    out.time(time);
    out.text(b"\x0111=CB");
    out.number(tick.sequence);
    out.text(b"\x0155=");
    out.padded(instrument.padded);
    out.text(b"\x0154=");
    out.text(&[order.side]);
    out.text(b"\x0138=");
    out.number(order.quantity);
    out.text(b"\x0140=2\x0144=");
    out.price(order.price);
    out.text(b"\x0159=3\x0160=20260302-");
    out.time(time);
    out.text(b"\x01");
    out.patch(12, out.written().len() as u32 - 16);
    let sum = out.sum();
    out.text(b"10=000\x01");
    out.patch(out.written().len() - 4, u32::from(sum));
    Ok(())
}

#[cold]
fn line(out: &mut Line, tick: &Tick, instrument: &Instrument, problem: Reject) {
    out.clear();
    out.time(time(tick.received));
    out.text(b" #");
    out.number(tick.sequence);
    out.text(b" ");
    out.padded(instrument.padded);
    out.text(b" rejected: ");
    match problem {
        Reject::Stale { age } => {
            out.text(b"quote is ");
            out.number(age);
            out.text(b" us old, limit ");
            out.number(OLDEST);
        }
        Reject::Crossed { bid, ask } => {
            out.text(b"bid ");
            out.price(bid);
            out.text(b" is not below ask ");
            out.price(ask);
        }
        Reject::TooLarge { quantity, most } => {
            out.text(b"quantity ");
            out.number(quantity);
            out.text(b" is over the limit of ");
            out.number(most);
        }
        Reject::OutOfBand { price, band, reference } => {
            out.text(b"price ");
            out.price(price);
            out.text(b" is not within ");
            out.price(band);
            out.text(b" of ");
            out.price(reference);
        }
    }
    out.text(b"\n");
}
