//! Counts plankton: a microscope films a drop of the sea, two workers measure what swims in it.
//!
//! Each worker has the frames of one side of the channel. A display looks at the counts while they
//! work; what was measured of large animals goes to a file for the biologists.

use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use truth::Random;

const WORKERS: usize = 2;
const FRAMES: usize = 7_000;
/// Particles in a frame.
const PARTICLES: usize = 900;
const KINDS: [&str; 4] = ["diatom", "copepod", "radiolarian", "detritus"];

struct Particle {
    long: f32,
    wide: f32,
    dark: f32,
}

/// An animal that is worth a line.
struct Animal {
    frame: u32,
    kind: usize,
    long: f32,
    volume: f32,
}

/// What the display shows: for each kind and worker how many there were, and their size.
#[derive(Default)]
struct Counts {
    seen: [[AtomicU64; WORKERS]; KINDS.len()],
    microns: [[AtomicU64; WORKERS]; KINDS.len()],
}

impl Counts {
    fn add(&self, worker: usize, kind: usize, long: f32) {
        self.seen[kind][worker].fetch_add(1, Relaxed);
        self.microns[kind][worker].fetch_add(long as u64, Relaxed);
    }

    fn total(&self) -> u64 {
        self.seen.iter().flatten().map(|count| count.load(Relaxed)).sum()
    }
}

fn frame(random: &mut Random, particles: &mut Vec<Particle>) {
    particles.clear();
    particles.extend((0..PARTICLES).map(|_| {
        let dice = random.number();
        let [long, wide, dark] = [0, 20, 40].map(|at| (dice >> at & 0xfffff) as f32 / 1_048_576.0);
        Particle { long: 8.0 + 900.0 * long * long * long, wide: 0.1 + 0.9 * wide, dark }
    }));
}

/// The kind by form and darkness, and the volume of an ellipsoid of that form.
fn measured(particle: &Particle) -> (usize, f32) {
    let Particle { long, wide, dark } = *particle;
    let round = wide * wide * (3.0 - 2.0 * wide);
    let kind = usize::from(dark > 0.3 + 0.4 * round) + 2 * usize::from(round > 0.6);
    let short = long * wide;
    (kind, 0.5236 * long * short * short.min(120.0 + 0.1 * long))
}

/// A worker's frames, one after the other.
fn watch(worker: usize, counts: &Counts, start: &Barrier) -> Vec<Animal> {
    let mut random = Random::new(8_170 + worker as u64);
    let mut particles = Vec::new();
    let mut animals = Vec::new();
    start.wait();
    for number in 0..FRAMES as u32 {
        frame(&mut random, &mut particles);
        for particle in &particles {
            let (kind, volume) = measured(particle);
            counts.add(worker, kind, particle.long);
            if particle.long > 840.0 {
                animals.push(Animal { frame: number, kind, long: particle.long, volume });
            }
        }
    }
    animals
}

/// The file for the biologists: a line for each large animal.
fn export(animals: &[Animal], file: &mut File) -> std::io::Result<()> {
    file.write_all(b"frame;kind;length;volume\n")?;
    for Animal { frame, kind, long, volume } in animals {
        let line = format!("{frame};{};{long:.2};{volume:.0}\n", KINDS[*kind]);
        file.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// How volumes are distributed, in steps that double.
fn octaves(animals: &[Animal]) -> [u32; 32] {
    let mut octaves = [0; 32];
    for animal in animals {
        octaves[(animal.volume.max(1.0).log2() as usize).min(31)] += 1;
    }
    octaves
}

fn main() -> Result<(), Box<dyn Error>> {
    let counts = Counts::default();
    let start = Barrier::new(WORKERS);
    let over = AtomicBool::new(false);
    let mut animals: Vec<Animal> = Vec::new();
    let mut looks_back = false;
    thread::scope(|scope| {
        let display = scope.spawn(|| {
            let mut last = 0;
            let mut fell = false;
            while !over.load(Relaxed) {
                let total = counts.total();
                fell |= total < last;
                last = total;
                thread::sleep(Duration::from_millis(20));
            }
            fell
        });
        let (counts, start) = (&counts, &start);
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| scope.spawn(move || watch(worker, counts, start)))
            .collect();
        for worker in workers {
            animals.extend(worker.join().expect("a worker's animals"));
        }
        over.store(true, Relaxed);
        looks_back = display.join().expect("the display goes dark");
    });

    animals.sort_by(|a, b| (a.frame, a.kind).cmp(&(b.frame, b.kind)).then(a.long.total_cmp(&b.long)));
    let path = std::env::temp_dir().join(format!("plankton-{}.csv", std::process::id()));
    export(&animals, &mut File::create(&path)?)?;
    let bytes = fs::metadata(&path)?.len();
    fs::remove_file(&path)?;

    for (kind, name) in KINDS.iter().enumerate() {
        let sum = |counts: &[AtomicU64; WORKERS]| -> u64 {
            counts.iter().map(|count| count.load(Relaxed)).sum()
        };
        let (seen, microns) = (sum(&counts.seen[kind]), sum(&counts.microns[kind]));
        println!("{name:12} {seen:9}, {:.2} µm on average", microns as f64 / seen as f64);
    }
    println!("{} large animals in {bytes} bytes, counts fell: {looks_back}", animals.len());
    println!("volumes by octave: {:?}", &octaves(&animals)[16..30]);
    Ok(())
}
