//! Simulates a heated tank and its regulator, each in a thread of its own: at each step the tank
//! says how warm it is and waits for what the regulator decides.

use std::sync::{Condvar, Mutex};
use std::thread;

use truth::Random;

const LAYERS: usize = 240;

/// A place for one value that is waited for.
#[derive(Default)]
struct Desk {
    value: Mutex<Option<f64>>,
    laid: Condvar,
}

impl Desk {
    fn put(&self, value: f64) {
        *self.value.lock().unwrap() = Some(value);
        self.laid.notify_one();
    }

    fn take(&self) -> f64 {
        let mut value = self.value.lock().unwrap();
        loop {
            if let Some(taken) = value.take() {
                return taken;
            }
            value = self.laid.wait(value).unwrap();
        }
    }
}

struct Tank {
    layers: [f64; LAYERS],
    random: Random,
}

impl Tank {
    /// Heat goes from layer to layer, some is lost, and somebody draws water now and then.
    fn step(&mut self, heat: f64) -> f64 {
        let before = self.layers;
        for (layer, near) in self.layers[1..].iter_mut().zip(before.windows(3)) {
            *layer += 0.2 * (near[0] - 2.0 * near[1] + near[2]) - 0.0004 * (near[1] - 18.0);
        }
        self.layers[0] += heat - 0.1 * (before[0] - before[1]);
        if self.random.below(40) == 0 {
            let drawn = 1 + self.random.below(12);
            self.layers.copy_within(drawn.., 0);
            self.layers[LAYERS - drawn..].fill(11.0);
        }
        self.layers.iter().sum::<f64>() / LAYERS as f64
    }
}

struct Regulator {
    wanted: f64,
    sum: f64,
    last: [f64; 64],
}

impl Regulator {
    fn decide(&mut self, warmth: f64) -> f64 {
        self.last.rotate_left(1);
        self.last[63] = warmth;
        let error = self.wanted - warmth;
        self.sum = (self.sum + error).clamp(-500.0, 500.0);
        let trend: f64 =
            self.last.iter().enumerate().map(|(at, warmth)| (at as f64 - 31.5) * warmth).sum();
        (2.0 * error + 0.02 * self.sum - 0.001 * trend).clamp(0.0, 40.0)
    }
}

/// What the log of a day says: how warm it was in quarters of the steps, sorted.
fn quantiles(log: &[f64]) -> [f64; 3] {
    let mut sorted = log.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| sorted[sorted.len() * quarter / 4])
}

/// One run of the tank under a regulator with this aim.
fn day(wanted: f64, steps: usize) -> [f64; 3] {
    let (warmth, heat) = (Desk::default(), Desk::default());
    let mut tank = Tank { layers: [15.0; LAYERS], random: Random::new(421) };
    let mut log = Vec::with_capacity(steps);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut regulator = Regulator { wanted, sum: 0.0, last: [15.0; 64] };
            for _ in 0..steps {
                heat.put(regulator.decide(warmth.take()));
            }
        });
        let mut heating = 0.0;
        for _ in 0..steps {
            let now = tank.step(heating);
            log.push(now);
            warmth.put(now);
            heating = heat.take();
        }
    });
    quantiles(&log)
}

/// The tank again without a regulator, to see what heat is lost: heated by turns.
fn losses() -> f64 {
    let mut tank = Tank { layers: [60.0; LAYERS], random: Random::new(422) };
    (0..3_600_000).map(|step| tank.step(f64::from(step % 5))).fold(0.0, f64::max)
}

fn main() {
    let lost = losses();
    for wanted in [40.0, 48.0, 55.0] {
        println!("{wanted}: {:.3?}", day(wanted, 9_000));
    }
    println!("at most {lost:.3}");
}
