//! Cleans old film: flicker is levelled, grain is smoothed by what the frames before and after
//! show, and scratches are found.

use truth::Random;

const WIDTH: usize = 960;
const HEIGHT: usize = 720;
const FRAMES: usize = 850;

/// Brightness, row by row.
type Frame = Vec<u8>;

fn frame(number: usize, grain: &[u8], random: &mut Random, frame: &mut [u8]) {
    let flicker = (random.number() % 24) as u8;
    for (y, row) in frame.chunks_exact_mut(WIDTH).enumerate() {
        let base = ((y / 6 + number * 2) % 120) as u8 / 2 + 60 + flicker;
        let grain = &grain[random.below(grain.len() - WIDTH)..][..WIDTH];
        for (pixel, grain) in row.iter_mut().zip(grain) {
            *pixel = base + grain;
        }
    }
    let scratch = random.below(WIDTH);
    frame.iter_mut().skip(scratch).step_by(WIDTH).for_each(|pixel| *pixel = 250);
}

fn mean(frame: &[u8]) -> u64 {
    let rows = frame.chunks_exact(WIDTH);
    let sums = rows.map(|row| row.iter().map(|&pixel| u32::from(pixel)).sum::<u32>());
    sums.map(u64::from).sum::<u64>() / frame.len() as u64
}

/// Makes a frame as bright as wanted.
fn level(frame: &mut [u8], wanted: u64) {
    let mean = mean(frame);
    if mean < wanted {
        let more = (wanted - mean).min(255) as u8;
        frame.iter_mut().for_each(|pixel| *pixel = pixel.saturating_add(more));
    } else {
        let less = (mean - wanted).min(255) as u8;
        frame.iter_mut().for_each(|pixel| *pixel = pixel.saturating_sub(less));
    }
}

/// The middle one of three brightnesses, pixel by pixel.
fn median(before: &[u8], now: &[u8], after: &[u8], out: &mut [u8]) {
    let frames = before.iter().zip(now).zip(after);
    for (out, ((&before, &now), &after)) in out.iter_mut().zip(frames) {
        *out = before.max(now).min(after).max(before.min(now));
    }
}

/// Each pixel with its neighbours in the rows above and below, weighted one, two, one.
fn smooth(frame: &[u8], out: &mut [u8]) {
    let rows = frame[..frame.len() - 2 * WIDTH].chunks_exact(WIDTH);
    let rows = rows.zip(frame[WIDTH..].chunks_exact(WIDTH));
    let rows = rows.zip(frame[2 * WIDTH..].chunks_exact(WIDTH));
    for (out, ((above, row), below)) in out[WIDTH..].chunks_exact_mut(WIDTH).zip(rows) {
        let pixels = above.iter().zip(row).zip(below);
        for (out, ((&above, &pixel), &below)) in out.iter_mut().zip(pixels) {
            let sum = u16::from(above) + 2 * u16::from(pixel) + u16::from(below);
            *out = ((sum + 2) >> 2) as u8;
        }
    }
}

/// How far two frames are apart, summed over all pixels.
fn difference(a: &[u8], b: &[u8]) -> u64 {
    let rows = a.chunks_exact(WIDTH).zip(b.chunks_exact(WIDTH));
    let row = |(a, b): (&[u8], &[u8])| {
        a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>()
    };
    rows.map(row).map(u64::from).sum()
}

/// Bytes that a frame would need in the archive: what each pixel differs from the one above it, in
/// as few bits as its frequency allows. Neighbours are counted apart, so that none waits for
/// another.
fn archived(frame: &[u8], counts: &mut [[u32; 256]; 4]) -> u64 {
    counts.iter_mut().for_each(|counts| counts.fill(0));
    let above = frame.chunks_exact(4);
    let below = frame[WIDTH..].chunks_exact(4);
    for (below, above) in below.zip(above) {
        for (at, counts) in counts.iter_mut().enumerate() {
            counts[usize::from(below[at].wrapping_sub(above[at]))] += 1;
        }
    }
    let pixels = (frame.len() - WIDTH) as f64;
    let bits = (0..256).map(|level| {
        let count = f64::from(counts.iter().map(|counts| counts[level]).sum::<u32>());
        if count > 0.0 { count * (pixels / count).log2() } else { 0.0 }
    });
    bits.sum::<f64>() as u64 / 8
}

/// Columns that are much brighter than the ones beside them, all the way down.
fn scratches(frame: &[u8], sums: &mut [u32]) -> usize {
    sums.fill(0);
    for row in frame.chunks_exact(WIDTH) {
        for (sum, &pixel) in sums.iter_mut().zip(row) {
            *sum += u32::from(pixel);
        }
    }
    let limit = 40 * HEIGHT as u32;
    sums.windows(3).filter(|sums| sums[1] > sums[0] + limit && sums[1] > sums[2] + limit).count()
}

fn main() {
    let mut random = Random::new(525);
    let grain: Vec<u8> = (0..1 << 16).map(|_| (random.number() & 15) as u8).collect();
    let mut frames: [Frame; 3] = std::array::from_fn(|_| vec![0; WIDTH * HEIGHT]);
    let (mut steady, mut smoothed) = (vec![0; WIDTH * HEIGHT], vec![0; WIDTH * HEIGHT]);
    let mut sums = vec![0; WIDTH];
    let mut counts = [[0; 256]; 4];
    let (mut found, mut left, mut taken, mut bytes) = (0, 0, 0, 0);
    for number in 0..FRAMES {
        frames.rotate_left(1);
        frame(number, &grain, &mut random, &mut frames[2]);
        found += scratches(&frames[2], &mut sums);
        level(&mut frames[2], 110);
        if number < 2 {
            continue;
        }
        let [before, now, after] = &frames;
        median(before, now, after, &mut steady);
        smooth(&steady, &mut smoothed);
        left += scratches(&smoothed, &mut sums);
        bytes += archived(&smoothed, &mut counts);
        taken += difference(now, &smoothed);
    }
    println!("{found} scratches, {left} of them left, {bytes} bytes");
    println!("{:.3} levels of grain taken", taken as f64 / (FRAMES * WIDTH * HEIGHT) as f64);
}
