//! Reads a year of river gauges, a name and a level in each row, and says where floods are likely.

use std::collections::BTreeMap;

use truth::{Random, word};

struct Station {
    name: String,
    lowest: f64,
    highest: f64,
    sum: f64,
    rows: u64,
}

/// Rows in no order, levels in metres with one decimal.
fn rows(count: usize, stations: usize) -> String {
    let mut random = Random::new(491);
    let names: Vec<String> = (0..stations).map(|number| word(number * 31)).collect();
    let mut text = String::new();
    for _ in 0..count {
        let station = random.below(stations);
        text.push_str(&names[station]);
        text.push(';');
        let tenths = station % 70 + random.skewed(200);
        if random.below(12) == 0 {
            text.push('-');
        }
        if tenths >= 100 {
            text.push((b'0' + (tenths / 100) as u8) as char);
        }
        text.push((b'0' + (tenths / 10 % 10) as u8) as char);
        text.push('.');
        text.push((b'0' + (tenths % 10) as u8) as char);
        text.push('\n');
    }
    text
}

impl Station {
    fn add(&mut self, level: f64) {
        self.lowest = self.lowest.min(level);
        self.highest = self.highest.max(level);
        self.sum += level;
        self.rows += 1;
    }
}

/// Lowest, mean and highest level of each station, in the order of their names.
fn summarize(text: &str) -> Vec<Station> {
    let mut stations: BTreeMap<String, Station> = BTreeMap::new();
    for line in text.lines() {
        let Some((name, level)) = line.split_once(';') else { continue };
        let Ok(level) = level.parse::<f64>() else { continue };
        stations
            .entry(name.to_string())
            .or_insert_with(|| Station {
                name: name.to_string(),
                lowest: f64::MAX,
                highest: f64::MIN,
                sum: 0.0,
                rows: 0,
            })
            .add(level);
    }
    stations.into_values().collect()
}

/// Years as they might be, made of the mean and the range of a station; how many have a flood.
fn floods(station: &Station, years: usize, random: &mut Random) -> usize {
    let mean = station.sum / station.rows as f64;
    let range = station.highest - station.lowest;
    let mut floods = 0;
    for _ in 0..years {
        let mut level = mean;
        let mut highest = level;
        for _ in 0..365 {
            level += 0.1 * (mean - level) + range * 0.05 * (random.unit() - 0.5);
            highest = f64::max(highest, level);
        }
        floods += usize::from(highest > mean + 0.12 * range);
    }
    floods
}

fn main() {
    let text = rows(5_000_000, 420);
    let stations = summarize(&text);
    let mut random = Random::new(492);
    let mut worst = (0, "");
    let mut all = 0;
    for station in &stations {
        let floods = floods(station, 400, &mut random);
        all += floods;
        worst = worst.max((floods, &station.name));
    }
    let rows: u64 = stations.iter().map(|station| station.rows).sum();
    println!("{rows} rows, {all} floods, most of them at {}: {}", worst.1, worst.0);
}
