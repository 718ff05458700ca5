//! Who was on the air: measured signals are held against the register of all licences.
//!
//! The register divides the spectrum, in hertz, into licences of very unequal width. Measuring cars
//! bring in signals that drift and come in bursts; those of one licence and one car are summed up.

use hashbrown::HashMap;
use truth::{Random, word};

const LICENCES: usize = 20_000_000;
const HOLDERS: usize = 60_000;
const SIGNALS: usize = 2_500_000;
const CARS: usize = 40;

/// A licence goes from where the one before ends to its own end.
#[derive(Clone, Copy)]
struct Licence {
    upto: u64,
    holder: u32,
    decibels: u16,
}

struct Signal {
    hertz: u64,
    car: u8,
    decibels: u16,
}

fn register(random: &mut Random) -> Vec<Licence> {
    let mut upto = 9_000;
    let licence = |_| {
        upto += 200 + random.skewed(12_500) as u64;
        let number = random.number();
        Licence {
            upto,
            holder: (number >> 32) as u32 % HOLDERS as u32,
            decibels: 20 + (number as u16 & 63),
        }
    };
    (0..LICENCES).map(licence).collect()
}

/// What the cars' receivers deliver: a carrier, with the drift of the receiver's clock in it.
fn signals(highest: u64, random: &mut Random) -> Vec<Signal> {
    let drifts: Vec<f64> = (0..CARS).map(|_| (random.unit() - 0.5) * 4e-6).collect();
    let signal = |_| {
        let car = random.below(CARS);
        let hertz = random.below(highest as usize) as f64;
        let swing = (hertz * 1e-7).sin() * 30.0;
        Signal {
            hertz: (hertz * (1.0 + drifts[car]) + swing).max(0.0) as u64,
            car: car as u8,
            decibels: 10 + random.skewed(110) as u16,
        }
    };
    (0..SIGNALS).map(signal).collect()
}

/// The licences that the signals fall under; none above the last.
fn owners(register: &[Licence], signals: &[Signal]) -> Vec<u32> {
    let owner = |signal: &Signal| register.partition_point(|licence| licence.upto < signal.hertz);
    signals.iter().map(|signal| owner(signal) as u32).collect()
}

#[derive(Default)]
struct Case {
    signals: u32,
    excess: u64,
}

/// Signals that were louder than allowed, by holder and car.
fn cases(register: &[Licence], signals: &[Signal], owners: &[u32]) -> HashMap<(u32, u8), Case> {
    let mut cases: HashMap<(u32, u8), Case> = HashMap::new();
    for (signal, &owner) in signals.iter().zip(owners) {
        let Some(licence) = register.get(owner as usize) else { continue };
        if signal.decibels > licence.decibels + 8 {
            let case = cases.entry((licence.holder, signal.car)).or_default();
            case.signals += 1;
            case.excess += u64::from(signal.decibels - licence.decibels);
        }
    }
    cases
}

/// How full the bands are: signals in each of a thousand pieces of the spectrum, smoothed.
fn occupation(signals: &[Signal], highest: u64) -> Vec<f64> {
    let mut pieces = vec![0.0; 1_000];
    for signal in signals {
        let piece = (signal.hertz as f64 / highest as f64 * 1_000.0) as usize;
        pieces[piece.min(999)] += 1.0 + f64::from(signal.decibels).sqrt();
    }
    for _ in 0..200 {
        for at in 1..999 {
            pieces[at] = (pieces[at - 1] + 2.0 * pieces[at] + pieces[at + 1]) / 4.0;
        }
    }
    pieces
}

fn main() {
    let mut random = Random::new(805);
    let register = register(&mut random);
    let highest = register.last().map_or(0, |licence| licence.upto) + 1_000_000;
    let signals = signals(highest, &mut random);

    let owners = owners(&register, &signals);
    let outside = owners.iter().filter(|&&owner| owner as usize == register.len()).count();
    let cases = cases(&register, &signals, &owners);

    let mut worst: Vec<(&(u32, u8), &Case)> = cases.iter().collect();
    worst.sort_unstable_by_key(|(key, case)| (std::cmp::Reverse(case.excess), **key));
    println!("{} cases, {outside} signals above all licences", worst.len());
    for ((holder, car), case) in &worst[..8] {
        let holder = word(*holder as usize);
        println!("{holder:14} car {car:2}: {} signals, {} decibels", case.signals, case.excess);
    }
    let occupation = occupation(&signals, highest);
    let fullest = (0..1_000).max_by(|&a, &b| occupation[a].total_cmp(&occupation[b]));
    println!("fullest piece: {}", fullest.expect("a piece"));
}
