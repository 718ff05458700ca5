//! Slides that have faded, scanned and brightened again: each by a curve of its own. Prints how
//! bright they have become.

use truth::Random;

const BYTES: usize = 1_200_000;

/// A slide's brightness by a curve.
fn brightened(slide: &mut [u8], gamma: f32) {
    for byte in slide {
        let light = f32::from(*byte) / 255.0;
        *byte = (light.powf(gamma) * 255.0 + 0.5) as u8;
    }
}

fn scanned(slide: &mut [u8], random: &mut Random) {
    for eight in slide.as_chunks_mut::<8>().0 {
        *eight = random.number().to_le_bytes();
    }
}

/// Dust: bytes that are far from the mean of those around.
fn dust(slide: &[u8]) -> usize {
    let far = |nine: &&[u8]| {
        let sum: u32 = nine.iter().map(|byte| u32::from(*byte)).sum();
        (sum / 9).abs_diff(u32::from(nine[4])) > 100
    };
    slide.windows(9).filter(far).count()
}

fn main() {
    let mut random = Random::new(1_935);
    let mut slide = vec![0; BYTES];
    let (mut light, mut specks) = (0_u64, 0);
    for number in 0..180 {
        scanned(&mut slide, &mut random);
        specks += dust(&slide);
        brightened(&mut slide, 0.4 + number as f32 / 100.0);
        light += slide.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    }
    println!("{light} {specks}");
}
