//! Matches buy and sell orders at their prices, first come first served, and keeps a journal of
//! what was traded.

use truth::Random;

#[derive(Clone, Copy)]
struct Order {
    id: u64,
    units: u32,
    client: [u8; 24],
    placed: u64,
}

#[derive(Default, Clone)]
struct Level {
    buys: Vec<Order>,
    sells: Vec<Order>,
}

struct Book {
    levels: Vec<Level>,
    journal: Vec<u8>,
    trades: u64,
    written: usize,
}

impl Book {
    fn new() -> Book {
        let levels = vec![Level::default(); 64];
        Book { levels, journal: Vec::with_capacity(1 << 20), trades: 0, written: 0 }
    }

    fn add(&mut self, buy: bool, price: usize, order: Order) {
        let level = &mut self.levels[price];
        if buy {
            level.buys.push(order)
        } else {
            level.sells.push(order)
        }
        self.match_level(price);
    }

    fn match_level(&mut self, price: usize) {
        let level = &mut self.levels[price];
        while let (Some(buy), Some(sell)) = (level.buys.first_mut(), level.sells.first_mut()) {
            let units = buy.units.min(sell.units);
            buy.units -= units;
            sell.units -= units;
            let entry = journal_entry(self.trades, buy.id, sell.id, price, units);
            if self.journal.len() + entry.len() > 1 << 20 {
                self.written += self.journal.len();
                self.journal.clear();
            }
            self.journal.extend_from_slice(entry.as_bytes());
            self.trades += 1;
            if buy.units == 0 {
                level.buys.remove(0);
            }
            if sell.units == 0 {
                level.sells.remove(0);
            }
        }
    }

    /// Orders of clients that wait on a side, how many units they want, and when the oldest was
    /// placed.
    fn depth(&self, buy: bool) -> (usize, u64, u64) {
        let mut depth = (0, 0, u64::MAX);
        for level in &self.levels {
            let side = if buy { &level.buys } else { &level.sells };
            depth.0 += side.iter().filter(|order| order.client.starts_with(b"client")).count();
            depth.1 += side.iter().map(|order| u64::from(order.units)).sum::<u64>();
            depth.2 = side.iter().map(|order| order.placed).fold(depth.2, u64::min);
        }
        depth
    }
}

fn journal_entry(number: u64, buy: u64, sell: u64, price: usize, units: u32) -> String {
    let price = format!("{}.{:02}", 100 + price / 4, price % 4 * 25);
    let parts = [
        format!("trade={number}"),
        format!("buy={buy}"),
        format!("sell={sell}"),
        format!("price={price}"),
        format!("units={units}"),
    ];
    parts.join(";") + "\n"
}

/// How far a price strays: a walk that is drawn back.
fn next_price(random: &mut Random, middle: &mut f64) -> usize {
    *middle += (random.unit() - 0.5) * 0.6 + (32.0 - *middle) * 0.001;
    let noise = (random.unit() + random.unit() + random.unit() - 1.5) * 6.0;
    (*middle + noise).clamp(0.0, 63.0) as usize
}

fn main() {
    let mut random = Random::new(221);
    let mut book = Book::new();
    let mut middle = 32.0;
    let mut deepest = 0;
    for id in 0..2_200_000 {
        let price = next_price(&mut random, &mut middle);
        let buy = random.below(100) < 50;
        let units = 1 + random.skewed(90) as u32;
        let client = *b"client of a large broker";
        book.add(buy, price, Order { id, units, client, placed: id * 20 });
        if id % 500 == 0 {
            deepest = deepest.max(book.depth(true).0 + book.depth(false).0);
        }
    }
    println!("{} trades, {} bytes, {deepest} deepest", book.trades, book.written);
}
