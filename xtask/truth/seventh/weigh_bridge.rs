//! A bridge that weighs lorries while they drive: one thread turns the signals of its strips into
//! axles, another one puts axles together to vehicles. Prints how many were too heavy.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use truth::Random;

const AXLES: usize = 1_700_000;
const ROOM: usize = 512;

/// A wheel on each end, when, and how heavy.
#[derive(Clone, Copy)]
struct Axle {
    micros: u64,
    lane: u8,
    newtons: u32,
    metres_per_second: f32,
}

#[derive(Default)]
struct Waiting {
    axles: VecDeque<Axle>,
    closed: bool,
}

/// Axles on their way from the strips to the office.
#[derive(Default)]
struct Belt {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
    taken: Condvar,
}

impl Belt {
    fn put(&self, axle: Axle) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |waiting: &mut Waiting| waiting.axles.len() >= ROOM;
        let waiting = self.taken.wait_while(waiting, full);
        waiting.unwrap_or_else(PoisonError::into_inner).axles.push_back(axle);
        self.arrived.notify_one();
    }

    fn close(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.arrived.notify_one();
    }

    fn take(&self) -> Option<Axle> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let nothing = |waiting: &mut Waiting| waiting.axles.is_empty() && !waiting.closed;
        let waiting = self.arrived.wait_while(waiting, nothing);
        let axle = waiting.unwrap_or_else(PoisonError::into_inner).axles.pop_front();
        self.taken.notify_one();
        axle
    }
}

/// What a strip reports while a wheel rolls over it: the weight is under the curve.
fn read_strips(belt: &Belt, seed: u64) {
    let mut random = Random::new(seed);
    let (mut micros, mut left) = (0, 0);
    for _ in 0..AXLES {
        if left == 0 {
            left = 2 + random.skewed(6);
            micros += 900_000 + random.below(3_000_000) as u64;
        }
        left -= 1;
        micros += 40_000 + random.below(160_000) as u64;
        let speed = 14.0 + random.unit() as f32 * 12.0;
        let peak = 10_000.0 + random.unit() as f32 * 50_000.0;
        let mut curve = [0.0_f32; 192];
        for (at, value) in curve.iter_mut().enumerate() {
            let place = (at as f32 - 95.5) / 96.0;
            *value = peak * (1.0 - place * place) * (1.0 + 0.01 * (at % 5) as f32);
        }
        let area = curve.chunks_exact(8).fold([0.0; 8], |mut sums, eight| {
            sums.iter_mut().zip(eight).for_each(|(sum, value)| *sum += value);
            sums
        });
        let newtons = (area.iter().sum::<f32>() / 127.8) as u32;
        let lane = (micros / 7_000_000 % 3) as u8;
        belt.put(Axle { micros, lane, newtons, metres_per_second: speed });
    }
    belt.close();
}

/// The vehicle that is on the bridge, in each lane.
#[derive(Default, Clone, Copy)]
struct Vehicle {
    axles: u32,
    newtons: u64,
    last: u64,
    metres: f32,
}

#[derive(Default)]
struct Office {
    lanes: [Vehicle; 3],
    vehicles: u64,
    too_heavy: u64,
    newtons: u64,
    longest: f32,
}

impl Office {
    fn add(&mut self, axle: Axle) {
        let vehicle = &mut self.lanes[usize::from(axle.lane)];
        let gap = axle.micros - vehicle.last;
        if gap > 400_000 && vehicle.axles > 0 {
            let allowed =
                [60_000, 70_000, 105_000, 140_000, 175_000][vehicle.axles.min(4) as usize];
            self.vehicles += 1;
            self.too_heavy += u64::from(vehicle.newtons > allowed);
            self.longest = self.longest.max(vehicle.metres);
            *vehicle = Vehicle::default();
        } else if vehicle.axles > 0 {
            vehicle.metres += gap as f32 / 1e6 * axle.metres_per_second;
        }
        vehicle.axles += 1;
        vehicle.newtons += u64::from(axle.newtons);
        vehicle.last = axle.micros;
        self.newtons += u64::from(axle.newtons);
    }
}

fn main() {
    let belt = Belt::default();
    let mut office = Office::default();
    thread::scope(|scope| {
        scope.spawn(|| read_strips(&belt, 1_616));
        while let Some(axle) = belt.take() {
            office.add(axle);
        }
    });
    let Office { vehicles, too_heavy, newtons, longest, .. } = office;
    println!("{vehicles} vehicles, {too_heavy} too heavy, {newtons} N in all");
    println!("longest {longest:.2} m");
}
