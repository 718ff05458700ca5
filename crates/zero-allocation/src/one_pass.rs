//! The body is written where it will stay: its length always has three digits, so their place is
//! kept and filled in last.

use std::cell::RefCell;

use crate::digits::{PAIRS, line, number, price, time};
use crate::market::{Feed, Instrument, Order, Tick};
use crate::reject::{Reject, check};
use crate::session::Session;

thread_local! {
    static MESSAGE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    MESSAGE.with_borrow_mut(|out| {
        let mut session = Session::open();
        for (tick, order, instrument) in feed.orders() {
            match message(out, tick, &order, instrument) {
                Ok(()) => session.send(out),
                Err(problem) => {
                    line(out, tick, instrument, problem);
                    session.log(out);
                }
            }
        }
        session
    })
}

fn message(
    out: &mut Vec<u8>,
    tick: &Tick,
    order: &Order,
    instrument: &Instrument,
) -> Result<(), Reject> {
    check(tick, order, instrument)?;
    out.clear();
    out.extend_from_slice(b"8=FIX.4.4\x019=000\x0135=D\x0149=CASEBOOK\x0156=EXCHANGE\x0134=");
    number(out, tick.sequence);
    out.extend_from_slice(b"\x0152=20260302-");
    time(out, tick.received);
    out.extend_from_slice(b"\x0111=CB");
    number(out, tick.sequence);
    out.extend_from_slice(b"\x0155=");
    out.extend_from_slice(instrument.symbol.as_bytes());
    out.extend_from_slice(b"\x0154=");
    out.push(order.side);
    out.extend_from_slice(b"\x0138=");
    number(out, order.quantity);
    out.extend_from_slice(b"\x0140=2\x0144=");
    price(out, order.price);
    out.extend_from_slice(b"\x0159=3\x0160=20260302-");
    time(out, tick.received);
    out.push(b'\x01');
    let length = out.len() - 16;
    out[12] = b'0' + (length / 100) as u8;
    out[13..15].copy_from_slice(&PAIRS[length % 100]);
    let sum = out.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    out.extend_from_slice(b"10=");
    out.push(b'0' + sum / 100);
    out.extend_from_slice(&PAIRS[usize::from(sum % 100)]);
    out.push(b'\x01');
    Ok(())
}
