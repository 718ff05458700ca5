//! Publishes the totals of a trading day after each trade, while another thread reads them for a
//! display.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use truth::Random;

#[derive(Default)]
struct Board {
    version: AtomicU64,
    trades: AtomicU64,
    bought: AtomicI64,
    sold: AtomicI64,
    position: AtomicI64,
    value: AtomicU64,
}

struct Trade {
    units: i64,
    price: u64,
}

impl Board {
    fn publish(&self, totals: &Totals) {
        self.version.fetch_add(1, Ordering::SeqCst);
        self.trades.store(totals.trades, Ordering::SeqCst);
        self.bought.store(totals.bought, Ordering::SeqCst);
        self.sold.store(totals.sold, Ordering::SeqCst);
        self.position.store(totals.bought - totals.sold, Ordering::SeqCst);
        self.value.store(totals.value, Ordering::SeqCst);
        self.version.fetch_add(1, Ordering::SeqCst);
    }

    fn read(&self) -> Option<[i64; 3]> {
        let before = self.version.load(Ordering::SeqCst);
        let totals = [
            self.bought.load(Ordering::SeqCst),
            self.sold.load(Ordering::SeqCst),
            self.position.load(Ordering::SeqCst),
        ];
        let after = self.version.load(Ordering::SeqCst);
        (before == after && before.is_multiple_of(2)).then_some(totals)
    }
}

#[derive(Default)]
struct Totals {
    trades: u64,
    bought: i64,
    sold: i64,
    value: u64,
    digest: u64,
}

impl Totals {
    fn add(&mut self, trade: &Trade) {
        self.trades += 1;
        self.bought += trade.units.max(0);
        self.sold -= trade.units.min(0);
        self.value += trade.units.unsigned_abs() * trade.price;
        for byte in trade.units.to_le_bytes().into_iter().chain(trade.price.to_le_bytes()) {
            self.digest = (self.digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// A trade is refused if it is far from what was paid of late.
fn is_plausible(trade: &Trade, average: &mut u64) -> bool {
    let near = trade.price.abs_diff(*average) * 4 < *average;
    if near {
        *average = (*average * 31 + trade.price) / 32;
    }
    near
}

fn trades(count: usize) -> Vec<Trade> {
    let mut random = Random::new(181);
    (0..count)
        .map(|_| Trade {
            units: random.below(200) as i64 - 100,
            price: 10_000 + random.skewed(2_500) as u64,
        })
        .collect()
}

fn main() {
    let trades = trades(1_000_000);
    let board = Board::default();
    let over = AtomicBool::new(false);
    let mut totals = Totals::default();
    let mut average = 10_500;
    let shown = thread::scope(|scope| {
        let display = scope.spawn(|| {
            let mut shown = 0u64;
            while !over.load(Ordering::SeqCst) {
                if let Some([bought, sold, position]) = board.read() {
                    assert_eq!(bought - sold, position, "totals of different moments");
                    shown += 1;
                }
                thread::sleep(Duration::from_millis(20));
            }
            shown
        });
        for _ in 0..30 {
            for trade in &trades {
                if is_plausible(trade, &mut average) {
                    totals.add(trade);
                    board.publish(&totals);
                }
            }
        }
        over.store(true, Ordering::SeqCst);
        display.join().unwrap()
    });
    let Totals { trades, value, digest, .. } = totals;
    println!("{trades} trades, {value}, {digest:x}, shown {}", shown > 0);
}
