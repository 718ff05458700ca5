//! A box office: orders come as lines, are read pile by pile and booked.
//!
//! What was ordered is kept for each customer until the next order, and for each hall until the
//! concert has begun; tickets and letters are made of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use truth::{Random, word};

const ORDERS: usize = 800_000;
const CUSTOMERS: usize = 4_000;
const HALLS: usize = 40;
/// Orders that are read before any of them is booked.
const PILE: usize = 64;
/// Tickets that a hall keeps at hand.
const SHELF: usize = 120;

type Map<K, V> = hashbrown::HashMap<K, V, foldhash::fast::RandomState>;

struct Seat {
    row: String,
    number: u32,
    price: u32,
}

struct Order {
    customer: String,
    hall: usize,
    seats: Vec<Seat>,
    wishes: Vec<(String, String)>,
    remark: Option<String>,
}

struct Ticket {
    row: String,
    number: u32,
    holder: String,
    price: u32,
}

/// The orders' lines, as the web shop writes them.
fn lines(orders: usize, words: &[String], random: &mut Random) -> String {
    let mut text = String::new();
    let word = |random: &mut Random, bound: usize| words[random.below(bound)].as_str();
    for _ in 0..orders {
        let customer = random.skewed(CUSTOMERS);
        _ = write!(text, "{}-{customer}|{}|", words[customer % 700], random.below(HALLS));
        for _ in 0..1 + random.skewed(6) {
            let (row, number) = (word(random, 30), random.below(50));
            _ = write!(text, "{row},{number},{};", 900 + random.below(9_000));
        }
        text.push('|');
        for _ in 0..random.below(9) {
            _ = write!(text, "{}={};", word(random, 60), word(random, 5_000));
        }
        text.push('|');
        for _ in 0..random.skewed(8) {
            text += word(random, 900);
            text.push(' ');
        }
        text.push('\n');
    }
    text
}

fn read(line: &str) -> Option<Order> {
    let mut fields = line.split('|');
    let customer = fields.next()?.to_owned();
    let hall = fields.next()?.parse().ok()?;
    let seats = fields.next()?.split_terminator(';').map(|seat| {
        let mut parts = seat.split(',');
        let row = parts.next()?.to_owned();
        Some(Seat { row, number: parts.next()?.parse().ok()?, price: parts.next()?.parse().ok()? })
    });
    let seats = seats.collect::<Option<Vec<_>>>()?;
    let wishes = fields.next()?.split_terminator(';').filter_map(|wish| wish.split_once('='));
    let wishes = wishes.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let remark = fields.next().filter(|remark| !remark.is_empty()).map(str::to_owned);
    Some(Order { customer, hall, seats, wishes, remark })
}

#[derive(Default)]
struct Office {
    kept: Map<String, Order>,
    shelves: BTreeMap<usize, Vec<Ticket>>,
    takings: Vec<u64>,
    letters: usize,
    aisle: u32,
}

impl Office {
    fn book(&mut self, order: Order, dice: &mut Random) {
        let shelf = self.shelves.entry(order.hall).or_default();
        for seat in &order.seats {
            let ticket = Ticket {
                row: seat.row.clone(),
                number: seat.number,
                holder: order.customer.clone(),
                price: seat.price,
            };
            if shelf.len() < SHELF {
                shelf.push(ticket);
                continue;
            }
            // One that was called for makes room.
            let called = std::mem::replace(&mut shelf[dice.below(SHELF)], ticket);
            self.takings[order.hall] += u64::from(called.price);
            self.aisle += u32::from(called.number < 10 && called.row < called.holder);
        }
        let before = self.kept.insert(order.customer.clone(), order);
        if let Some(letter) = before.as_ref().and_then(letter) {
            self.letters += letter.join("\n").len();
        }
    }
}

/// What a customer is told of an order with wishes.
fn letter(order: &Order) -> Option<Vec<String>> {
    let remark = order.remark.as_ref()?;
    let mut lines = vec![format!("To {}", order.customer), format!("You wrote: {remark}")];
    lines.extend(order.wishes.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.push(format!("{} seats", order.seats.len()));
    Some(lines)
}

/// Reads a delivery's lines and books its orders, the large ones of a pile first.
fn serve(text: &str, office: &mut Office, dice: &mut Random) {
    let mut lines = text.lines();
    loop {
        let mut pile: Vec<Order> = lines.by_ref().take(PILE).filter_map(read).collect();
        if pile.is_empty() {
            return;
        }
        pile.sort_by_key(|order| Reverse(order.seats.len()));
        for order in pile {
            office.book(order, dice);
        }
    }
}

/// How well halls are sold: the spread of prices on each shelf, by distance from the middle one.
fn spread(shelves: &BTreeMap<usize, Vec<Ticket>>) -> Vec<(usize, u32, u64)> {
    let spread = |(&hall, tickets): (&usize, &Vec<Ticket>)| {
        let mut prices: Vec<u32> = tickets.iter().map(|ticket| ticket.price).collect();
        let (_, &mut middle, _) = prices.select_nth_unstable(tickets.len() / 2);
        (hall, middle, prices.iter().map(|price| u64::from(price.abs_diff(middle))).sum())
    };
    shelves.iter().map(spread).collect()
}

fn main() {
    let mut random = Random::new(803);
    let words: Vec<String> = (0..5_000).map(word).collect();
    let mut dice = Random::new(8031);
    let mut office = Office { takings: vec![0; HALLS], ..Office::default() };
    // The shop delivers every so many orders.
    for _ in 0..8 {
        let text = lines(ORDERS / 8, &words, &mut random);
        serve(&text, &mut office, &mut dice);
    }
    let sum: u64 = office.takings.iter().sum();
    println!("{} customers, {sum} taken, {} letters", office.kept.len(), office.letters);
    for (hall, middle, spread) in spread(&office.shelves).into_iter().take(6) {
        println!("hall {hall:2}: middle price {middle}, spread {spread}");
    }
    println!("{} tickets were for the aisle", office.aisle);
}
