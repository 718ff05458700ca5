//! Feeds that look like a trading day: a few instruments have most of the ticks, prices stay near
//! where they were, and what is wrong with a tick differs from one to the next.

use std::sync::LazyLock;

use harness::data::{Rng, rand::RngExt, rng, vocabulary, zipf};

use crate::market::{Feed, Instrument, Tick};

static INSTRUMENTS: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
    let mut rng = rng(7);
    let symbols = vocabulary(1_000, 7).into_iter().filter(|word| word.len() <= 8).take(500);
    let instrument = |symbol: String| {
        let reference = (10_000 * rng.random_range(2..900)) << rng.random_range(0..4);
        Instrument::new(symbol.to_uppercase(), reference, reference / 10, 5_000)
    };
    symbols.map(instrument).collect()
});

/// `n` ticks that are all worth an answer; about one order in twenty-five is not let through.
pub fn quotes(n: usize, seed: u64) -> Feed {
    feed(n, seed, |_| true, |rng| rng.random_bool(0.04))
}

/// `n` ticks of a market in turmoil: more than half of the orders are not let through.
pub fn turmoil(n: usize, seed: u64) -> Feed {
    feed(n, seed, |_| true, |rng| rng.random_bool(0.6))
}

/// `n` ticks of a quiet market: the first and one in fifty thousand are worth an answer. Without
/// any answer, rungs would agree on nothing.
pub fn quiet(n: usize, seed: u64) -> Feed {
    let mut first = true;
    let worth = move |rng: &mut Rng| std::mem::take(&mut first) | rng.random_ratio(1, 50_000);
    feed(n, seed, worth, |_| false)
}

fn feed(
    n: usize,
    seed: u64,
    mut worth: impl FnMut(&mut Rng) -> bool,
    wrong: fn(&mut Rng) -> bool,
) -> Feed {
    let instruments = INSTRUMENTS.as_slice();
    let (mut rng, rank) = (rng(seed), zipf(instruments.len(), 1.0));
    let mut sequence = rng.random_range(0..5_000_000);
    let mut received = rng.random_range(34_200_000_000..57_000_000_000);
    let mut tick = || {
        sequence += 1;
        received += rng.random_range(0..1_000_u64);
        let instrument = rank(&mut rng);
        let at = &instruments[instrument];
        let spread = if worth(&mut rng) { rng.random_range(2..20) * 100 } else { 100 };
        let bid =
            at.reference - at.reference / 16 + rng.random_range(0..at.reference / 8) / 100 * 100;
        let size = |rng: &mut Rng| rng.random_range(1..20_000_u32) >> rng.random_range(0..7);
        let (bid_size, ask_size) = (size(&mut rng), size(&mut rng));
        let age = rng.random_range(20..400);
        let ask = bid + spread;
        let instrument = instrument as u16;
        let mut tick = Tick { received, sequence, age, bid, ask, bid_size, ask_size, instrument };
        if wrong(&mut rng) {
            match rng.random_range(0..8) {
                0..3 => tick.age += rng.random_range(5_000..2_000_000),
                3 => tick.ask = tick.bid - rng.random_range(0..5) * 100,
                4..6 => tick.ask_size = rng.random_range(20_000..90_000),
                _ => {
                    tick.bid /= 10; // the point was one digit to the right
                    tick.ask = tick.bid + spread;
                }
            }
        }
        tick
    };
    Feed { instruments, ticks: (0..n).map(|_| tick()).collect() }
}
