//! Kites in the wind: a few figures of each are made from others by rules whose number is read when
//! the program begins. Prints the highest.

use truth::Random;

/// Rules: a row of factors for each figure.
struct Rules {
    many: usize,
    factors: Vec<f64>,
}

impl Rules {
    fn follow(&self, figures: &[f64], new: &mut [f64]) {
        for (row, new) in self.factors.chunks(self.many).zip(new) {
            let mut sum = 0.0;
            for at in 0..self.many {
                sum += row[at] * figures[at];
            }
            *new = sum;
        }
    }
}

/// Gusts of a day.
fn gusts(winds: &mut [f64], random: &mut Random) {
    for wind in winds {
        let bits = random.number();
        *wind = (bits >> 40) as f64 / 16_777_216.0 - 0.5;
    }
}

fn main() {
    let many = std::env::args().count() + 2;
    let mut random = Random::new(1_749);
    let factors = (0..many * many).map(|_| random.unit() * 0.6 - 0.3).collect();
    let rules = Rules { many, factors };
    let mut kites = vec![0.1; 60_000 * many];
    let (mut new, mut winds) = (vec![0.0; many], vec![0.0; 60_000]);
    let mut highest = 0.0_f64;
    for _ in 0..1_600 {
        gusts(&mut winds, &mut random);
        for (kite, wind) in kites.chunks_mut(many).zip(&winds) {
            rules.follow(kite, &mut new);
            kite.copy_from_slice(&new);
            kite[0] += wind;
            highest = highest.max(kite[1]);
        }
    }
    println!("{highest:.4}");
}
