//! A radio station's watch over its band: every few milliseconds a row of levels, one for each
//! channel. Says of each channel how quiet it is and when somebody was sending.

use truth::Random;

const CHANNELS: usize = 2048;
const MOMENTS: usize = 2048;

struct Sender {
    channel: usize,
    from: usize,
    until: usize,
    level: f32,
}

struct Band {
    rows: usize,
    columns: usize,
    levels: Vec<f32>,
}

impl Band {
    fn empty(rows: usize, columns: usize) -> Band {
        Band { rows, columns, levels: vec![0.0; rows * columns] }
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.levels[row * self.columns..][..self.columns]
    }

    /// A row for each channel where there was one for each moment.
    fn by_channel(&self, channels: &mut Band) {
        for moment in 0..self.rows {
            for channel in 0..self.columns {
                channels.levels[channel * self.rows + moment] =
                    self.levels[moment * self.columns + channel];
            }
        }
    }

    /// What the receiver itself adds at each channel is taken away.
    fn flatten(&mut self, curve: &[f32]) {
        for row in self.levels.chunks_exact_mut(self.columns) {
            for (level, base) in row.iter_mut().zip(curve) {
                *level -= base;
            }
        }
    }
}

fn senders(random: &mut Random) -> Vec<Sender> {
    let sender = |_| {
        let from = random.below(MOMENTS - 300);
        Sender {
            channel: random.below(CHANNELS),
            from,
            until: from + 20 + random.below(250),
            level: 8.0 + 20.0 * random.unit() as f32,
        }
    };
    (0..900).map(sender).collect()
}

fn receive(band: &mut Band, noise: &[f32], random: &mut Random) {
    for row in band.levels.chunks_exact_mut(CHANNELS) {
        let start = random.below(noise.len() - CHANNELS);
        row.copy_from_slice(&noise[start..start + CHANNELS]);
    }
    for sender in senders(random) {
        for moment in sender.from..sender.until {
            band.levels[moment * CHANNELS + sender.channel] += sender.level;
        }
    }
}

/// A level that three quarters of the channel's moments do not reach.
fn quiet(history: &[f32]) -> f32 {
    let mut bins = [0u32; 128];
    for &level in history {
        bins[(level as i32).clamp(0, 127) as usize] += 1;
    }
    let mut seen = 0;
    let reached = |count: &u32| {
        seen += count;
        seen as usize * 4 >= history.len() * 3
    };
    bins.iter().position(reached).unwrap_or(127) as f32
}

/// How often and for how many moments somebody was sending.
fn sendings(history: &[f32], quiet: f32) -> (u32, u32) {
    let (mut count, mut moments, mut on) = (0, 0, false);
    for &level in history {
        let now = if on { level > quiet + 3.0 } else { level > quiet + 6.0 };
        count += u32::from(now && !on);
        moments += u32::from(now);
        on = now;
    }
    (count, moments)
}

fn main() {
    let mut random = Random::new(88);
    let noise: Vec<f32> = (0..1 << 16).map(|_| 42.0 + 2.0 * random.unit() as f32).collect();
    let curve: Vec<f32> = (0..CHANNELS).map(|at| (at as f32 / 300.0).sin() * 4.0).collect();
    let mut band = Band::empty(MOMENTS, CHANNELS);
    let mut channels = Band::empty(CHANNELS, MOMENTS);
    let (mut heard, mut busy, mut loudest) = (0u64, 0u64, (0, 0));
    for _ in 0..40 {
        receive(&mut band, &noise, &mut random);
        band.flatten(&curve);
        band.by_channel(&mut channels);
        for channel in 0..CHANNELS {
            let history = channels.row(channel);
            let (count, moments) = sendings(history, quiet(history));
            heard += u64::from(count);
            busy += u64::from(moments);
            loudest = loudest.max((moments, channel));
        }
    }
    println!("{heard} sendings, {busy} moments, most on channel {}", loudest.1);
}
