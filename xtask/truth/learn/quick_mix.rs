//! Mixes the tracks of a song, with a gain for each, and looks how loud the mix becomes. Tracks are
//! added block by block, so that a block of the mix stays near.

use truth::Random;

fn add(mix: &mut [f32], track: &[f32], gain: f32) {
    for (mix, sample) in mix.iter_mut().zip(track) {
        *mix += sample * gain;
    }
}

fn peak(mix: &[f32]) -> f32 {
    let mut peaks = [0.0f32; 16];
    let (parts, rest) = mix.as_chunks::<16>();
    for part in parts {
        for (peak, sample) in peaks.iter_mut().zip(part) {
            *peak = peak.max(sample.abs());
        }
    }
    peaks.iter().chain(rest).fold(0.0, |most, sample| most.max(sample.abs()))
}

fn main() {
    let mut random = Random::new(31);
    let track = |random: &mut Random| -> Vec<f32> {
        (0..500_000).map(|_| random.unit() as f32 - 0.5).collect()
    };
    let tracks: Vec<Vec<f32>> = (0..12).map(|_| track(&mut random)).collect();
    let mut mix = vec![0.0; tracks[0].len()];
    let mut loudest: f32 = 0.0;
    for round in 0..400 {
        for (at, block) in mix.chunks_mut(4_096).enumerate() {
            block.fill(0.0);
            for (number, track) in tracks.iter().enumerate() {
                let gain = ((round * 7 + number) % 13) as f32 / 13.0;
                add(block, &track[at * 4_096..][..block.len()], gain);
            }
            loudest = loudest.max(peak(block));
        }
    }
    println!("{loudest:.4}, {:.4}", mix[99]);
}
