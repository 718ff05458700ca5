//! `heapless` for a vector on the stack that says when it is full, `itoa` for the digits.

use heapless::Vec;

use crate::market::{Feed, Instrument, Order, Tick};
use crate::reject::{OLDEST, Reject, check};
use crate::session::Session;

type Text = Vec<u8, 256>;

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    let mut session = Session::open();
    let mut text = Text::new();
    for (tick, order, instrument) in feed.orders() {
        text.clear();
        match message(&mut text, tick, &order, instrument) {
            Ok(()) => session.send(&text),
            Err(problem) => {
                line(&mut text, tick, instrument, problem);
                session.log(&text);
            }
        }
    }
    session
}

fn message(
    out: &mut Text,
    tick: &Tick,
    order: &Order,
    instrument: &Instrument,
) -> Result<(), Reject> {
    check(tick, order, instrument)?;
    // Every body has three digits' worth of bytes, so its length fits in later.
    put(out, b"8=FIX.4.4\x019=000\x0135=D\x0149=CASEBOOK\x0156=EXCHANGE\x0134=");
    number(out, tick.sequence);
    put(out, b"\x0152=20260302-");
    time(out, tick.received);
    put(out, b"\x0111=CB");
    number(out, tick.sequence);
    put(out, b"\x0155=");
    put(out, instrument.symbol.as_bytes());
    put(out, b"\x0154=");
    put(out, &[order.side]);
    put(out, b"\x0138=");
    number(out, order.quantity);
    put(out, b"\x0140=2\x0144=");
    price(out, order.price);
    put(out, b"\x0159=3\x0160=20260302-");
    time(out, tick.received);
    put(out, b"\x01");
    let mut digits = itoa::Buffer::new();
    let length = out.len() - 16;
    out[12..15].copy_from_slice(digits.format(length).as_bytes());
    let sum = out.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    put(out, b"10=");
    padded(out, 3, u32::from(sum));
    put(out, b"\x01");
    Ok(())
}

fn line(out: &mut Text, tick: &Tick, instrument: &Instrument, problem: Reject) {
    time(out, tick.received);
    put(out, b" #");
    number(out, tick.sequence);
    put(out, b" ");
    put(out, instrument.symbol.as_bytes());
    put(out, b" rejected: ");
    let mut say = |text: &[u8], value: u32, write: fn(&mut Text, u32)| {
        put(out, text);
        write(out, value);
    };
    match problem {
        Reject::Stale { age } => {
            say(b"quote is ", age, number);
            say(b" us old, limit ", OLDEST, number);
        }
        Reject::Crossed { bid, ask } => {
            say(b"bid ", bid, price);
            say(b" is not below ask ", ask, price);
        }
        Reject::TooLarge { quantity, most } => {
            say(b"quantity ", quantity, number);
            say(b" is over the limit of ", most, number);
        }
        Reject::OutOfBand { price: at, band, reference } => {
            say(b"price ", at, price);
            say(b" is not within ", band, price);
            say(b" of ", reference, price);
        }
    }
    put(out, b"\n");
}

fn time(out: &mut Text, micros: u64) {
    let (seconds, micros) = ((micros / 1_000_000) as u32, (micros % 1_000_000) as u32);
    padded(out, 2, seconds / 3_600);
    put(out, b":");
    padded(out, 2, seconds / 60 % 60);
    put(out, b":");
    padded(out, 2, seconds % 60);
    put(out, b".");
    padded(out, 6, micros);
}

fn price(out: &mut Text, price: u32) {
    number(out, price / 10_000);
    put(out, b".");
    padded(out, 4, price % 10_000);
}

fn number(out: &mut Text, number: u32) {
    put(out, itoa::Buffer::new().format(number).as_bytes());
}

fn padded(out: &mut Text, width: usize, number: u32) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number).as_bytes();
    put(out, &b"000000"[..width - digits.len()]);
    put(out, digits);
}

fn put(out: &mut Text, text: &[u8]) {
    out.extend_from_slice(text).expect("the longest message has room");
}
