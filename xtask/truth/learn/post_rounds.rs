//! Rounds of postmen: a round is a list that stops are put into and taken out of, at the front when
//! it is urgent. Prints how long the rounds are.

use truth::Random;

/// Stops that a postman still has to go to.
struct Round {
    stops: Vec<u32>,
}

impl Round {
    fn urgent(&mut self, stop: u32) {
        self.stops.insert(0, stop);
    }

    /// A part of it is given to somebody else, who puts it before his own.
    fn give(&mut self, many: usize, other: &mut Round) {
        let rest = self.stops.split_off(many.min(self.stops.len()));
        let mut given = std::mem::replace(&mut self.stops, rest);
        given.append(&mut other.stops);
        other.stops = given;
    }
}

/// How far two stops are from each other, by streets.
fn far(one: u32, other: u32) -> u32 {
    let mut far = 0;
    for street in 0..40 {
        far += (one >> (street % 7) ^ other >> (street % 5)) & 3;
    }
    far
}

fn main() {
    let mut random = Random::new(1_490);
    let mut one = Round { stops: (0..9_000).collect() };
    let mut other = Round { stops: (0..9_000).rev().collect() };
    let mut sum = 0;
    for turn in 0..120_000 {
        one.urgent(random.number() as u32);
        one.give(random.below(40), &mut other);
        if turn % 2 == 0 {
            std::mem::swap(&mut one, &mut other);
        }
        for pair in other.stops.windows(2).take(30) {
            sum ^= far(pair[0], pair[1]);
        }
    }
    println!("{} {} {sum}", one.stops.len(), other.stops.len());
}
