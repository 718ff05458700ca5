//! Turns the scans of a mass spectrometer into chromatograms: the instrument delivers all masses of
//! a moment in a row, and peaks are looked for mass by mass. Prints the masses with the clearest
//! peaks.

use truth::Random;

const MASSES: usize = 1_024;
const SCANS: usize = 2_048;
const RUNS: usize = 34;

/// Counts of the detector, scan by scan.
fn acquire(random: &mut Random, counts: &mut [u32]) {
    for (scan, row) in counts.chunks_exact_mut(MASSES).enumerate() {
        for (mass, count) in row.iter_mut().enumerate() {
            *count = (random.number() >> 52) as u32;
            // A substance comes out of the column for a while.
            if mass % 41 == 7 && scan / 60 == mass / 41 {
                *count += 900;
            }
        }
    }
}

/// All moments of a mass in a row.
fn chromatograms(counts: &[u32], by_mass: &mut [u32]) {
    for (scan, row) in counts.chunks_exact(MASSES).enumerate() {
        for (mass, &count) in row.iter().enumerate() {
            by_mass[mass * SCANS + scan] = count;
        }
    }
}

/// A mass's counts, divided into what lies below its level and what does not.
#[derive(Default)]
struct Divided {
    noise: Vec<u32>,
    signal: Vec<u32>,
}

impl Divided {
    fn divide(&mut self, trace: &[u32], level: u32) {
        self.noise.clear();
        self.signal.clear();
        for &count in trace {
            if count < level {
                self.noise.push(count);
            } else {
                self.signal.push(count);
            }
        }
    }

    fn mean(counts: &[u32]) -> f64 {
        let sum: u64 = counts.iter().map(|&count| u64::from(count)).sum();
        sum as f64 / counts.len().max(1) as f64
    }

    fn mean_signal(&self) -> f64 {
        Divided::mean(&self.signal)
    }

    /// How far both lie apart.
    fn contrast(&self) -> f64 {
        self.mean_signal() - Divided::mean(&self.noise)
    }
}

/// The longest time for which a mass stays high: sums over a window that slides.
fn plateau<const WINDOW: usize>(trace: &[u32]) -> (u64, usize) {
    let mut sum: u64 = trace[..WINDOW].iter().map(|&count| u64::from(count)).sum();
    let mut best = (sum, 0);
    for at in WINDOW..trace.len() {
        sum += u64::from(trace[at]);
        sum -= u64::from(trace[at - WINDOW]);
        best = best.max((sum, at));
    }
    best
}

fn main() {
    let mut random = Random::new(1_919);
    let mut counts = vec![0; MASSES * SCANS];
    let mut by_mass = vec![0; MASSES * SCANS];
    let mut divided = Divided::default();
    for run in 0..RUNS {
        acquire(&mut random, &mut counts);
        chromatograms(&counts, &mut by_mass);
        let mut clearest = (0.0, 0);
        let (mut highest, mut broadest) = ((0, 0, 0), (0, 0));
        for (mass, trace) in by_mass.chunks_exact(SCANS).enumerate() {
            let sum: u64 = trace.iter().map(|&count| u64::from(count)).sum();
            divided.divide(trace, (sum / SCANS as u64) as u32);
            let level = divided.mean_signal();
            divided.divide(trace, level as u32);
            let contrast = divided.contrast();
            if contrast > clearest.0 {
                clearest = (contrast, mass);
            }
            let (sum, at) = plateau::<48>(trace);
            highest = highest.max((sum, at, mass));
            broadest = broadest.max((plateau::<160>(trace).0, mass));
        }
        println!("run {run}: mass {} stands out by {:.1}", clearest.1, clearest.0);
        println!("  mass {} is highest at {}, {} broadest", highest.2, highest.1, broadest.1);
    }
}
