//! Dates old beams by their rings: slides each beam's series of widths along the known series of
//! many regions, on all cores, and says where it fits best.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use truth::Random;

/// Years of a region's series.
const YEARS: usize = 3000;

struct Region {
    /// Widths without their trend, all of one spread.
    widths: Vec<f32>,
}

struct Beam {
    widths: Vec<f32>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Fit {
    likeness: f32,
    region: usize,
    year: usize,
}

/// Each width against the mean of the years around it.
fn without_trend(raw: &[f32]) -> Vec<f32> {
    let sums: Vec<f64> = std::iter::once(0.0)
        .chain(raw.iter().scan(0.0, |sum, &width| {
            *sum += f64::from(width);
            Some(*sum)
        }))
        .collect();
    let around = |at: usize| {
        let (from, to) = (at.saturating_sub(6), (at + 7).min(raw.len()));
        ((sums[to] - sums[from]) / (to - from) as f64) as f32
    };
    raw.iter().enumerate().map(|(at, width)| (width / around(at)).ln()).collect()
}

fn region(seed: u64) -> Vec<f32> {
    let mut random = Random::new(seed);
    (0..YEARS).map(|_| 0.4 + random.unit() as f32 * 1.6).collect()
}

fn beam(regions: &[Vec<f32>], random: &mut Random) -> Beam {
    let region = &regions[random.below(regions.len())];
    let (start, length) = (random.below(YEARS - 240), 80 + random.below(140));
    let raw: Vec<f32> = region[start..start + length]
        .iter()
        .map(|width| width * (0.8 + 0.4 * random.unit() as f32))
        .collect();
    Beam { widths: without_trend(&raw) }
}

/// Products of two series, summed in sixteen lanes that do not wait for each other.
fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; 16];
    let (a_rows, a_rest) = a.as_chunks::<16>();
    let (b_rows, b_rest) = b.as_chunks::<16>();
    for (a, b) in a_rows.iter().zip(b_rows) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    lanes.iter().sum::<f32>() + rest
}

fn best(beam: &Beam, regions: &[Region]) -> Fit {
    let mut best = Fit { likeness: f32::MIN, region: 0, year: 0 };
    let length = beam.widths.len();
    for (number, region) in regions.iter().enumerate() {
        for (year, widths) in region.widths.windows(length).enumerate() {
            let likeness = product(&beam.widths, widths);
            if likeness > best.likeness {
                best = Fit { likeness, region: number, year };
            }
        }
    }
    best
}

/// Beams to be taken at a time; few enough that all threads end at about the same moment.
const AT_A_TIME: usize = 8;

/// The best fits of all beams, by as many threads as there are cores. Each keeps what it finds.
fn date(beams: &[Beam], regions: &[Region]) -> Vec<Fit> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::with_capacity(beams.len());
        loop {
            let start = next.fetch_add(AT_A_TIME, Ordering::Relaxed);
            let Some(rest) = beams.get(start..) else { return found };
            let taken = &rest[..rest.len().min(AT_A_TIME)];
            if taken.is_empty() {
                return found;
            }
            found.extend(
                taken.iter().enumerate().map(|(at, beam)| (start + at, best(beam, regions))),
            );
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut fits = vec![None; beams.len()];
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            for (at, fit) in worker.join().expect("a worker does not panic") {
                fits[at] = Some(fit);
            }
        }
    });
    fits.into_iter().flatten().collect()
}

fn main() {
    let raw: Vec<Vec<f32>> = (0..20).map(region).collect();
    let regions: Vec<Region> =
        raw.iter().map(|raw| Region { widths: without_trend(raw) }).collect();
    let mut random = Random::new(1066);
    let beams: Vec<Beam> = (0..2600).map(|_| beam(&raw, &mut random)).collect();
    let fits = date(&beams, &regions);
    let sure = fits
        .iter()
        .zip(&beams)
        .filter(|(fit, beam)| fit.likeness > 0.5 * product(&beam.widths, &beam.widths));
    let years: usize = fits.iter().map(|fit| fit.year * 31 + fit.region).sum();
    println!("{} of {} beams are dated, {years}", sure.count(), beams.len());
}
