//! A shop's ledger as a page of text: figures are put into columns, and a long page is printed into
//! one buffer that is kept. Nothing is wrong with it. Prints how long the pages are.

use std::fmt::Write;

use truth::{Random, word};

struct Item {
    name: String,
    price: u32,
    sold: u32,
}

/// A page, in a buffer that was there already.
fn page(items: &[Item], page: &mut String) {
    page.clear();
    for Item { name, price, sold } in items {
        let sum = price * sold;
        writeln!(page, "{name:<20}{sold:>6}{:>6}.{:02}", sum / 100, sum % 100).expect("it fits");
    }
}

fn main() {
    let mut random = Random::new(1_494);
    let mut items: Vec<Item> = (0..2_000)
        .map(|at| Item { name: word(at * 13), price: random.below(900) as u32, sold: 0 })
        .collect();
    let (mut text, mut letters) = (String::new(), 0);
    for _ in 0..3_000 {
        for item in &mut items {
            item.sold += (random.number() >> 62) as u32;
        }
        page(&items, &mut text);
        letters += text.bytes().filter(|byte| *byte == b'7').count();
    }
    println!("{letters}");
}
