//! The balance of a wind tunnel, simulated: a model hangs on springs in a gusty stream. Its forces
//! are shown on the desk while the run goes on, by a thread that looks many times a second. Prints
//! the means of the run.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use truth::Random;

const STEPS: u64 = 90_000_000;

/// What the desk shows: three forces, three moments, and of which step they are.
#[derive(Default)]
struct Desk {
    forces: [AtomicU64; 3],
    moments: [AtomicU64; 3],
    wind: AtomicU64,
    step: AtomicU64,
    done: AtomicBool,
}

impl Desk {
    fn show(&self, step: u64, wind: f64, model: &Model) {
        for (shown, force) in self.forces.iter().zip(model.forces) {
            shown.store(force.to_bits(), Ordering::SeqCst);
        }
        for (shown, moment) in self.moments.iter().zip(model.moments) {
            shown.store(moment.to_bits(), Ordering::SeqCst);
        }
        self.wind.store(wind.to_bits(), Ordering::SeqCst);
        self.step.store(step, Ordering::SeqCst);
    }

    /// Looks until the run is over; answers how many looks there were and the most that was seen.
    fn watch(&self) -> (u64, f64) {
        let (mut looks, mut most) = (0, 0.0_f64);
        while !self.done.load(Ordering::SeqCst) {
            let number = |shown: &AtomicU64| f64::from_bits(shown.load(Ordering::SeqCst));
            let force: f64 = self.forces.iter().map(|shown| number(shown).powi(2)).sum();
            if self.step.load(Ordering::SeqCst) > 0 {
                most = most.max(force.sqrt());
            }
            looks += 1;
            thread::sleep(Duration::from_millis(4));
        }
        (looks, most)
    }
}

/// The model in the stream: how it is tilted, how fast it tilts, and what pulls and turns it.
#[derive(Default)]
struct Model {
    pitch: f64,
    turning: f64,
    forces: [f64; 3],
    moments: [f64; 3],
}

impl Model {
    fn step(&mut self, wind: f64) {
        const DT: f64 = 1e-4;
        let pressure = 0.6 * wind * wind;
        let lift = pressure * self.pitch * 5.7;
        let drag = pressure * (0.03 + self.pitch * self.pitch * 1.1);
        let side = pressure * 0.002;
        let moment = 0.02 * lift - 90.0 * (self.pitch - 0.05) - 1.3 * self.turning;
        self.forces = [lift, drag, side];
        self.moments = [0.01 * side, moment, 0.3 * side];
        self.turning += moment * DT;
        self.pitch += self.turning * DT;
    }
}

/// A stream with gusts: now and then a new strength, and a smooth way to it.
struct Stream {
    random: Random,
    wind: f64,
    aim: f64,
}

impl Stream {
    fn next(&mut self) -> f64 {
        let bits = self.random.number();
        if bits >> 54 == 0 {
            self.aim = 20.0 + (bits & 0xff) as f64 / 16.0;
        }
        self.wind += (self.aim - self.wind) * 0.001;
        self.wind
    }
}

fn main() {
    let desk = Desk::default();
    let mut model = Model::default();
    let mut stream = Stream { random: Random::new(1_901), wind: 22.0, aim: 24.0 };
    let (mut lifts, mut drags) = (0.0, 0.0);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| desk.watch());
        for step in 1..=STEPS {
            let wind = stream.next();
            model.step(wind);
            lifts += model.forces[0];
            drags += model.forces[1];
            desk.show(step, wind, &model);
        }
        desk.done.store(true, Ordering::SeqCst);
        let (looks, most) = watcher.join().expect("the desk looks on");
        eprintln!("{looks} looks, {most:.2} at most");
    });
    println!("lift {:.3} N, drag {:.3} N", lifts / STEPS as f64, drags / STEPS as f64);
}
