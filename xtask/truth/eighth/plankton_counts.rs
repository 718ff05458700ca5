//! Counts plankton: a microscope films a drop of the sea, two workers measure what swims in it.
//!
//! Each worker has the frames of one side of the channel. A display looks at the counts while they
//! work. Large animals go to a file, of which a second program, here a function, makes a catalogue.

use std::error::Error;
use std::f32::consts::FRAC_PI_6;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Result, Write};
use std::path::Path;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use truth::Random;

const WORKERS: usize = 2;
const FRAMES: usize = 36_000;
/// Particles in a frame.
const PARTICLES: usize = 900;
const KINDS: [&str; 4] = ["diatom", "copepod", "radiolarian", "detritus"];

struct Particle {
    long: f32,
    wide: f32,
    dark: f32,
}

/// An animal that is kept: 16 bytes in the file.
#[derive(Clone, Copy)]
struct Animal {
    frame: u32,
    kind: u32,
    long: f32,
    volume: f32,
}

/// What a worker has seen so far.
#[derive(Default)]
struct Tally {
    particles: AtomicU64,
    microns: AtomicU64,
}

impl Tally {
    fn add(&self, long: f32) {
        self.particles.fetch_add(1, Relaxed);
        self.microns.fetch_add(long as u64, Relaxed);
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
fn measured(particle: &Particle) -> (u32, f32) {
    let Particle { long, wide, dark } = *particle;
    let round = wide * wide * (3.0 - 2.0 * wide);
    let kind = u32::from(dark > 0.3 + 0.4 * round) + 2 * u32::from(round > 0.6);
    let short = long * wide;
    (kind, FRAC_PI_6 * long * short * short.min(120.0 + 0.1 * long))
}

/// A worker's frames, one after the other.
fn watch(worker: usize, tallies: &[Tally], start: &Barrier) -> Vec<Animal> {
    let mut random = Random::new(8_170 + worker as u64);
    let mut particles = Vec::new();
    let mut animals = Vec::new();
    start.wait();
    for frame_number in 0..FRAMES as u32 {
        frame(&mut random, &mut particles);
        for particle in &particles {
            let (kind, volume) = measured(particle);
            tallies[worker].add(particle.long);
            if particle.long > 828.0 {
                animals.push(Animal { frame: frame_number, kind, long: particle.long, volume });
            }
        }
    }
    animals
}

fn store(animals: &[Animal], path: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for Animal { frame, kind, long, volume } in animals {
        for word in [*frame, *kind, long.to_bits(), volume.to_bits()] {
            file.write_all(&word.to_le_bytes())?;
        }
    }
    file.flush()
}

/// The animals of a file, by kind.
struct Catalogue {
    kinds: [Vec<Animal>; KINDS.len()],
}

impl Catalogue {
    fn read(path: &Path) -> Result<Catalogue> {
        let mut file = File::open(path)?;
        let count = file.metadata()?.len() / 16;
        let mut kinds = [(); KINDS.len()].map(|()| Vec::new());
        for _ in 0..count {
            let mut words = [0; 16];
            file.read_exact(&mut words)?;
            let word = |at: usize| u32::from_le_bytes(words[at..at + 4].try_into().expect("four"));
            let (long, volume) = (f32::from_bits(word(8)), f32::from_bits(word(12)));
            let animal = Animal { frame: word(0), kind: word(4), long, volume };
            kinds[animal.kind as usize].push(animal);
        }
        Ok(Catalogue { kinds })
    }

    /// How many there are of each kind, the middle volume, and frames with more than one.
    fn print(&mut self) {
        for (name, animals) in KINDS.iter().zip(&mut self.kinds) {
            let together = animals.chunk_by(|a, b| a.frame == b.frame);
            let together = together.filter(|group| group.len() > 1).count();
            let middle = animals.len() / 2;
            let by_volume = |a: &Animal, b: &Animal| a.volume.total_cmp(&b.volume);
            let (_, middle, _) = animals.select_nth_unstable_by(middle, by_volume);
            let Animal { volume, long, .. } = *middle;
            println!("{name:12} {:7}, {together} together", animals.len());
            println!("  the middle one has {volume:.0} µm³ and is {long:.1} µm long");
        }
    }
}

fn main() -> std::result::Result<(), Box<dyn Error>> {
    let tallies: Vec<Tally> = (0..WORKERS).map(|_| Tally::default()).collect();
    let start = Barrier::new(WORKERS);
    let over = AtomicBool::new(false);
    let mut animals: Vec<Animal> = Vec::new();
    let mut fell = false;
    thread::scope(|scope| {
        let (tallies, start, over) = (&tallies, &start, &over);
        let display = scope.spawn(move || {
            let mut last = 0;
            let mut fell = false;
            while !over.load(Relaxed) {
                let total = tallies.iter().map(|tally| tally.particles.load(Relaxed)).sum::<u64>();
                fell |= total < last;
                last = total;
                thread::sleep(Duration::from_millis(20));
            }
            fell
        });
        let workers: Vec<_> =
            (0..WORKERS).map(|worker| scope.spawn(move || watch(worker, tallies, start))).collect();
        for worker in workers {
            animals.extend(worker.join().expect("a worker's animals"));
        }
        over.store(true, Relaxed);
        fell = display.join().expect("the display goes dark");
    });

    animals.sort_by(|a, b| a.frame.cmp(&b.frame).then(a.long.total_cmp(&b.long)));
    let path = std::env::temp_dir().join(format!("plankton-{}.bin", std::process::id()));
    store(&animals, &path)?;
    let mut catalogue = Catalogue::read(&path)?;
    fs::remove_file(&path)?;

    catalogue.print();
    for (worker, Tally { particles, microns }) in tallies.iter().enumerate() {
        let (particles, microns) = (particles.load(Relaxed), microns.load(Relaxed));
        println!("side {worker}: {particles} particles, {microns} µm; counts fell: {fell}");
    }
    Ok(())
}
