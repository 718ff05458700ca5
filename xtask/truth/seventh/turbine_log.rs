//! The log of a wind farm: a line for each turbine and minute, with what it made and how hard the
//! wind blew. Prints the least, the mean and the most for the best of the turbines.

use std::collections::HashMap;
use std::fmt::Write;
use std::io::{BufRead, BufReader, Read};

use truth::{Random, word};

const LINES: usize = 3_200_000;
const TURBINES: usize = 640;

/// A day's log, in a form that can be read as a file can.
fn day(random: &mut Random) -> String {
    let names: Vec<String> =
        (0..TURBINES).map(|turbine| format!("{}-{}", word(turbine * 5), turbine % 40)).collect();
    // Most lines differ only in their numbers, which are written into a small stock of them.
    let stock: Vec<String> = (0..2_000)
        .map(|_| {
            let mut line = String::new();
            let (wind, power) = (random.below(240), random.skewed(39_000));
            let (power, rest) = (power / 10, power % 10);
            writeln!(line, ",{power}.{rest},{}.{}", wind / 10, wind % 10)
                .expect("strings take all");
            line
        })
        .collect();
    let mut log = String::with_capacity(LINES * 28);
    for _ in 0..LINES {
        log += &names[random.below(names.len())];
        log += &stock[random.below(stock.len())];
    }
    log
}

#[derive(Clone, Debug)]
struct Output {
    least: f64,
    most: f64,
    sum: f64,
    wind: f64,
    lines: u32,
}

impl Output {
    fn new() -> Output {
        Output { least: f64::INFINITY, most: 0.0, sum: 0.0, wind: 0.0, lines: 0 }
    }

    fn add(&mut self, power: f64, wind: f64) {
        self.least = self.least.min(power);
        self.most = self.most.max(power);
        self.sum += power;
        self.wind += wind;
        self.lines += 1;
    }
}

/// What each turbine made; lines that are none are counted.
fn outputs(log: impl Read) -> (HashMap<String, Output>, usize) {
    let mut outputs = HashMap::new();
    let mut bad = 0;
    for line in BufReader::new(log).lines() {
        let line = line.expect("a log can be read");
        let fields: Vec<&str> = line.split(',').collect();
        let &[turbine, power, wind] = fields.as_slice() else {
            bad += 1;
            continue;
        };
        let (Ok(power), Ok(wind)) = (power.parse::<f64>(), wind.parse::<f64>()) else {
            bad += 1;
            continue;
        };
        outputs.entry(turbine.to_string()).or_insert_with(Output::new).add(power, wind);
    }
    (outputs, bad)
}

/// Which share of days would have had no wind at all, by a simple model of gusts.
fn calm_days(random: &mut Random) -> usize {
    let mut calm = 0;
    for _ in 0..450_000 {
        let mut wind = 4.0_f64;
        let mut most = 0.0_f64;
        for _ in 0..144 {
            let bits = random.number();
            wind += (6.0 - wind) * 0.05 + ((bits >> 40) as f64 / 16_777_216.0 - 0.5) * 2.0;
            most = most.max(wind);
        }
        calm += usize::from(most < 6.5);
    }
    calm
}

fn main() {
    let mut random = Random::new(1_887);
    let log = day(&mut random);
    let (outputs, bad) = outputs(log.as_bytes());
    let mut ranked: Vec<(&String, &Output)> = outputs.iter().collect();
    ranked.sort_by(|a, b| b.1.sum.total_cmp(&a.1.sum).then_with(|| a.0.cmp(b.0)));
    for (turbine, output) in ranked.iter().take(5) {
        let Output { least, most, sum, wind, lines } = output;
        let lines = f64::from(*lines);
        println!(
            "{turbine}: {least:.1} / {:.1} / {most:.1} kW, {:.1} m/s",
            sum / lines,
            wind / lines
        );
    }
    println!("{} turbines, {bad} bad lines, {} calm days", ranked.len(), calm_days(&mut random));
}
