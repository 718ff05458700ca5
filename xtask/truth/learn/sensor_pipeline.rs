//! Cleans the readings of sensors: scales them, drops outliers, smooths what is left, and sums it
//! up by sensor; then looks for those that drift.

use truth::Random;

#[derive(Clone, Copy)]
struct Reading {
    sensor: u32,
    raw: i32,
    minute: u32,
}

#[derive(Clone, Copy)]
struct Scaled {
    sensor: u32,
    minute: u32,
    value: f64,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    count: u32,
    value: f64,
    by_time: f64,
}

fn readings(count: usize) -> Vec<Reading> {
    let mut random = Random::new(81);
    (0..count)
        .map(|at| {
            let outlier = if random.below(200) == 0 { 90_000 } else { 0 };
            Reading {
                sensor: random.below(512) as u32,
                raw: random.below(4_000) as i32 - 2_000 + outlier,
                minute: (at / 1_000) as u32,
            }
        })
        .collect()
}

fn clean(readings: &[Reading]) -> Vec<Scaled> {
    let scaled: Vec<Scaled> = readings
        .iter()
        .map(|reading| Scaled {
            sensor: reading.sensor,
            minute: reading.minute,
            value: f64::from(reading.raw) * 0.0625 + 20.0,
        })
        .collect();
    let plausible: Vec<Scaled> =
        scaled.into_iter().filter(|reading| reading.value.abs() < 1_000.0).collect();
    let daytime: Vec<&Scaled> =
        plausible.iter().filter(|reading| reading.minute % 1440 > 360).collect();
    let values: Vec<f64> = daytime.iter().map(|reading| reading.value).collect();
    let smooth: Vec<f64> = values.windows(4).map(|four| four.iter().sum::<f64>() / 4.0).collect();
    daytime.iter().zip(smooth).map(|(&&reading, value)| Scaled { value, ..reading }).collect()
}

fn sum(readings: &[Scaled], sums: &mut [Sum]) {
    for reading in readings {
        let sum = &mut sums[reading.sensor as usize];
        sum.count += 1;
        sum.value += reading.value;
        sum.by_time += reading.value * f64::from(reading.minute);
    }
}

/// Sensors whose values lean on time more than others' do.
fn drifting(sums: &[Sum]) -> Vec<usize> {
    let leans: Vec<f64> = sums.iter().map(|sum| sum.by_time / sum.value.max(1.0)).collect();
    let mean = leans.iter().sum::<f64>() / leans.len() as f64;
    let far = |lean: &f64| (lean - mean).abs() > mean / 20.0;
    (0..leans.len()).filter(|&at| far(&leans[at])).collect()
}

fn main() {
    let readings = readings(2_000_000);
    let mut sums = vec![Sum::default(); 512];
    for day in 0..22 {
        let cleaned = clean(&readings);
        sum(&cleaned, &mut sums);
        println!("day {day}: {} readings, {} drift", cleaned.len(), drifting(&sums).len());
    }
    println!("{} in the first sensor", sums[0].count);
}
