//! A dairy's tankers: what their gauges say is corrected, and made into what each farm delivered.
//!
//! Which corrections a gauge needs is written in its papers, and is known only when the round's
//! sheet is read: offsets, gains, clamps and the foam of a full tank, in any number and order.

use truth::{Random, word};

const ROUNDS: usize = 1_200;
const READINGS: usize = 60_000;
const FARMS: usize = 500;

/// Something that has to be done to each reading, in tenths of a litre.
trait Correction {
    fn correct(&self, reading: i32) -> i32;
}

struct Offset(i32);

impl Correction for Offset {
    fn correct(&self, reading: i32) -> i32 {
        reading + self.0
    }
}

/// Thousand-and-twenty-fourths.
struct Gain(i32);

impl Correction for Gain {
    fn correct(&self, reading: i32) -> i32 {
        (reading * self.0) >> 10
    }
}

struct Clamp {
    least: i32,
    most: i32,
}

impl Correction for Clamp {
    fn correct(&self, reading: i32) -> i32 {
        reading.clamp(self.least, self.most)
    }
}

/// Above a mark, a part of what the gauge sees is foam.
struct Foam {
    mark: i32,
}

impl Correction for Foam {
    fn correct(&self, reading: i32) -> i32 {
        reading - ((reading - self.mark).max(0) >> 3)
    }
}

struct Papers {
    corrections: Vec<Box<dyn Correction>>,
}

impl Papers {
    fn read(sheet: &str) -> Papers {
        let corrections = sheet.split(',').filter_map(|part| {
            let (kind, value) = part.split_once(' ')?;
            let value: i32 = value.parse().ok()?;
            let correction: Box<dyn Correction> = match kind {
                "offset" => Box::new(Offset(value)),
                "gain" => Box::new(Gain(value)),
                "clamp" => Box::new(Clamp { least: 0, most: value }),
                "foam" => Box::new(Foam { mark: value }),
                _ => return None,
            };
            Some(correction)
        });
        Papers { corrections: corrections.collect() }
    }

    fn corrected(&self, readings: &[i32]) -> Vec<i32> {
        let correct = |&reading: &i32| {
            let step = |reading, correction: &dyn Correction| correction.correct(reading);
            self.corrections.iter().map(Box::as_ref).fold(reading, step)
        };
        readings.iter().map(correct).collect()
    }
}

/// A round's gauge: it rises while a farm's milk is pumped, and trembles on the road.
fn gauge(random: &mut Random) -> Vec<i32> {
    let mut level = 0;
    let mut pumping = false;
    let mut readings = Vec::with_capacity(READINGS);
    for at in 0..READINGS {
        if at % 120 == 0 {
            pumping = level < 190_000 && at / 120 % 2 == 0;
        }
        let number = random.number();
        if pumping {
            level += (number >> 32) as i32 & 15;
        }
        readings.push(level + (number as i32 & 255) - 128);
    }
    readings
}

fn sheet(random: &mut Random) -> String {
    let mut parts = vec![format!("offset {}", random.below(300) as i32 - 150)];
    for _ in 0..2 {
        parts.push(format!("gain {}", 1_000 + random.below(48)));
        parts.push(format!("foam {}", 60_000 + random.below(50_000)));
        parts.push(format!("offset {}", random.below(80) as i32 - 40));
    }
    parts.push(format!("clamp {}", 180_000 + random.below(20_000)));
    parts.join(",")
}

/// The middle of each stop of 120 readings, which the trembling does not move.
fn stops(readings: &[i32]) -> Vec<i32> {
    let mut stop = [0; 120];
    let (stops, _) = readings.as_chunks::<120>();
    let middle = |readings: &[i32; 120]| {
        stop.copy_from_slice(readings);
        *stop.select_nth_unstable(60).1
    };
    stops.iter().map(middle).collect()
}

/// What was added at each stop of a pump, given to the farm whose turn it was.
fn deliver(stops: &[i32], round: usize, farms: &mut [i64]) {
    for (at, pair) in stops.windows(3).enumerate().step_by(2) {
        let farm = (round * 31 + at / 2 * 7) % farms.len();
        farms[farm] += i64::from(pair[2] - pair[0]);
    }
}

/// How rough the road was: the readings' changes of direction.
fn roughness(readings: &[i32]) -> usize {
    let turns = readings.array_windows().map(|[a, b, c]| usize::from((b > a) != (c > b)));
    turns.sum()
}

fn main() {
    let mut random = Random::new(806);
    let mut farms = vec![0_i64; FARMS];
    let mut rough = 0;
    for round in 0..ROUNDS {
        let readings = gauge(&mut random);
        let papers = Papers::read(&sheet(&mut random));
        let readings = papers.corrected(&readings);
        rough += roughness(&readings);
        deliver(&stops(&readings), round, &mut farms);
    }
    let mut order: Vec<usize> = (0..FARMS).collect();
    order.sort_by_key(|&farm| (std::cmp::Reverse(farms[farm]), farm));
    println!("{} tenths of a litre, {rough} turns", farms.iter().sum::<i64>());
    for &farm in &order[..8] {
        println!("{:10} {:9}", word(farm), farms[farm]);
    }
}
