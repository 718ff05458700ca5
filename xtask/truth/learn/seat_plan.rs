//! Finds seats for groups in a large hall, night after night: which are free, not reserved for the
//! press, and with a view of the whole stage.

use truth::Random;

const SEATS: usize = 400_000;
const ROW: usize = 40;
const NIGHTS: u64 = 300;

struct Hall {
    free: Vec<bool>,
    open: Vec<bool>,
    view: Vec<bool>,
    prices: Vec<u32>,
}

fn hall(random: &mut Random) -> Hall {
    let mut flags = |of_ten: usize| (0..SEATS).map(|_| random.below(10) < of_ten).collect();
    let (free, open, view) = (flags(5), flags(8), flags(7));
    Hall { free, open, view, prices: (0..SEATS).map(|at| 80 - (at / ROW % 60) as u32).collect() }
}

impl Hall {
    /// Places that can be sold.
    fn offered(&self) -> usize {
        let mut seats = 0;
        for at in 0..SEATS {
            if self.free[at] && self.open[at] && self.view[at] {
                seats += 1;
            }
        }
        seats
    }

    /// The first row in which so many lie side by side.
    fn together(&self, people: usize, from: usize) -> Option<usize> {
        let mut run = 0;
        for at in from..SEATS {
            run = if self.free[at] && self.view[at] && at % ROW != 0 { run + 1 } else { 0 };
            if run == people {
                return Some(at + 1 - people);
            }
        }
        None
    }

    fn sell(&mut self, at: usize, people: usize) -> u64 {
        self.free[at..at + people].fill(false);
        self.prices[at..at + people].iter().map(|&price| u64::from(price)).sum()
    }
}

/// What visitors pay for each night if prices follow demand.
fn forecast(prices: &[u32], night: u64) -> f64 {
    let demand = 0.6 + (night as f64 * 0.3).sin() * 0.3;
    prices.iter().map(|&price| (f64::from(price) * demand).sqrt()).fold(0.0, f64::max)
}

fn main() {
    let mut random = Random::new(41);
    let mut hall = hall(&mut random);
    let (mut income, mut seats, mut best) = (0, 0, 0.0_f64);
    for night in 0..NIGHTS {
        seats += hall.offered();
        for _ in 0..30 {
            let people = 2 + random.below(4);
            if let Some(at) = hall.together(people, random.below(SEATS)) {
                income += hall.sell(at, people);
            }
        }
        best = best.max(forecast(&hall.prices, night));
        let again = random.below(SEATS - 500);
        hall.free[again..again + 500].fill(true);
    }
    println!("{income} {seats} {best:.1}");
}
