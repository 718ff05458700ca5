//! Shadows of sundials, each at a place and a time of its own, so that no angle comes twice.
//! Nothing is wrong with it. Prints the longest shadow that is short enough.

use truth::Random;

/// How high the sun stands: by the place, the day and the hour.
fn height(place: f64, day: f64, hour: f64) -> f64 {
    let lean = 0.409 * (day * 0.017_214).sin();
    let turn = (hour - 12.0) * 0.261_799;
    (place.sin() * lean.sin() + place.cos() * lean.cos() * turn.cos()).asin()
}

fn main() {
    let mut random = Random::new(1_500);
    let (mut longest, mut night) = (0.0_f64, 0);
    for _ in 0..16_000_000 {
        let (place, day) = (random.unit() * 1.2, random.unit() * 365.0);
        let height = height(place, day, random.unit() * 24.0);
        if height < 0.05 {
            night += 1;
        } else {
            longest = longest.max(1.0 / height.tan());
        }
    }
    println!("{longest:.4} {night}");
}
