//! The same text, written into two buffers that the thread keeps. Parts of it are values that know
//! how to write themselves, and so is the error.

use std::cell::RefCell;
use std::fmt::{Display, Formatter, Result as Written, Write};

use crate::market::{Feed, Instrument, Order, Tick};
use crate::reject::{OLDEST, Reject, check};
use crate::session::Session;

#[derive(Default)]
struct Buffers {
    body: String,
    message: String,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    BUFFERS.with_borrow_mut(|buffers| {
        let mut session = Session::open();
        for (tick, order, instrument) in feed.orders() {
            match message(buffers, tick, &order, instrument) {
                Ok(()) => session.send(buffers.message.as_bytes()),
                Err(problem) => {
                    let (time, sequence) = (Time(tick.received), tick.sequence);
                    let symbol = &instrument.symbol;
                    let line = &mut buffers.message;
                    line.clear();
                    let _ = writeln!(line, "{time} #{sequence} {symbol} rejected: {problem}");
                    session.log(line.as_bytes());
                }
            }
        }
        session
    })
}

fn message(
    Buffers { body, message }: &mut Buffers,
    tick: &Tick,
    order: &Order,
    instrument: &Instrument,
) -> Result<(), Reject> {
    check(tick, order, instrument)?;
    let (sequence, symbol) = (tick.sequence, &instrument.symbol);
    let (side, quantity) = (char::from(order.side), order.quantity);
    let (time, price) = (Time(tick.received), Price(order.price));
    body.clear();
    // Writing to a string does not fail.
    let _ = write!(
        body,
        "35=D\x0149=CASEBOOK\x0156=EXCHANGE\x0134={sequence}\x0152=20260302-{time}\x01\
         11=CB{sequence}\x0155={symbol}\x0154={side}\x0138={quantity}\x0140=2\x0144={price}\x01\
         59=3\x0160=20260302-{time}\x01"
    );
    message.clear();
    let _ = write!(message, "8=FIX.4.4\x019={}\x01{body}", body.len());
    let sum = message.bytes().fold(0, u8::wrapping_add);
    let _ = write!(message, "10={sum:03}\x01");
    Ok(())
}

impl Display for Reject {
    fn fmt(&self, out: &mut Formatter) -> Written {
        match *self {
            Self::Stale { age } => write!(out, "quote is {age} us old, limit {OLDEST}"),
            Self::Crossed { bid, ask } => {
                write!(out, "bid {} is not below ask {}", Price(bid), Price(ask))
            }
            Self::TooLarge { quantity, most } => {
                write!(out, "quantity {quantity} is over the limit of {most}")
            }
            Self::OutOfBand { price, band, reference } => {
                let (price, band, reference) = (Price(price), Price(band), Price(reference));
                write!(out, "price {price} is not within {band} of {reference}")
            }
        }
    }
}

struct Time(u64);

impl Display for Time {
    fn fmt(&self, out: &mut Formatter) -> Written {
        let (seconds, micros) = (self.0 / 1_000_000, self.0 % 1_000_000);
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        write!(out, "{hours:02}:{minutes:02}:{:02}.{micros:06}", seconds % 60)
    }
}

struct Price(u32);

impl Display for Price {
    fn fmt(&self, out: &mut Formatter) -> Written {
        write!(out, "{}.{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}
