//! Drops prices that are out of line, in the order in which they came, from many days of trading.

use truth::Random;

const TICKS: usize = 500_000;
const DAYS: usize = 130;

#[derive(Clone, Copy)]
struct Tick {
    price: i32,
    pieces: i32,
}

/// Those that are sensible, and the others.
fn parted(ticks: &[Tick], low: i32, high: i32) -> (Vec<Tick>, Vec<Tick>) {
    ticks.iter().partition(|tick| tick.price >= low && tick.price < high)
}

fn turnover(ticks: &[Tick]) -> i64 {
    ticks.iter().map(|tick| i64::from(tick.price) * i64::from(tick.pieces)).sum()
}

fn main() {
    let mut random = Random::new(85);
    let all: Vec<Tick> = (0..TICKS)
        .map(|_| Tick { price: random.below(1000) as i32, pieces: random.below(50) as i32 })
        .collect();
    let (mut sum, mut kept) = (0, 0);
    for day in 0..DAYS {
        let (ticks, others) = parted(&all, 200 + day as i32, 700 + day as i32);
        kept += ticks.len();
        sum += turnover(&ticks) - turnover(&others) / 100;
    }
    println!("{kept} {sum}");
}
