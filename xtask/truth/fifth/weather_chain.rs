//! A model of the weather as a chain of states, learned from years of observations: how the weather
//! of today changes what is to be expected in a week, a fortnight, and a month.

use truth::Random;

const STATES: usize = 360;
const DAYS: usize = 12_000_000;
const TRIALS: usize = 1_500_000;

/// Chances to come from one state (row) to another one (column).
#[derive(Clone)]
struct Chances {
    rows: Vec<Vec<f64>>,
}

impl Chances {
    /// What was seen, with a little for what was not.
    fn observed(states: &[u16]) -> Chances {
        let mut counts = vec![vec![0_u32; STATES]; STATES];
        for pair in states.windows(2) {
            counts[usize::from(pair[0])][usize::from(pair[1])] += 1;
        }
        let rows = counts.iter().map(|counts| {
            let seen: u32 = counts.iter().sum();
            let all = f64::from(seen) + STATES as f64 * 0.01;
            counts.iter().map(|&count| (f64::from(count) + 0.01) / all).collect()
        });
        Chances { rows: rows.collect() }
    }

    /// One after the other.
    fn then(&self, next: &Chances) -> Chances {
        let from = |row: &Vec<f64>| {
            (0..STATES)
                .map(|to| row.iter().zip(&next.rows).map(|(chance, row)| chance * row[to]).sum())
                .collect()
        };
        Chances { rows: self.rows.iter().map(from).collect() }
    }

    /// So many days in a row.
    fn after(&self, days: u32) -> Chances {
        if days == 1 {
            return self.clone();
        }
        let half = self.after(days / 2);
        let even = half.then(&half);
        if days.is_multiple_of(2) { even } else { even.then(self) }
    }

    /// How much two states still differ in what they lead to.
    fn difference(&self, a: usize, b: usize) -> f64 {
        self.rows[a].iter().zip(&self.rows[b]).map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0
    }
}

/// Pressure, wind and clouds wander, and are cut into classes.
fn observations(random: &mut Random) -> Vec<u16> {
    let (mut pressure, mut wind, mut cloud) = (500_i64, 300_i64, 200_i64);
    let day = |_| {
        let number = random.number();
        pressure = (pressure + (number & 255) as i64 - 127 + (500 - pressure) / 16).clamp(0, 999);
        wind = (wind + (number >> 8 & 255) as i64 - 120 + (300 - wind) / 8).clamp(0, 599);
        cloud = (cloud + (number >> 16 & 127) as i64 - 60 + (400 - cloud) / 8).clamp(0, 599);
        (pressure / 84 * 30 + wind / 100 * 5 + cloud / 120) as u16
    };
    (0..DAYS).map(day).collect()
}

/// The mean number of days until the weather is calm, starting in a state.
fn until_calm(sums: &[Vec<f64>], from: usize, random: &mut Random) -> f64 {
    let mut days = 0;
    for _ in 0..TRIALS / 100 {
        let mut state = from;
        for _ in 0..40 {
            let chance = random.unit();
            state = sums[state].partition_point(|&sum| sum < chance).min(STATES - 1);
            days += 1;
            if state % 30 < 5 {
                break;
            }
        }
    }
    days as f64 / (TRIALS / 100) as f64
}

fn main() {
    let mut random = Random::new(503);
    let states = observations(&mut random);
    let chances = Chances::observed(&states);
    for days in [7, 14, 30] {
        let later = chances.after(days);
        let difference = later.difference(31, STATES - 20);
        println!("after {days} days: {:.2} % of it is still felt", difference * 100.0);
    }
    let running = |row: &Vec<f64>| {
        let add = |sum: &mut f64, chance: &f64| {
            *sum += chance;
            Some(*sum)
        };
        row.iter().scan(0.0, add).collect()
    };
    let sums: Vec<Vec<f64>> = chances.rows.iter().map(running).collect();
    for from in [29, 200, 350] {
        let days = until_calm(&sums, from, &mut random);
        println!("calm after {days:.1} days from state {from}");
    }
}
