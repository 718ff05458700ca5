//! Smooths a gauge's readings by the last few thousand of them.

use truth::Random;

const READINGS: usize = 3_000_000;
const WINDOW: usize = 4096;

/// The newest readings, oldest first.
struct Window {
    readings: Vec<f32>,
    sum: f64,
}

impl Window {
    fn take(&mut self, reading: f32) -> f64 {
        self.sum += f64::from(reading) - f64::from(self.readings[0]);
        self.readings.copy_within(1.., 0);
        self.readings[WINDOW - 1] = reading;
        self.sum / WINDOW as f64
    }
}

/// What moon and sun do.
fn tide(minute: usize) -> f32 {
    let minute = minute as f32;
    (minute / 745.0).sin() * 1.4 + (minute / 720.0).sin() * 0.5 + (minute / 1491.0).cos() * 0.2
}

/// How much a reading stands out, for a filter of Newton's root.
fn weight(distance: f64) -> f64 {
    let mut root = distance.abs() + 1.0;
    for _ in 0..8 {
        root = 0.5 * (root + (distance.abs() + 1.0) / root);
    }
    1.0 / root
}

fn main() {
    let mut random = Random::new(56);
    let mut window = Window { readings: vec![0.0; WINDOW], sum: 0.0 };
    let (mut sum, mut highest) = (0.0, 0.0_f64);
    for minute in 0..READINGS {
        let reading = tide(minute) + random.unit() as f32 * 0.1;
        let smooth = window.take(reading);
        sum += weight(f64::from(reading) - smooth);
        highest = highest.max(smooth);
    }
    println!("{sum:.3} {highest:.3}");
}
