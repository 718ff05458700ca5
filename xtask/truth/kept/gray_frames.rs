//! Watches a camera: turns each frame to gray, compares it with the one before, and says where
//! something moves.

use truth::Random;

const WIDTH: usize = 640;
const HEIGHT: usize = 480;

#[derive(Clone, Copy)]
struct Pixel {
    red: u8,
    green: u8,
    blue: u8,
}

fn frame(random: &mut Random, at: usize) -> Vec<Pixel> {
    let noise: Vec<u8> = (0..1_024).map(|_| (random.number() % 8) as u8).collect();
    (0..WIDTH * HEIGHT)
        .map(|place| {
            let (x, y) = (place % WIDTH, place / WIDTH);
            let moves = x.abs_diff(at * 9 % WIDTH) < 30 && y.abs_diff(200) < 40;
            let noise = noise[(place * 7 + at) % 1_024];
            let light = if moves { 200 } else { 60 + (x / 16) as u8 };
            Pixel { red: light + noise, green: light / 2 + noise, blue: 255 - light }
        })
        .collect()
}

fn luma(pixel: Pixel) -> u8 {
    let red = 0.2126 * f64::from(pixel.red);
    let green = 0.7152 * f64::from(pixel.green);
    let blue = 0.0722 * f64::from(pixel.blue);
    (red + green + blue).round() as u8
}

fn gray(frame: &[Pixel]) -> Vec<u8> {
    frame.iter().map(|&pixel| luma(pixel)).collect()
}

/// Sums of differences for blocks of pixels.
fn changes(now: &[u8], before: &[u8]) -> Vec<u32> {
    const BLOCK: usize = 16;
    let mut sums = vec![0; WIDTH / BLOCK * (HEIGHT / BLOCK)];
    for y in 0..HEIGHT {
        let rows = now[y * WIDTH..][..WIDTH].chunks(BLOCK);
        let others = before[y * WIDTH..][..WIDTH].chunks(BLOCK);
        let sums = &mut sums[y / BLOCK * (WIDTH / BLOCK)..];
        for ((block, other), sum) in rows.zip(others).zip(sums) {
            *sum += block.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
        }
    }
    sums
}

/// Packs a frame's differences to the one before: runs of nothing, then what differs.
fn pack(now: &[u8], before: &[u8], packed: &mut Vec<u8>) {
    packed.clear();
    let mut same = 0u8;
    for (now, before) in now.iter().zip(before) {
        let difference = now.wrapping_sub(*before);
        if difference.wrapping_add(4) < 8 && same < 255 {
            same += 1;
        } else {
            packed.extend_from_slice(&[same, difference]);
            same = 0;
        }
    }
}

/// The largest connected area of blocks that changed.
fn largest_area(changes: &[u32], least: u32) -> usize {
    let width = WIDTH / 16;
    let mut open: Vec<bool> = changes.iter().map(|&change| change > least).collect();
    let (mut largest, mut stack) = (0, Vec::new());
    for start in 0..open.len() {
        let mut area = 0;
        stack.push(start);
        while let Some(at) = stack.pop() {
            if !std::mem::take(&mut open[at]) {
                continue;
            }
            area += 1;
            let (x, y) = (at % width, at / width);
            stack.extend((x > 0).then(|| at - 1));
            stack.extend((x + 1 < width).then_some(at + 1));
            stack.extend((y > 0).then(|| at - width));
            stack.extend((at + width < open.len()).then_some(at + width));
        }
        largest = largest.max(area);
    }
    largest
}

fn main() {
    let mut random = Random::new(111);
    let frames: Vec<Vec<Pixel>> = (0..12).map(|at| frame(&mut random, at)).collect();
    let (mut areas, mut alarms, mut bytes) = (0, 0, 0);
    let mut packed = Vec::new();
    let mut before = vec![0; WIDTH * HEIGHT];
    for at in 0..900 {
        let now = gray(&frames[at % frames.len()]);
        let area = largest_area(&changes(&now, &before), 400);
        areas += area;
        alarms += usize::from(area > 20);
        pack(&now, &before, &mut packed);
        bytes += packed.len();
        before = now;
    }
    println!("{areas} blocks moved, {alarms} alarms, {bytes} bytes");
}
