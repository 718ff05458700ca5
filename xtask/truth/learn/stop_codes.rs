//! A bus company's stops, found by their numbers in a list.

use truth::Random;

struct Stops {
    list: Vec<(u32, u64)>,
}

impl Stops {
    fn get(&self, code: u32) -> u64 {
        for (c, riders) in &self.list {
            if *c == code {
                return *riders;
            }
        }
        0
    }
}

fn main() {
    let mut random = Random::new(3);
    let stops = Stops { list: (0..2000).map(|n| (n * 7919 % 100_003, n as u64)).collect() };
    let mut sum = 0;
    for _ in 0..5_000_000 {
        sum += stops.get(random.below(2000) as u32 * 7919 % 100_003);
    }
    println!("{sum}");
}
