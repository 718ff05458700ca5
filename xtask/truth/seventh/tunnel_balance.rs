//! The balance of a wind tunnel, simulated: a model hangs on springs in a gusty stream. Its forces are
//! shown on the desk while the run goes on, by a thread that looks many times a second. Prints the
//! means of the run.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use truth::Random;

const STEPS: u64 = 32_000_000;

/// What the desk shows; each number is that of the last step.
#[derive(Default)]
struct Desk {
    step: AtomicU64,
    lift: AtomicU64,
    drag: AtomicU64,
    pitch: AtomicU64,
    done: AtomicBool,
}

impl Desk {
    fn show(&self, step: u64, state: &Model) {
        self.lift.store(state.lift.to_bits(), Ordering::SeqCst);
        self.drag.store(state.drag.to_bits(), Ordering::SeqCst);
        self.pitch.store(state.pitch.to_bits(), Ordering::SeqCst);
        self.step.store(step, Ordering::SeqCst);
    }

    /// Looks until the run is over; answers how many looks there were and the most that was seen.
    fn watch(&self) -> (u64, f64) {
        let (mut looks, mut most) = (0, 0.0_f64);
        while !self.done.load(Ordering::SeqCst) {
            let lift = f64::from_bits(self.lift.load(Ordering::SeqCst));
            let drag = f64::from_bits(self.drag.load(Ordering::SeqCst));
            let pitch = f64::from_bits(self.pitch.load(Ordering::SeqCst));
            if self.step.load(Ordering::SeqCst) > 0 {
                most = most.max(lift.hypot(drag) + pitch.abs());
            }
            looks += 1;
            thread::sleep(Duration::from_millis(4));
        }
        (looks, most)
    }
}

/// The model in the stream: how it is tilted, how fast it tilts, and what pulls at it.
#[derive(Default)]
struct Model {
    pitch: f64,
    turning: f64,
    lift: f64,
    drag: f64,
}

impl Model {
    fn step(&mut self, wind: f64) {
        const DT: f64 = 1e-4;
        let pressure = 0.6 * wind * wind;
        self.lift = pressure * self.pitch * 5.7;
        self.drag = pressure * (0.03 + self.pitch * self.pitch * 1.1);
        let moment = 0.02 * self.lift - 90.0 * (self.pitch - 0.05) - 1.3 * self.turning;
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
            model.step(stream.next());
            lifts += model.lift;
            drags += model.drag;
            desk.show(step, &model);
        }
        desk.done.store(true, Ordering::SeqCst);
        let (looks, most) = watcher.join().expect("the desk looks on");
        eprintln!("{looks} looks, {most:.2} at most");
    });
    println!("lift {:.3} N, drag {:.3} N", lifts / STEPS as f64, drags / STEPS as f64);
}
