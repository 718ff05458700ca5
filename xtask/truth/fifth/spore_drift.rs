//! How far the spores of a fungus drift: each falls through layers of wind, and two threads follow
//! a half of them each.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use truth::Random;

const SPORES: usize = 2_000_000;
const CHUNK: usize = 8_000;
const LAYERS: usize = 64;
const RINGS: usize = 40;

/// The wind of a layer, in metres per step.
#[derive(Clone, Copy)]
struct Wind {
    east: f32,
    north: f32,
    gusts: f32,
}

#[derive(Clone)]
struct Landed {
    rings: [u32; RINGS],
    farthest: f32,
    aloft: u32,
}

impl Landed {
    fn none() -> Landed {
        Landed { rings: [0; RINGS], farthest: 0.0, aloft: 0 }
    }

    fn add(&mut self, other: &Landed) {
        for (ring, more) in self.rings.iter_mut().zip(&other.rings) {
            *ring += more;
        }
        self.farthest = self.farthest.max(other.farthest);
        self.aloft += other.aloft;
    }
}

fn winds(random: &mut Random) -> Vec<Wind> {
    let wind = |layer: usize| {
        let strength = (layer as f32).sqrt();
        Wind {
            east: strength * (0.6 + random.unit() as f32),
            north: strength * (random.unit() as f32 - 0.5),
            gusts: 0.5 + random.unit() as f32,
        }
    };
    (0..LAYERS).map(wind).collect()
}

/// Follows one spore until it lands, or has been aloft for too long.
fn fall(winds: &[Wind], random: &mut Random) -> Option<f32> {
    let mut height = 20.0 + 30.0 * random.unit() as f32;
    let (mut east, mut north) = (0.0_f32, 0.0_f32);
    for _ in 0..400 {
        let wind = winds[(height as usize).min(LAYERS - 1)];
        let number = random.number();
        let part = |shift: u32| (number >> shift & 0xffff) as f32 / 65_536.0 - 0.5;
        east += wind.east + wind.gusts * part(0);
        north += wind.north + wind.gusts * part(16);
        height += part(32) * 2.2 - 0.45;
        if height <= 0.0 {
            return Some(east.hypot(north));
        }
    }
    None
}

/// What became of the spores with these numbers.
fn follow(winds: &[Wind], chunk: usize, progress: &AtomicU64) -> Landed {
    let mut landed = Landed::none();
    let mut random = Random::new(5230 + chunk as u64);
    for _ in 0..CHUNK {
        match fall(winds, &mut random) {
            Some(distance) => {
                landed.rings[(distance / 20.0) as usize % RINGS] += 1;
                landed.farthest = landed.farthest.max(distance);
            }
            None => landed.aloft += 1,
        }
    }
    progress.fetch_add(CHUNK as u64, Ordering::Relaxed);
    landed
}

fn main() {
    let winds = winds(&mut Random::new(523));
    let progress = AtomicU64::new(0);
    let half = |from: usize| {
        let mut landed = Landed::none();
        for chunk in (from..SPORES / CHUNK).step_by(2) {
            landed.add(&follow(&winds, chunk, &progress));
        }
        landed
    };
    let mut all = Landed::none();
    thread::scope(|scope| {
        let halves = [0, 1].map(|from| scope.spawn(move || half(from)));
        for landed in halves {
            all.add(&landed.join().expect("no thread panics"));
        }
    });
    let median = all.rings.iter().scan(0, |sum, &ring| {
        *sum += ring;
        Some(*sum)
    });
    let median = median.take_while(|&sum| sum < (SPORES as u32 - all.aloft) / 2).count();
    println!("{} spores, half within {} m", progress.into_inner(), (median + 1) * 20);
    println!("farthest {:.0} m, {} still aloft", all.farthest, all.aloft);
}
