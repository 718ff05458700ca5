//! Without the formatting machinery: text is copied, numbers are written two digits at a time from
//! a table, into the same two buffers.

use std::cell::RefCell;

use crate::market::{Feed, Instrument, Order, Tick};
use crate::reject::{OLDEST, Reject, check};
use crate::session::Session;

#[derive(Default)]
struct Buffers {
    body: Vec<u8>,
    message: Vec<u8>,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

/// "00" to "99".
pub(crate) const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut at = 0;
    while at < 100 {
        pairs[at] = [b'0' + at as u8 / 10, b'0' + at as u8 % 10];
        at += 1;
    }
    pairs
};

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    BUFFERS.with_borrow_mut(|buffers| {
        let mut session = Session::open();
        for (tick, order, instrument) in feed.orders() {
            match message(buffers, tick, &order, instrument) {
                Ok(()) => session.send(&buffers.message),
                Err(problem) => {
                    line(&mut buffers.message, tick, instrument, problem);
                    session.log(&buffers.message);
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
    body.clear();
    body.extend_from_slice(b"35=D\x0149=CASEBOOK\x0156=EXCHANGE\x0134=");
    number(body, tick.sequence);
    body.extend_from_slice(b"\x0152=20260302-");
    time(body, tick.received);
    body.extend_from_slice(b"\x0111=CB");
    number(body, tick.sequence);
    body.extend_from_slice(b"\x0155=");
    body.extend_from_slice(instrument.symbol.as_bytes());
    body.extend_from_slice(b"\x0154=");
    body.push(order.side);
    body.extend_from_slice(b"\x0138=");
    number(body, order.quantity);
    body.extend_from_slice(b"\x0140=2\x0144=");
    price(body, order.price);
    body.extend_from_slice(b"\x0159=3\x0160=20260302-");
    time(body, tick.received);
    body.push(b'\x01');
    message.clear();
    message.extend_from_slice(b"8=FIX.4.4\x019=");
    number(message, body.len() as u32);
    message.push(b'\x01');
    message.extend_from_slice(body);
    let sum = message.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    message.extend_from_slice(b"10=");
    message.push(b'0' + sum / 100);
    message.extend_from_slice(&PAIRS[usize::from(sum % 100)]);
    message.push(b'\x01');
    Ok(())
}

pub(crate) fn line(out: &mut Vec<u8>, tick: &Tick, instrument: &Instrument, problem: Reject) {
    out.clear();
    time(out, tick.received);
    out.extend_from_slice(b" #");
    number(out, tick.sequence);
    out.push(b' ');
    out.extend_from_slice(instrument.symbol.as_bytes());
    out.extend_from_slice(b" rejected: ");
    let mut say = |text: &[u8], value: u32, write: fn(&mut Vec<u8>, u32)| {
        out.extend_from_slice(text);
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
    out.push(b'\n');
}

pub(crate) fn time(out: &mut Vec<u8>, micros: u64) {
    let (seconds, micros) = ((micros / 1_000_000) as usize, (micros % 1_000_000) as usize);
    out.extend_from_slice(&PAIRS[seconds / 3_600]);
    out.push(b':');
    out.extend_from_slice(&PAIRS[seconds / 60 % 60]);
    out.push(b':');
    out.extend_from_slice(&PAIRS[seconds % 60]);
    out.push(b'.');
    for pair in [micros / 10_000, micros / 100 % 100, micros % 100] {
        out.extend_from_slice(&PAIRS[pair]);
    }
}

pub(crate) fn price(out: &mut Vec<u8>, price: u32) {
    number(out, price / 10_000);
    out.push(b'.');
    for pair in [price / 100 % 100, price % 100] {
        out.extend_from_slice(&PAIRS[pair as usize]);
    }
}

pub(crate) fn number(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(digits(number, &mut [0; 10]));
}

/// The digits of a number, at the end of the room for them.
#[inline]
pub(crate) fn digits(mut left: u32, room: &mut [u8; 10]) -> &[u8] {
    let mut from = 10;
    while left >= 10 {
        from -= 2;
        room[from..from + 2].copy_from_slice(&PAIRS[(left % 100) as usize]);
        left /= 100;
    }
    if left > 0 || from == 10 {
        from -= 1;
        room[from] = b'0' + left as u8;
    }
    &room[from..]
}
