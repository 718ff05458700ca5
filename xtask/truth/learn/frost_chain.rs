//! What the weather will be in a month, by what it was likely to become from one day to the next.

use truth::Random;

const STATES: usize = 300;

type Chances = Vec<Vec<f64>>;

/// What follows what after two spans.
fn after(first: &Chances, second: &Chances) -> Chances {
    let mut both = vec![vec![0.0; STATES]; STATES];
    for from in 0..STATES {
        for to in 0..STATES {
            let mut chance = 0.0;
            for over in 0..STATES {
                chance += first[from][over] * second[over][to];
            }
            both[from][to] = chance;
        }
    }
    both
}

/// Chances of a row add up to one.
fn levelled(chances: &mut Chances) {
    for row in chances {
        let sum: f64 = row.iter().sum();
        row.iter_mut().for_each(|chance| *chance /= sum);
    }
}

/// Draws days one by one.
fn drawn(chances: &Chances, days: usize, random: &mut Random) -> usize {
    let (mut state, mut rain) = (0, 0);
    for _ in 0..days {
        let mut left = random.unit();
        let next = chances[state].iter().position(|chance| {
            left -= chance;
            left <= 0.0
        });
        state = next.unwrap_or(0);
        rain += usize::from(state % 3 == 0);
    }
    rain
}

fn main() {
    let mut random = Random::new(46);
    let row = |random: &mut Random| (0..STATES).map(|_| random.unit()).collect();
    let mut day: Chances = (0..STATES).map(|_| row(&mut random)).collect();
    levelled(&mut day);
    let mut chances = day.clone();
    let mut rain = 0;
    for _ in 0..16 {
        chances = after(&chances, &day);
        levelled(&mut chances);
        rain += drawn(&chances, 60_000, &mut random);
    }
    println!("{rain} {:.6}", chances[3][5]);
}
