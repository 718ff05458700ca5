//! Quotes parcels: what a parcel costs from one zone to another, by the tariff's steps and the fuel
//! surcharge of each leg on the way.

use truth::Random;

const ZONES: usize = 12;
const PARCELS: usize = 420_000;

struct Tariff {
    legs: [[f64; ZONES]; ZONES],
    steps: Vec<(u32, f64)>,
    fuel: f64,
}

struct Parcel {
    from: u8,
    to: u8,
    class: u8,
    insured: u32,
}

impl Tariff {
    fn new(random: &mut Random) -> Tariff {
        let leg = |_| 2.0 + 9.0 * random.unit();
        let row: Vec<f64> = (0..ZONES * ZONES).map(leg).collect();
        let legs = std::array::from_fn(|a| std::array::from_fn(|b| row[a * ZONES + b]));
        let steps = (0..40).map(|step| (step * 5, 0.6 + f64::from(step) * 0.07)).collect();
        Tariff { legs, steps, fuel: 0.083 }
    }

    /// The cheapest way over at most two hubs, in cents.
    fn cheapest(&self, from: u8, to: u8, class: u8) -> u32 {
        let weight = self.steps[usize::from(class)].1;
        let leg = |a: usize, b: usize| {
            let length = self.legs[a][b] * weight;
            length * (1.0 + self.fuel * (length / 7.0).sqrt())
        };
        let (from, to) = (usize::from(from), usize::from(to));
        let mut best = leg(from, to);
        for first in 0..ZONES {
            for second in 0..ZONES {
                best = best.min(leg(from, first) + leg(first, second) + leg(second, to));
            }
        }
        (best * 100.0) as u32
    }
}

/// What insuring a parcel costs: a rate that falls with its value.
fn insurance(value: u32) -> u32 {
    let (mut rest, mut sum) = (value, 0.0);
    for step in 1..=24_u32 {
        let part = rest.min(step * 40);
        sum += f64::from(part) / (40.0 + f64::from(step)).sqrt();
        rest -= part;
    }
    sum as u32
}

fn main() {
    let mut random = Random::new(801);
    let tariff = Tariff::new(&mut random);
    let parcel = |_| Parcel {
        from: random.skewed(ZONES) as u8,
        to: random.skewed(ZONES) as u8,
        class: random.skewed(30) as u8,
        insured: random.below(90_000) as u32,
    };
    let parcels: Vec<Parcel> = (0..PARCELS).map(parcel).collect();
    let (mut carried, mut insured) = (0_u64, 0_u64);
    for parcel in &parcels {
        carried += u64::from(tariff.cheapest(parcel.from, parcel.to, parcel.class));
        for year in 0..6 {
            insured += u64::from(insurance(parcel.insured + year));
        }
    }
    println!("{carried} {insured}");
}
