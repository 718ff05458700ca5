//! Sand that the wind carries over a row of dunes. The same places are looked at in every hour, but
//! the sand has moved since.

use truth::Random;

const PLACES: usize = 400;
const HOURS: usize = 6_400;

struct Dunes {
    height: Vec<f64>,
}

impl Dunes {
    /// How strongly the wind takes sand from a place: less where something stands before it.
    fn exposure(&self, at: usize) -> f64 {
        let mut shade = 0.0_f64;
        for distance in 1..=at.min(60) {
            let above = self.height[at - distance] - self.height[at];
            shade = shade.max(above / distance as f64);
        }
        (1.0 - shade).clamp(0.0, 1.0).powi(3)
    }
}

fn main() {
    let mut random = Random::new(803);
    let height = (0..PLACES).map(|_| 4.0 + 8.0 * random.unit()).collect();
    let mut dunes = Dunes { height };
    let mut carried = 0.0;
    for hour in 0..HOURS {
        let strength = 0.02 + 0.01 * (hour as f64 / 90.0).sin();
        for at in 0..PLACES {
            let taken = (dunes.exposure(at) * strength).min(dunes.height[at] * 0.1);
            dunes.height[at] -= taken;
            dunes.height[(at + 1) % PLACES] += taken;
            carried += taken;
        }
    }
    println!("{carried:.3}");
}
