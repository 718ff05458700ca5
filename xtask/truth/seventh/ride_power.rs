//! What a season of riding took: a bicycle's computer wrote down time, speed, height and heart rate
//! ten times a second. Works out power for each ride and prints the hardest minutes.

use truth::Random;

const RIDES: usize = 70;
const SAMPLES: usize = 300_000;
const KILOGRAMS: f32 = 81.0;

#[derive(Clone, Copy)]
struct Sample {
    tenths: u32,
    speed: f32,
    height: f32,
    pulse: u8,
}

#[derive(Clone, Copy)]
struct Stretch {
    tenths: u32,
    speed: f32,
    gain: f32,
    climb: f32,
    pulse: u8,
}

#[derive(Clone, Copy)]
struct Effort {
    tenths: u32,
    watts: f32,
    pulse: u8,
}

fn ride(random: &mut Random) -> Vec<Sample> {
    let (mut speed, mut height) = (6.0_f32, 200.0_f32);
    let mut samples = Vec::with_capacity(SAMPLES);
    for tenths in 0..SAMPLES as u32 {
        let bits = random.number();
        let noise = |shift: u32| ((bits >> shift) & 0xffff) as f32 / 65_536.0 - 0.5;
        speed = (speed + 0.3 * noise(0)).clamp(0.0, 17.0);
        height += speed * 0.006 * noise(16);
        // At times the sensor has nothing to say.
        let pulse = if bits >> 58 == 0 { 0 } else { 90 + (bits >> 40 & 63) as u8 };
        samples.push(Sample { tenths, speed, height, pulse });
    }
    samples
}

/// Where the rider moved and the sensor was heard.
fn ridden(samples: &[Sample]) -> Vec<Sample> {
    samples.iter().copied().filter(|sample| sample.speed > 0.5 && sample.pulse > 0).collect()
}

/// From each sample to the next.
fn stretches(samples: &[Sample]) -> Vec<Stretch> {
    let stretch = |pair: &[Sample]| Stretch {
        tenths: pair[1].tenths,
        speed: pair[1].speed,
        gain: pair[1].speed - pair[0].speed,
        climb: pair[1].height - pair[0].height,
        pulse: pair[1].pulse,
    };
    samples.windows(2).map(stretch).collect()
}

/// Without the jumps that a lost signal leaves.
fn steady(stretches: &[Stretch]) -> Vec<Stretch> {
    let is_steady = |stretch: &&Stretch| stretch.gain.abs() < 1.5 && stretch.climb.abs() < 1.0;
    stretches.iter().filter(is_steady).copied().collect()
}

fn efforts(stretches: &[Stretch]) -> Vec<Effort> {
    let effort = |stretch: &Stretch| {
        let air = 0.19 * stretch.speed * stretch.speed * stretch.speed;
        let rolling = 0.004 * KILOGRAMS * 9.81 * stretch.speed;
        let hill = KILOGRAMS * 9.81 * stretch.climb * 10.0;
        let faster = KILOGRAMS * stretch.gain * 10.0 * stretch.speed * 0.1;
        let watts = air + rolling + hill + faster;
        Effort { tenths: stretch.tenths, watts, pulse: stretch.pulse }
    };
    stretches.iter().map(effort).collect()
}

/// Without freewheeling.
fn pedalled(efforts: &[Effort]) -> Vec<Effort> {
    efforts.iter().copied().filter(|effort| (0.0..1_600.0).contains(&effort.watts)).collect()
}

#[derive(Default, Clone, Copy)]
struct Minute {
    joules: f64,
    beats: u64,
    samples: u32,
}

fn by_minute(efforts: &[Effort]) -> Vec<Minute> {
    let mut minutes = vec![Minute::default(); SAMPLES / 600 + 1];
    for effort in efforts {
        let minute = &mut minutes[effort.tenths as usize / 600];
        minute.joules += f64::from(effort.watts) * 0.1;
        minute.beats += u64::from(effort.pulse);
        minute.samples += 1;
    }
    minutes
}

/// The beats that were above what the heart needs for this, by a slow mean of its rate.
fn drift(samples: &[Sample]) -> f32 {
    let (mut slow, mut above) = (120.0_f32, 0.0);
    for sample in samples {
        slow += (f32::from(sample.pulse) - slow) * 0.002;
        above += (slow - 121.0).max(0.0) * 0.1 / 60.0;
    }
    above
}

/// The most joules in so many minutes in a row.
fn most(minutes: &[Minute], row: usize) -> f64 {
    let mut sum: f64 = minutes[..row].iter().map(|minute| minute.joules).sum();
    let mut most = sum;
    for (first, next) in minutes.iter().zip(&minutes[row..]) {
        sum += next.joules - first.joules;
        most = most.max(sum);
    }
    most
}

fn main() {
    let mut random = Random::new(1_903);
    for number in 0..RIDES {
        let samples = ride(&mut random);
        let ridden = ridden(&samples);
        let stretches = stretches(&ridden);
        let steady = steady(&stretches);
        let efforts = efforts(&steady);
        let pedalled = pedalled(&efforts);
        let minutes = by_minute(&pedalled);
        let joules: f64 = minutes.iter().map(|minute| minute.joules).sum();
        let beats: u64 = minutes.iter().map(|minute| minute.beats).sum();
        let hardest = minutes.iter().enumerate().max_by(|a, b| a.1.joules.total_cmp(&b.1.joules));
        let (at, minute) = hardest.expect("a ride has minutes");
        println!("ride {number}: {:.0} kJ, {beats} beats", joules / 1e3);
        println!("  minute {at}: {:.0} J in {} samples", minute.joules, minute.samples);
        let rows: f64 = (5..300).map(|row| most(&minutes, row) / row as f64).sum();
        println!("  {rows:.0} J over all rows, {:.1} beats too many", drift(&samples));
    }
}
