//! Ticks with numbers of every length, at every end of a band, and times around a day's edges.

use std::sync::LazyLock;

use crate::market::{Feed, Instrument, Tick};

/// Microseconds in a day.
pub(crate) const DAY: u64 = 86_400_000_000;

/// Symbols of few letters and of many, with bands that let in all, some or nothing.
static INSTRUMENTS: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
    let max = u32::MAX;
    let bands = [(0, max, max), (0, 0, max), (max, 1, max), (0, 0, 0)];
    let symbol = |symbol: &'static str| {
        bands.map(|(reference, band, most)| {
            Instrument::new(symbol.to_owned(), reference, band, most)
        })
    };
    let limits = Instrument::new("LIMITS".to_owned(), 1_000_000, 10_000, 500);
    ["A", "ABCDEFG", "ABCDEFGH"].into_iter().flat_map(symbol).chain([limits]).collect()
});

/// Hand-made feeds, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Feed> {
    let instruments: &'static [Instrument] = &INSTRUMENTS;
    let numbers = [0, 1, 9, 10, 99, 10_000, 99_999_999, 100_000_000, 999_999_999, u32::MAX];
    let mut edges = vec![Feed { instruments, ticks: Vec::new() }];
    for instrument in 0..instruments.len() as u16 {
        for received in [0, 999_999, 59_999_999, 3_600_000_000, DAY - 1] {
            let ticks = numbers.into_iter().flat_map(|number| {
                [(0, number), (number, 0), (number, u32::MAX)].map(|(bid, ask)| {
                    let age = if bid == 0 { number } else { 0 };
                    let sequence = number;
                    let (bid_size, ask_size) = (number, bid);
                    Tick { received, sequence, age, bid, ask, bid_size, ask_size, instrument }
                })
            });
            edges.push(Feed { instruments, ticks: ticks.collect() });
        }
    }
    edges.push(Feed { instruments, ticks: at_the_limits(instruments.len() as u16 - 1) });
    edges
}

/// What just passes and what just does not, by each rule: naive and the others check by themselves.
fn at_the_limits(instrument: u16) -> Vec<Tick> {
    let good = Tick {
        received: 0,
        sequence: 1,
        age: 0,
        bid: 999_000,
        ask: 1_001_000,
        bid_size: 100,
        ask_size: 200,
        instrument,
    };
    let ages = [4_999, 5_000, 5_001].map(|age| Tick { age, ..good });
    let crossed = [998_999, 999_000, 999_001, 999_199, 999_200].map(|ask| Tick { ask, ..good });
    let large = [1_995, 1_996, 1_999, 2_000].map(|ask_size| Tick { ask_size, ..good });
    let high = [1_010_099, 1_010_100, 1_010_101].map(|ask| Tick { ask, ..good });
    let low = [989_901, 989_900, 989_899].map(|bid| Tick { bid, bid_size: 201, ..good });
    [&ages[..], &crossed, &large, &high, &low].concat()
}
