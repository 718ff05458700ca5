//! Prints the sheets of a ferry: bookings are found by their number, and each passenger gets a text
//! of his own. Two things are wrong with it.

use std::fmt::Write;

use truth::{Random, word};

const BOOKINGS: usize = 1_100;
const SAILINGS: usize = 500;

struct Booking {
    number: u64,
    name: String,
    deck: u8,
    paid: u32,
}

/// The booking of a number.
fn booking(bookings: &[Booking], number: u64) -> Option<&Booking> {
    bookings.iter().find(|booking| booking.number == number)
}

/// What is printed for a passenger.
fn text(booking: &Booking, sailing: usize) -> String {
    let mut text = format!("sailing {sailing:04}, deck {}", booking.deck);
    let _ = write!(text, ", {}", booking.name.clone());
    let paid = format!("{}.{:02}", booking.paid / 100, booking.paid % 100);
    text + &format!(", paid {paid}")
}

/// Letters that a printer would need ink for.
fn ink(sheet: &str) -> usize {
    sheet.bytes().filter(|byte| !byte.is_ascii_whitespace()).count()
}

fn main() {
    let mut random = Random::new(623);
    let bookings: Vec<Booking> = (0..BOOKINGS)
        .map(|at| Booking {
            number: (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20,
            name: word(at * 13),
            deck: random.below(7) as u8,
            paid: 900 + random.below(9000) as u32,
        })
        .collect();
    let (mut letters, mut sheets) = (0, 0);
    for sailing in 0..SAILINGS {
        for _ in 0..1200 {
            let number = bookings[random.below(BOOKINGS)].number;
            let Some(booking) = booking(&bookings, number) else { continue };
            let text = text(booking, sailing);
            letters += ink(&text);
            sheets += 1;
        }
    }
    println!("{sheets} sheets, {letters} letters");
}
