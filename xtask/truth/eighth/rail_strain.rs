//! Weighs trains as they pass: gauges on the rail deliver strains, an evaluator finds the axles.
//!
//! The gauges are read on one thread, which must not miss a reading, and evaluated on another.

use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use truth::Random;

const READINGS: usize = 2_900_000;
/// Readings that may wait for the evaluator.
const ROOM: usize = 1_024;

#[derive(Clone, Copy, Default)]
struct Reading {
    tick: u32,
    gauge: u16,
    strain: i16,
}

struct Inside {
    readings: [Reading; ROOM],
    put: usize,
    taken: usize,
    ended: bool,
}

/// What lies between the two threads: room for some readings, which is used again and again.
struct Belt {
    inside: Mutex<Inside>,
    moved: Condvar,
}

impl Belt {
    fn new() -> Belt {
        let readings = [Reading::default(); ROOM];
        let inside = Mutex::new(Inside { readings, put: 0, taken: 0, ended: false });
        Belt { inside, moved: Condvar::new() }
    }

    fn put(&self, reading: Reading) {
        let mut inside = self.inside.lock().expect("no panic");
        while inside.put - inside.taken == ROOM {
            inside = self.moved.wait(inside).expect("no panic");
        }
        let place = inside.put % ROOM;
        inside.readings[place] = reading;
        inside.put += 1;
        drop(inside);
        self.moved.notify_one();
    }

    fn end(&self) {
        self.inside.lock().expect("no panic").ended = true;
        self.moved.notify_one();
    }

    /// The next reading, or none when the last train has passed.
    fn take(&self) -> Option<Reading> {
        let mut inside = self.inside.lock().expect("no panic");
        while inside.taken == inside.put {
            if inside.ended {
                return None;
            }
            inside = self.moved.wait(inside).expect("no panic");
        }
        let reading = inside.readings[inside.taken % ROOM];
        inside.taken += 1;
        drop(inside);
        self.moved.notify_one();
        Some(reading)
    }
}

/// Eight gauges in turn; an axle presses one after the other.
struct Track {
    random: Random,
    pressed: [f32; 8],
    axle: f32,
    left: u32,
}

impl Track {
    fn new(seed: u64) -> Track {
        Track { random: Random::new(seed), pressed: [0.0; 8], axle: 0.0, left: 0 }
    }

    fn reading(&mut self, tick: u32) -> Reading {
        let gauge = tick as usize % 8;
        if gauge == 0 {
            if self.left == 0 {
                self.left = 40 + self.random.below(60) as u32;
                self.axle = if self.random.below(5) == 0 { 0.0 } else { 900.0 };
                self.axle *= 1.0 + 3.0 * self.random.unit() as f32;
            }
            self.left -= 1;
        }
        let wheel = if self.left / 4 % 8 == gauge as u32 { self.axle } else { 0.0 };
        self.pressed[gauge] += (wheel - self.pressed[gauge]) * 0.4;
        let noise = (self.random.number() & 63) as f32;
        Reading { tick, gauge: gauge as u16, strain: (self.pressed[gauge] + noise) as i16 }
    }
}

/// Follows each gauge: a smoothed ground, and peaks above it.
#[derive(Default)]
struct Evaluator {
    ground: [f32; 8],
    peak: [f32; 8],
    above: [u32; 8],
    axles: Vec<(u32, u16, f32)>,
    strains: Vec<i16>,
    missing: u32,
    next: u32,
}

impl Evaluator {
    fn see(&mut self, reading: Reading) {
        let gauge = usize::from(reading.gauge);
        self.missing += u32::from(reading.tick != self.next);
        self.next = reading.tick + 1;
        self.strains.push(reading.strain);
        let strain = f32::from(reading.strain);
        let over = strain - self.ground[gauge];
        if over > 250.0 {
            self.above[gauge] += 1;
            self.peak[gauge] = self.peak[gauge].max(over);
        } else {
            if self.above[gauge] >= 3 {
                self.axles.push((reading.tick, reading.gauge, self.peak[gauge]));
            }
            self.above[gauge] = 0;
            self.peak[gauge] = 0.0;
            self.ground[gauge] += over * 0.01;
        }
    }
}

/// Pressures become tonnes, and those that gauges agree on become axles of trains.
fn trains(axles: &[(u32, u16, f32)]) -> Vec<Vec<f32>> {
    let mut trains: Vec<Vec<f32>> = Vec::new();
    let mut last = 0;
    for group in axles.chunk_by(|a, b| b.0 - a.0 < 200) {
        let mut peaks: Vec<f32> = group.iter().map(|axle| axle.2).collect();
        peaks.sort_unstable_by(f32::total_cmp);
        let tonnes = peaks[peaks.len() / 2] / 180.0;
        match trains.last_mut() {
            Some(train) if group[0].0 - last < 900 => train.push(tonnes),
            _ => trains.push(vec![tonnes]),
        }
        last = group[group.len() - 1].0;
    }
    trains
}

/// Readings that a form is held against.
const LONG: usize = 64;

/// What wheels of some sizes look like to a gauge, less their mean.
fn forms() -> Vec<[i16; LONG]> {
    let form = |size: i32| {
        let half = 4 + size;
        let raw: [i32; LONG] = std::array::from_fn(|at| (half - (at as i32 - 32).abs()).max(0));
        let mean = raw.iter().sum::<i32>() / LONG as i32;
        raw.map(|point| (point - mean) as i16)
    };
    (0..24).map(form).collect()
}

/// How often each form is the one that a place of the record resembles most.
fn wheels(strains: &[i16], forms: &[[i16; LONG]]) -> Vec<u32> {
    let mut counts = vec![0; forms.len()];
    for place in strains.array_windows::<LONG>() {
        let like = |form: &[i16; LONG]| -> i32 {
            form.iter().zip(place).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
        };
        let best = forms.iter().map(like).zip(0..).max().expect("forms");
        if best.0 > 100_000 {
            counts[best.1] += 1;
        }
    }
    counts
}

fn main() {
    let belt = Arc::new(Belt::new());
    let reader = {
        let belt = belt.clone();
        thread::spawn(move || {
            let mut track = Track::new(811);
            for tick in 0..READINGS as u32 {
                belt.put(track.reading(tick));
            }
            belt.end();
        })
    };
    let mut evaluator = Evaluator::default();
    while let Some(reading) = belt.take() {
        evaluator.see(reading);
    }
    reader.join().expect("the gauges were read");

    let trains = trains(&evaluator.axles);
    let heaviest = trains.iter().map(|train| train.iter().sum::<f32>()).fold(0.0, f32::max);
    let longest = trains.iter().map(Vec::len).max().unwrap_or(0);
    println!("wheels by size: {:?}", wheels(&evaluator.strains, &forms()));
    println!("{} axles, {} readings missing", evaluator.axles.len(), evaluator.missing);
    println!("{} trains, longest {longest} axles, heaviest {heaviest:.1} t", trains.len());
}
