//! Evaluates the log of a glider's flights: from position fixes to a chart of how fast it climbed
//! in each quarter of a minute, and the thermals that it found.

use truth::Random;

/// A record of the log: thirty-five characters with the time, the position and two altitudes.
const RECORD: usize = 32;

fn log(seconds: usize, seed: u64) -> Vec<u8> {
    let mut random = Random::new(seed);
    let mut log = Vec::with_capacity(seconds * RECORD);
    let (mut altitude, mut climb) = (1500.0f64, 0.0f64);
    for second in 0..seconds {
        climb = (climb * 0.98 + random.unit() * 0.3 - 0.15).clamp(-6.0, 6.0);
        altitude = (altitude + climb).clamp(300.0, 6000.0);
        let valid = if random.below(25) == 0 { 'V' } else { 'A' };
        let spike = if random.below(150) == 0 { 900.0 } else { 0.0 };
        let (baro, north) = ((altitude + spike) as u32, 4_700_000 + second as u32 % 90_000);
        let time = second % 86_400;
        let record = format!("B{time:06}{north:08}N{valid}{baro:05}{:05}\r\n..", baro + 40);
        log.extend_from_slice(&record.as_bytes()[..RECORD - 4]);
        log.extend_from_slice(b"\r\n\r\n");
    }
    log
}

#[derive(Clone, Copy)]
struct Fix {
    second: u32,
    north: u32,
    baro: u32,
    gps: u32,
    valid: bool,
}

#[derive(Clone, Copy)]
struct Height {
    second: u32,
    metres: f32,
}

#[derive(Clone, Copy)]
struct Climb {
    second: u32,
    rate: f32,
}

fn digits(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, &digit| number * 10 + u32::from(digit - b'0'))
}

fn fix(record: &[u8; RECORD]) -> Fix {
    Fix {
        second: digits(&record[1..7]),
        north: digits(&record[7..15]),
        valid: record[16] == b'A',
        baro: digits(&record[17..22]),
        gps: digits(&record[22..27]),
    }
}

fn read(log: &[u8], fixes: &mut Vec<Fix>) {
    fixes.clear();
    fixes.extend(log.as_chunks::<RECORD>().0.iter().map(fix));
}

fn valid(fixes: &[Fix]) -> Vec<Fix> {
    fixes.iter().copied().filter(|fix| fix.valid).collect()
}

/// Height above the airfield's pressure level, of what both sensors say.
fn heights(fixes: &[Fix], pressure: f32) -> Vec<Height> {
    let height = |fix: &Fix| Height {
        second: fix.second,
        metres: fix.baro as f32 * 0.8 + (fix.gps as f32 - 40.0) * 0.2 + pressure,
    };
    fixes.iter().map(height).collect()
}

/// Without what no glider can do in a second.
fn plausible(heights: &[Height]) -> Vec<Height> {
    let mut last = heights.first().map_or(0.0, |height| height.metres);
    let mut plausible = Vec::new();
    for height in heights {
        if (height.metres - last).abs() < 60.0 {
            last = height.metres;
            plausible.push(*height);
        }
    }
    plausible
}

fn climbs(heights: &[Height]) -> Vec<Climb> {
    let climb = |pair: &[Height]| Climb {
        second: pair[1].second,
        rate: (pair[1].metres - pair[0].metres) / (pair[1].second - pair[0].second).max(1) as f32,
    };
    heights.windows(2).filter(|pair| pair[1].second > pair[0].second).map(climb).collect()
}

/// The mean climb of each quarter of a minute.
fn chart(climbs: &[Climb]) -> Vec<f32> {
    let mut chart = Vec::new();
    for quarter in climbs.chunk_by(|a, b| a.second / 15 == b.second / 15) {
        chart.push(quarter.iter().map(|climb| climb.rate).sum::<f32>() / quarter.len() as f32);
    }
    chart
}

fn thermals(chart: &[f32]) -> usize {
    let lift = |pair: &&[f32]| pair[0] <= 0.5 && pair[1] > 0.5;
    chart.windows(2).filter(lift).count()
}

fn main() {
    let logs: Vec<Vec<u8>> = (0..4).map(|seed| log(500_000, seed)).collect();
    let mut fixes = Vec::with_capacity(500_000);
    let (mut found, mut best, mut span) = (0, 0.0f32, 0u64);
    for round in 0..24 {
        for log in &logs {
            read(log, &mut fixes);
            span += fixes.iter().map(|fix| u64::from(fix.north % 1000)).sum::<u64>();
            let good = valid(&fixes);
            let heights = heights(&good, round as f32 * 0.5);
            let plausible = plausible(&heights);
            let chart = chart(&climbs(&plausible));
            found += thermals(&chart);
            best = chart.iter().copied().fold(best, f32::max);
        }
    }
    println!("{found} thermals, best quarter {best:.2} m/s, {span}");
}
