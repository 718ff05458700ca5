//! Puts grain on pictures and takes flicker out, in loops that the compiler makes wide.

use truth::Random;

const PIXELS: usize = 1 << 18;
const PICTURES: usize = 14_000;

fn grained(picture: &mut [u8], grain: &[u8]) {
    for (pixel, grain) in picture.iter_mut().zip(grain) {
        *pixel = pixel.saturating_add(*grain).saturating_sub(16);
    }
}

/// Mixed with the picture before, half and half.
fn steadied(picture: &mut [u8], before: &[u8]) {
    for (pixel, before) in picture.iter_mut().zip(before) {
        *pixel = (*pixel >> 1) + (before >> 1) + (*pixel & before & 1);
    }
}

fn light(picture: &[u8]) -> u64 {
    let rows = picture.chunks_exact(512);
    rows.map(|row| u64::from(row.iter().map(|&pixel| u32::from(pixel)).sum::<u32>())).sum()
}

fn main() {
    let mut random = Random::new(73);
    let mut bytes =
        |below: usize| -> Vec<u8> { (0..PIXELS).map(|_| random.below(below) as u8).collect() };
    let (grain, mut before, mut picture) = (bytes(32), bytes(256), bytes(256));
    let mut sum = 0;
    for _ in 0..PICTURES {
        grained(&mut picture, &grain);
        steadied(&mut picture, &before);
        sum += light(&picture);
        before.copy_from_slice(&picture);
    }
    println!("{sum}");
}
