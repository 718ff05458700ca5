//! Collectors of stamps and what each of them has: who could trade with whom. Prints the pair with
//! most to trade.

use truth::Random;

const STAMPS: usize = 6_000;
const COLLECTORS: usize = 550;

struct Collector {
    has: Vec<bool>,
    wants: Vec<bool>,
}

impl Collector {
    fn new(random: &mut Random) -> Collector {
        let has: Vec<bool> = (0..STAMPS).map(|_| random.below(3) == 0).collect();
        let wants = has.iter().map(|has| !has && random.below(4) == 0).collect();
        Collector { has, wants }
    }

    /// How many stamps one has that the other wants.
    fn offers(&self, other: &Collector) -> usize {
        let mut offers = 0;
        for stamp in 0..STAMPS {
            if self.has[stamp] && other.wants[stamp] {
                offers += 1;
            }
        }
        offers
    }
}

/// What stamps cost this year: a walk that goes up and down.
fn prices(prices: &mut [f64], random: &mut Random) -> f64 {
    let mut price = 1.0;
    for place in prices.iter_mut() {
        price *= 0.99 + random.unit() * 0.02;
        *place = price;
    }
    price
}

fn main() {
    let mut random = Random::new(1_840);
    let collectors: Vec<Collector> = (0..COLLECTORS).map(|_| Collector::new(&mut random)).collect();
    let (mut best, mut sum, mut list) = ((0, 0, 0), 0.0, vec![0.0; 4_000]);
    for one in 0..COLLECTORS {
        for other in 0..COLLECTORS {
            let offers = collectors[one].offers(&collectors[other]);
            if one != other && offers > best.2 {
                best = (one, other, offers);
            }
        }
        for _ in 0..200 {
            sum += prices(&mut list, &mut random);
        }
    }
    println!("{best:?} {sum:.2}");
}
