//! Telemetry of a space probe: frames carry bytes by which errors are found and mended, what they
//! carry are readings of many channels, and each channel is watched for drift.

use truth::Random;

const FRAMES: usize = 7_500;
const DATA: usize = 223;
const PARITY: usize = 16;
const CHANNELS: usize = 8;
const HISTORY: usize = 60_000;

/// The product in the field of 256 elements in which the probe computes.
fn product(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    while b != 0 {
        if b & 1 != 0 {
            product ^= a;
        }
        a = if a & 0x80 != 0 { a << 1 ^ 0x1d } else { a << 1 };
        b >>= 1;
    }
    product
}

/// The polynomial by which the probe divides: its roots are the first powers of two.
fn generator() -> [u8; PARITY + 1] {
    let mut generator = [0; PARITY + 1];
    generator[0] = 1;
    let mut root = 1;
    for degree in 1..=PARITY {
        for at in (1..=degree).rev() {
            generator[at] ^= product(generator[at - 1], root);
        }
        root = product(root, 2);
    }
    generator
}

struct Code {
    generator: [u8; PARITY + 1],
}

impl Code {
    fn parity(&self, data: &[u8]) -> [u8; PARITY] {
        let mut rest = [0; PARITY];
        for &byte in data {
            let factor = byte ^ rest[0];
            rest.copy_within(1.., 0);
            rest[PARITY - 1] = 0;
            for (rest, &coefficient) in rest.iter_mut().zip(&self.generator[1..]) {
                *rest ^= product(coefficient, factor);
            }
        }
        rest
    }

    fn is_whole(&self, frame: &[u8]) -> bool {
        let (data, parity) = frame.split_at(frame.len() - PARITY);
        self.parity(data) == parity
    }
}

/// What the probe sends: readings of twelve bits, channel by channel, and some bits lost on the
/// way.
fn frames(code: &Code, random: &mut Random) -> Vec<Vec<u8>> {
    let frame = |number: usize| {
        let mut frame = Vec::with_capacity(DATA + PARITY);
        for at in 0..DATA {
            let wave = ((number + at * 31) as f64 * 0.01).sin() * 40.0 + 128.0;
            frame.push(wave as u8 ^ (random.number() & 7) as u8);
        }
        let parity = code.parity(&frame);
        frame.extend(parity);
        if random.below(40) == 0 {
            frame[random.below(DATA)] ^= 1 << random.below(8);
        }
        frame
    };
    (0..FRAMES).map(frame).collect()
}

/// Readings of all channels, from the bytes of a frame.
fn unpack(frame: &[u8], channels: &mut [Vec<f64>]) {
    let triples = frame[..DATA].chunks_exact(3);
    for (triple, at) in triples.zip((0..CHANNELS).cycle()) {
        let (first, second, third) =
            (u16::from(triple[0]), u16::from(triple[1]), u16::from(triple[2]));
        channels[at].push(f64::from(first << 4 | second >> 4) / 16.0);
        channels[at].push(f64::from((second & 15) << 8 | third) / 16.0);
    }
}

struct Summary {
    mean: f64,
    deviation: f64,
    skew: f64,
}

fn summary(readings: &[f64]) -> Summary {
    let count = readings.len() as f64;
    let mean = readings.iter().sum::<f64>() / count;
    let squares = readings.iter().map(|reading| (reading - mean) * (reading - mean)).sum::<f64>();
    let deviation = (squares / count).sqrt();
    let cubes = readings.iter().map(|reading| (reading - mean).powi(3)).sum::<f64>() / count;
    Summary { mean, deviation, skew: cubes / (deviation * deviation * deviation) }
}

/// How far a channel has drifted: each pass is compared with all that was before it.
fn drift(readings: &[f64], pass: usize) -> (f64, usize) {
    let (mut worst, mut alarms) = (0.0_f64, 0);
    for end in (pass..readings.len() - pass).step_by(pass) {
        let (past, now) = (summary(&readings[..end]), summary(&readings[end..end + pass]));
        let shift = (now.mean - past.mean).abs() / past.deviation;
        worst = worst.max(shift);
        alarms += usize::from(shift > 0.6 || (now.skew - past.skew).abs() > 1.0);
    }
    (worst, alarms)
}

fn main() {
    let mut random = Random::new(516);
    let code = Code { generator: generator() };
    let frames = frames(&code, &mut random);
    let mut channels = vec![Vec::with_capacity(HISTORY); CHANNELS];
    let mut broken = 0;
    for frame in &frames {
        if code.is_whole(frame) {
            unpack(frame, &mut channels);
        } else {
            broken += 1;
        }
    }
    println!("{} frames, {broken} of them broken", frames.len());
    for (number, readings) in channels.iter().enumerate() {
        let all = summary(readings);
        let (worst, alarms) = drift(readings, 700);
        println!("channel {number}: {} readings, mean {:.2}", readings.len(), all.mean);
        println!("  deviation {:.2}, drift {worst:.3}, {alarms} alarms", all.deviation);
    }
}
