//! Predicts tides at a harbour from the waves that make them up, and compares them with what was
//! seen there, for several shifts of the clock.

use truth::Random;

struct Station {
    seen: Vec<f64>,
    weights: Vec<f64>,
}

impl Station {
    /// How far what was seen is from what other hours let expect, with a shift.
    fn misfit(&self, expected: &[f64], shift: usize, hours: usize) -> f64 {
        let mut sum = 0.0;
        for hour in 0..hours {
            let apart = self.seen[hour] - expected[hour + shift];
            sum += self.weights[hour] * apart * apart;
        }
        sum
    }
}

fn expected(hours: usize) -> Vec<f64> {
    let waves = [(12.42, 1.0), (12.0, 0.4), (25.8, 0.2), (23.9, 0.3)];
    let at =
        |hour: usize| waves.iter().map(|(period, high)| (hour as f64 / period).sin() * high).sum();
    (0..hours).map(at).collect()
}

fn main() {
    let mut random = Random::new(19);
    let hours = 30_000;
    let expected = expected(hours + 600);
    let station = Station {
        seen: (0..hours).map(|hour| expected[hour + 211] + random.unit() * 0.2).collect(),
        weights: (0..hours).map(|_| random.unit()).collect(),
    };
    let mut best = (f64::MAX, 0);
    for round in 0..80 {
        for shift in 0..600 {
            let misfit = station.misfit(&expected, shift, hours - round);
            if misfit < best.0 {
                best = (misfit, shift);
            }
        }
    }
    println!("{} hours, {:.4}", best.1, best.0);
}
