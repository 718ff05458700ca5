//! Plays a recording of several channels: reads its samples, turns channels up and down by a matrix
//! of gains, and measures how loud the result is.

use truth::Random;

struct Header {
    channels: usize,
    rate: u32,
}

fn file(frames: usize, channels: usize) -> (Header, Vec<u8>) {
    let mut random = Random::new(161);
    let bytes = (0..frames * channels).flat_map(|_| (random.number() as i16).to_le_bytes());
    (Header { channels, rate: 48_000 }, bytes.collect())
}

fn decode(bytes: &[u8], samples: &mut Vec<f32>) {
    samples.clear();
    let pairs = bytes.chunks_exact(2);
    samples.extend(pairs.map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0));
}

fn gains(channels: usize) -> Vec<f32> {
    let gain = |row: usize, column: usize| match row.abs_diff(column) {
        0 => 0.75,
        1 => 0.125,
        _ => 0.0078,
    };
    (0..channels * channels).map(|at| gain(at / channels, at % channels)).collect()
}

fn mix(header: &Header, gains: &[f32], samples: &[f32], out: &mut Vec<f32>) {
    let channels = header.channels;
    out.clear();
    for frame in samples.chunks_exact(channels) {
        for row in gains.chunks_exact(channels) {
            let mut sum = 0.0;
            for (gain, sample) in row.iter().zip(frame) {
                sum += gain * sample;
            }
            out.push(sum);
        }
    }
}

/// The loudest sample and the number of those that would clip.
fn meter(samples: &[f32]) -> (f32, usize) {
    let mut loudest = 0.0f32;
    let mut clipped = 0;
    for sample in samples {
        loudest = loudest.max(sample.abs());
        clipped += usize::from(sample.abs() >= 1.0);
    }
    (loudest, clipped)
}

fn encode(samples: &[f32], bytes: &mut Vec<u8>) {
    bytes.clear();
    for sample in samples {
        let value = (sample.clamp(-1.0, 1.0) * 32_767.0) as i16;
        bytes.extend_from_slice(&value.to_le_bytes());
    }
}

fn main() {
    // As the file's header says.
    let channels = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(6);
    let (header, bytes) = file(200_000, channels);
    let gains = gains(header.channels);
    let (mut samples, mut out, mut encoded) = (Vec::new(), Vec::new(), Vec::new());
    let (mut loudest, mut clipped) = (0.0f32, 0);
    for buffer in 0..160 {
        decode(&bytes, &mut samples);
        mix(&header, &gains, &samples, &mut out);
        if buffer % 4 == 0 {
            let (peak, over) = meter(&out);
            loudest = loudest.max(peak);
            clipped += over;
        }
        encode(&out, &mut encoded);
    }
    let seconds = samples.len() / header.channels / header.rate as usize;
    println!("{seconds} s, loudest {loudest}, {clipped} clipped, {} bytes", encoded.len());
}
