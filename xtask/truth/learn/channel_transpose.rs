//! Reads a recorder's file moment by moment and writes it channel by channel, finds the peaks of
//! each channel, and stacks neighbours.

use truth::Random;

const CHANNELS: usize = 1_024;
const MOMENTS: usize = 2_048;

fn recording() -> Vec<f32> {
    let mut random = Random::new(151);
    let mut values = Vec::with_capacity(CHANNELS * MOMENTS);
    for moment in 0..MOMENTS {
        let wave = (moment as f32 / 40.0).sin();
        values.extend((0..CHANNELS).map(|_| wave + random.unit() as f32));
    }
    values
}

fn by_channel(moments: &[f32], channels: &mut [f32]) {
    for moment in 0..MOMENTS {
        for channel in 0..CHANNELS {
            channels[channel * MOMENTS + moment] = moments[moment * CHANNELS + channel];
        }
    }
}

/// Moments at which a channel is higher than its neighbours and a level.
fn peaks(channel: &[f32], level: f32) -> usize {
    channel
        .windows(3)
        .filter(|three| three[1] > level && three[1] > three[0] && three[1] >= three[2])
        .count()
}

/// Adds a channel to the sum of its neighbours.
fn stack(channel: &[f32], sum: &mut [f32]) {
    for (sum, value) in sum.iter_mut().zip(channel) {
        *sum = *sum * 0.75 + value * 0.25;
    }
}

fn main() {
    let moments = recording();
    let mut channels = vec![0.0; moments.len()];
    let mut sum = vec![0.0; MOMENTS];
    let mut found = 0;
    for file in 0..60 {
        by_channel(&moments, &mut channels);
        for channel in channels.chunks_exact(MOMENTS) {
            found += peaks(channel, 1.5 + file as f32 / 200.0);
            found += peaks(channel, 1.9 - file as f32 / 200.0);
            stack(channel, &mut sum);
        }
    }
    println!("{found} peaks, {:.4}", sum[MOMENTS / 2]);
}
