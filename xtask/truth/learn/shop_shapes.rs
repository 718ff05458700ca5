//! Discounts of a shop, each of its own kind, asked for each line of a bill.

use truth::Random;

trait Discount {
    fn of(&self, cents: u64) -> u64;
}

struct Share(u64);

struct Fixed(u64);

struct Above(u64, u64);

impl Discount for Share {
    fn of(&self, c: u64) -> u64 {
        c * self.0 / 100
    }
}

impl Discount for Fixed {
    fn of(&self, _: u64) -> u64 {
        self.0
    }
}

impl Discount for Above {
    fn of(&self, c: u64) -> u64 {
        if c > self.0 { self.1 } else { 0 }
    }
}

fn main() {
    let mut random = Random::new(3);
    let all: Vec<Box<dyn Discount>> = (0..8)
        .map(|n| -> Box<dyn Discount> {
            match n % 3 {
                0 => Box::new(Share(5)),
                1 => Box::new(Fixed(9)),
                _ => Box::new(Above(500, 50)),
            }
        })
        .collect();
    let lines: Vec<u64> = (0..200_000).map(|_| random.below(1000) as u64).collect();
    let mut sum = 0;
    for _ in 0..240 {
        for line in &lines {
            for d in &all {
                sum += d.of(*line);
            }
        }
    }
    println!("{sum}");
}
