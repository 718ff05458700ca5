//! `format!` wherever text is needed: a `String` for the time, for the price, for the body, for the
//! message, and for what went wrong.

use crate::market::{Feed, Instrument, Order, Tick};
use crate::reject::OLDEST;
use crate::session::Session;

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    let mut session = Session::open();
    for (tick, order, instrument) in feed.orders() {
        match message(tick, &order, instrument) {
            Ok(message) => session.send(message.as_bytes()),
            Err(problem) => {
                let (time, sequence) = (time(tick.received), tick.sequence);
                let symbol = &instrument.symbol;
                let line = format!("{time} #{sequence} {symbol} rejected: {problem}\n");
                session.log(line.as_bytes());
            }
        }
    }
    session
}

fn message(tick: &Tick, order: &Order, instrument: &Instrument) -> Result<String, String> {
    check(tick, order, instrument)?;
    let (sequence, symbol) = (tick.sequence, &instrument.symbol);
    let (side, quantity) = (char::from(order.side), order.quantity);
    let (time, price) = (time(tick.received), price(order.price));
    let body = format!(
        "35=D\x0149=CASEBOOK\x0156=EXCHANGE\x0134={sequence}\x0152=20260302-{time}\x01\
         11=CB{sequence}\x0155={symbol}\x0154={side}\x0138={quantity}\x0140=2\x0144={price}\x01\
         59=3\x0160=20260302-{time}\x01"
    );
    let message = format!("8=FIX.4.4\x019={}\x01{body}", body.len());
    let sum = message.bytes().fold(0, u8::wrapping_add);
    Ok(format!("{message}10={sum:03}\x01"))
}

fn check(tick: &Tick, order: &Order, instrument: &Instrument) -> Result<(), String> {
    let &Tick { age, bid, ask, .. } = tick;
    let &Instrument { reference, band, most, .. } = instrument;
    if age > OLDEST {
        Err(format!("quote is {age} us old, limit {OLDEST}"))
    } else if bid >= ask {
        Err(format!("bid {} is not below ask {}", price(bid), price(ask)))
    } else if order.quantity > most {
        Err(format!("quantity {} is over the limit of {most}", order.quantity))
    } else if order.price.abs_diff(reference) > band {
        let (at, band, reference) = (price(order.price), price(band), price(reference));
        Err(format!("price {at} is not within {band} of {reference}"))
    } else {
        Ok(())
    }
}

fn time(micros: u64) -> String {
    let seconds = micros / 1_000_000;
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}.{:06}", seconds % 60, micros % 1_000_000)
}

fn price(price: u32) -> String {
    format!("{}.{:04}", price / 10_000, price % 10_000)
}
