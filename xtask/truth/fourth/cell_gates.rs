//! Counts the cells of blood samples that glow, and how brightly, as a flow cytometer measured
//! them.

use truth::Random;

const SAMPLES: u64 = 60;
const CELLS: usize = 250_000;
const DYES: usize = 5;

/// How brightly each cell glows in one colour.
type Channel = Vec<u16>;

struct Sample {
    channels: [Channel; DYES],
    /// Brightness of cells without a dye, in each colour.
    background: [u16; DYES],
}

#[derive(Default)]
struct Glow {
    cells: usize,
    mean: f64,
    spread: f64,
}

/// Those that are brighter than the background.
fn positive(channel: &[u16], background: u16) -> Vec<u16> {
    channel.iter().copied().filter(|&brightness| brightness > background).collect()
}

/// The instrument's scale is linear, the eye's is not.
fn decades(brightness: u16) -> f32 {
    f32::from(brightness).max(1.0).ln() / std::f32::consts::LN_10
}

/// Cells by brightness, in steps of a fiftieth of a decade.
fn histogram(brightness: &[u16]) -> [u32; 256] {
    let mut counts = [0; 256];
    for &brightness in brightness {
        counts[(decades(brightness) * 50.0) as usize % 256] += 1;
    }
    counts
}

fn glow(channel: &[u16], background: u16) -> Glow {
    let positive = positive(channel, background);
    let counts = histogram(&positive);
    let cells = positive.len().max(1) as f64;
    let steps = counts.iter().zip(0..).map(|(&count, step)| (f64::from(count), f64::from(step)));
    let mean = steps.clone().map(|(count, step)| count * step).sum::<f64>() / cells;
    let squares: f64 = steps.map(|(count, step)| count * (step - mean) * (step - mean)).sum();
    Glow { cells: positive.len(), mean: mean / 50.0, spread: (squares / cells).sqrt() / 50.0 }
}

/// What leaks from each colour into the next is taken off.
fn compensated(sample: &mut Sample, leak: u32) {
    for colour in 1..DYES {
        let (before, from) = sample.channels.split_at_mut(colour);
        for (brightness, &neighbour) in from[0].iter_mut().zip(&before[colour - 1]) {
            *brightness = brightness.saturating_sub(((u32::from(neighbour) * leak) >> 16) as u16);
        }
    }
}

/// A sample in whose colours between a third and two thirds of the cells glow.
fn sample(random: &mut Random) -> Sample {
    let channels = [(); DYES].map(|()| {
        let share = 85 + random.below(86) as u64;
        let cell = |_| {
            let number = random.number();
            let dim = 40 + (number as u16 & 255);
            let bright = 400 + (number >> 16) as u16 % 20_000;
            if number >> 56 < share { bright } else { dim }
        };
        (0..CELLS).map(cell).collect()
    });
    Sample { channels, background: [310, 305, 300, 320, 330] }
}

fn main() {
    let mut random = Random::new(612);
    let mut cells = 0;
    let (mut means, mut spreads) = (0.0, 0.0);
    let mut brightest = (0.0, 0, 0);
    for number in 0..SAMPLES {
        let mut sample = sample(&mut random);
        for leak in [1600, 1100, 700, 400] {
            compensated(&mut sample, leak);
            for (colour, channel) in sample.channels.iter().enumerate() {
                let glow = glow(channel, sample.background[colour]);
                cells += glow.cells;
                means += glow.mean;
                spreads += glow.spread;
                if glow.mean > brightest.0 {
                    brightest = (glow.mean, number, colour);
                }
            }
        }
    }
    println!("{cells} cells glow, means {means:.3}, spreads {spreads:.3}");
    println!("brightest: sample {}, colour {}: {:.3}", brightest.1, brightest.2, brightest.0);
}
