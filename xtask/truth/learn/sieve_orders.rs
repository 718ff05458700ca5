//! Takes the orders of a market apart: those above a price, and those below, in the order in which
//! they came, for many prices.

use truth::Random;

fn part(prices: &[u32], limit: u32, above: &mut Vec<u32>) -> u64 {
    above.clear();
    let mut below = 0;
    for price in prices {
        if *price > limit {
            above.push(*price);
        } else {
            below += u64::from(*price);
        }
    }
    below
}

fn main() {
    let mut random = Random::new(12);
    let prices: Vec<u32> = (0..200_000).map(|_| random.below(1_000_000) as u32).collect();
    let mut above = Vec::with_capacity(prices.len());
    let mut sum = 0;
    for limit in (300_000..700_000).step_by(220) {
        sum += part(&prices, limit, &mut above) + above.len() as u64;
    }
    println!("{sum}");
}
