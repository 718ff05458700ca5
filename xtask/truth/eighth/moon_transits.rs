//! When do a planet's moons pass before it, and when do two of them hide each other?
//!
//! Moons move on ellipses. Where one is at some moment follows from Kepler's equation, which has to
//! be solved step by step; what is seen from here is the place across the line of sight.

use truth::{Random, word};

const MOONS: usize = 24;
const DAYS: usize = 1_300;
/// Moments in a day.
const MOMENTS: usize = 480;

struct Orbit {
    /// Turns a day.
    pace: f64,
    begin: f64,
    eccentricity: f64,
    /// In radii of the planet.
    axis: f64,
    tilt: (f64, f64),
    node: (f64, f64),
    radius: f64,
}

fn orbits(random: &mut Random) -> Vec<Orbit> {
    let orbit = |number: usize| {
        let axis = 3.0 + 1.6 * number as f64 + random.unit();
        Orbit {
            pace: 4.0 / axis.powf(1.5),
            begin: random.unit(),
            eccentricity: 0.3 * random.unit() * random.unit(),
            axis,
            tilt: (0.02 * random.unit()).sin_cos(),
            node: (std::f64::consts::TAU * random.unit()).sin_cos(),
            radius: 0.01 + 0.03 * random.unit(),
        }
    };
    (0..MOONS).map(orbit).collect()
}

/// A moon's place: across, upwards, and towards us, in radii of the planet.
#[derive(Clone, Copy, Default)]
struct Place {
    across: f64,
    up: f64,
    near: f64,
}

impl Orbit {
    fn at(&self, day: f64) -> Place {
        let mean = (self.begin + self.pace * day).fract() * std::f64::consts::TAU;
        let mut anomaly = mean + self.eccentricity * mean.sin();
        let (mut sine, mut cosine) = anomaly.sin_cos();
        // Newton's steps; two or three are enough for ellipses as round as these.
        for _ in 0..8 {
            let off = anomaly - self.eccentricity * sine - mean;
            if off.abs() < 1e-10 {
                break;
            }
            anomaly -= off / (1.0 - self.eccentricity * cosine);
            (sine, cosine) = anomaly.sin_cos();
        }
        let along = self.axis * (cosine - self.eccentricity);
        let beside = self.axis * (1.0 - self.eccentricity * self.eccentricity).sqrt() * sine;
        let (node_sine, node_cosine) = self.node;
        let across = along * node_cosine - beside * node_sine;
        let away = along * node_sine + beside * node_cosine;
        Place { across, up: away * self.tilt.0, near: away * self.tilt.1 }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Transit { moon: usize },
    Hiding { front: usize, behind: usize },
}

/// Events that have begun, with the moment of each.
struct Watch {
    in_transit: [bool; MOONS],
    hiding: [[bool; MOONS]; MOONS],
    events: Vec<(usize, Event)>,
}

impl Watch {
    fn new() -> Watch {
        let hiding = [[false; MOONS]; MOONS];
        Watch { in_transit: [false; MOONS], hiding, events: Vec::new() }
    }

    fn see(&mut self, moment: usize, places: &[Place; MOONS], orbits: &[Orbit]) {
        for (moon, place) in places.iter().enumerate() {
            let within = place.across * place.across + place.up * place.up < 1.0;
            let transit = within && place.near > 0.0;
            if transit && !self.in_transit[moon] {
                self.events.push((moment, Event::Transit { moon }));
            }
            self.in_transit[moon] = transit;
        }
        // Only neighbours across the line of sight can hide each other.
        let mut order: [usize; MOONS] = std::array::from_fn(|moon| moon);
        order.sort_unstable_by(|&a, &b| places[a].across.total_cmp(&places[b].across));
        for pair in order.windows(2) {
            let (one, other) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            let across = places[one].across - places[other].across;
            let up = places[one].up - places[other].up;
            let reach = orbits[one].radius + orbits[other].radius;
            let hides = across * across + up * up < reach * reach;
            if hides && !self.hiding[one][other] {
                let nearer = places[one].near > places[other].near;
                let (front, behind) = if nearer { (one, other) } else { (other, one) };
                self.events.push((moment, Event::Hiding { front, behind }));
            }
            self.hiding[one][other] = hides;
        }
    }
}

/// The longest time between two transits of each moon, in moments.
fn waits(events: &[(usize, Event)]) -> [usize; MOONS] {
    let mut last = [0; MOONS];
    let mut waits = [0; MOONS];
    for &(moment, event) in events {
        if let Event::Transit { moon } = event {
            waits[moon] = waits[moon].max(moment - last[moon]);
            last[moon] = moment;
        }
    }
    waits
}

fn main() {
    let mut random = Random::new(820);
    let orbits = orbits(&mut random);
    let mut watch = Watch::new();
    let mut places = [Place::default(); MOONS];
    for moment in 0..DAYS * MOMENTS {
        let day = moment as f64 / MOMENTS as f64;
        for (place, orbit) in places.iter_mut().zip(&orbits) {
            *place = orbit.at(day);
        }
        watch.see(moment, &places, &orbits);
    }

    let hidings = watch.events.iter().filter(|(_, event)| matches!(event, Event::Hiding { .. }));
    println!("{} events, {} of them hidings", watch.events.len(), hidings.clone().count());
    for (moment, event) in hidings.take(5) {
        if let Event::Hiding { front, behind } = event {
            println!("moment {moment:6}: {} before {}", word(*front), word(*behind));
        }
    }
    let waits = waits(&watch.events);
    let mut order: [usize; MOONS] = std::array::from_fn(|moon| moon);
    order.sort_unstable_by_key(|&moon| (waits[moon], moon));
    for &moon in &order[..6] {
        println!("{:8} never longer than {} moments", word(moon), waits[moon]);
    }
}
