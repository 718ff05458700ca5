//! The controller of a greenhouse, run over a recorded season: what it opens, heats and waters, and
//! a journal of its decisions for the gardener.

use std::fs::{self, File};
use std::io::{self, Write};

use truth::Random;

const MINUTES: u32 = 900_000;
const BEDS: usize = 24;

#[derive(Clone, Copy)]
struct Air {
    celsius: f64,
    humidity: f64,
    light: f64,
}

struct Bed {
    moisture: f64,
    thirst: f64,
    watered: u32,
}

#[derive(Default)]
struct Controller {
    vent: f64,
    heating: bool,
    shade: bool,
}

enum Decision {
    Vent(f64),
    Heat(bool),
    Shade(bool),
    Water(usize, f64),
}

struct Journal {
    file: File,
    entries: u32,
}

impl Journal {
    fn create(path: &std::path::Path) -> io::Result<Journal> {
        Ok(Journal { file: File::create(path)?, entries: 0 })
    }

    fn note(&mut self, minute: u32, air: Air, decision: &Decision) -> io::Result<()> {
        self.entries += 1;
        let (day, hour, minute) = (minute / 1440, minute / 60 % 24, minute % 60);
        let file = &mut self.file;
        write!(file, "{day:03} {hour:02}:{minute:02} {:5.1} C: ", air.celsius)?;
        match decision {
            Decision::Vent(part) => writeln!(file, "vent {:.0} %", part * 100.0),
            Decision::Heat(on) => writeln!(file, "heating {}", if *on { "on" } else { "off" }),
            Decision::Shade(on) => writeln!(file, "shade {}", if *on { "out" } else { "in" }),
            Decision::Water(bed, litres) => writeln!(file, "bed {bed} gets {litres:.1} l"),
        }
    }
}

impl Controller {
    fn decide(&mut self, air: Air, beds: &[Bed]) -> Vec<Decision> {
        let mut decisions = Vec::new();
        let vent = ((air.celsius - 24.0) / 10.0 + (air.humidity - 0.85) * 2.0).clamp(0.0, 1.0);
        if (vent - self.vent).abs() > 0.1 {
            self.vent = vent;
            decisions.push(Decision::Vent(vent));
        }
        let heating = if self.heating { air.celsius < 16.0 } else { air.celsius < 13.0 };
        if heating != self.heating {
            self.heating = heating;
            decisions.push(Decision::Heat(heating));
        }
        let shade = if self.shade { air.light > 0.7 } else { air.light > 0.85 };
        if shade != self.shade {
            self.shade = shade;
            decisions.push(Decision::Shade(shade));
        }
        let dry = beds.iter().enumerate().filter(|(_, bed)| bed.moisture < 0.35);
        decisions.extend(dry.map(|(at, bed)| Decision::Water(at, 4.0 * bed.thirst)));
        decisions
    }
}

/// The air inside, a minute later.
fn next(air: Air, minute: u32, controller: &Controller, random: &mut Random) -> Air {
    let sun = (f64::from(minute % 1440) / 1440.0 * std::f64::consts::TAU - 1.9).sin();
    let light = (sun + 0.3 * (random.unit() - 0.5)).clamp(0.0, 1.0);
    let sunny = if controller.shade { light * 0.5 } else { light };
    let outside = 9.0 + 7.0 * sun + random.unit();
    let heat = if controller.heating { 0.12 } else { 0.0 };
    let exchange = 0.003 + 0.015 * controller.vent;
    let celsius = air.celsius + (sunny * 0.35 + heat) / 4.0 - (air.celsius - outside) * exchange;
    let humidity = (air.humidity + 0.001 - (air.humidity - 0.6) * exchange).clamp(0.2, 1.0);
    Air { celsius, humidity, light }
}

fn main() -> io::Result<()> {
    let mut random = Random::new(505);
    let path = std::env::temp_dir().join(format!("greenhouse-{}.txt", std::process::id()));
    let mut journal = Journal::create(&path)?;
    let mut controller = Controller::default();
    let mut air = Air { celsius: 15.0, humidity: 0.7, light: 0.0 };
    let bed = |at| Bed { moisture: 0.6, thirst: 0.7 + at as f64 / 40.0, watered: 0 };
    let mut beds: Vec<Bed> = (0..BEDS).map(bed).collect();
    let (mut warmth, mut open) = (0.0, 0.0);
    for minute in 0..MINUTES {
        // The air changes faster than beds do.
        for _ in 0..4 {
            air = next(air, minute, &controller, &mut random);
        }
        for bed in &mut beds {
            let dries = 0.0004 * bed.thirst * (0.4 + air.light) * (1.3 - air.humidity);
            bed.moisture -= dries * (0.5 + random.unit());
        }
        for decision in controller.decide(air, &beds) {
            journal.note(minute, air, &decision)?;
            if let Decision::Water(at, litres) = decision {
                beds[at].moisture += litres * 0.05 / beds[at].thirst;
                beds[at].watered += 1;
            }
        }
        warmth += (air.celsius - 10.0).max(0.0) / 1440.0;
        open += controller.vent / 60.0;
    }
    let watered: u32 = beds.iter().map(|bed| bed.watered).sum();
    let bytes = fs::metadata(&path)?.len();
    println!("{warmth:.0} degree days, vents open for {open:.0} h, watered {watered} times");
    println!("{} entries of {bytes} bytes", journal.entries);
    fs::remove_file(path)
}
