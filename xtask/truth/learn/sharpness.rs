//! Finds the sharpest of several pictures, and the light in them: a camera that focuses by trying.

use truth::Picture;

/// Brenner's measure: squared differences between pixels that are two apart.
fn sharpness(picture: &Picture) -> u64 {
    let mut sum = 0;
    for y in 0..picture.height() {
        for x in 2..picture.width() {
            let difference = i32::from(picture.pixel(x, y)) - i32::from(picture.pixel(x - 2, y));
            sum += (difference * difference) as u64;
        }
    }
    sum
}

/// How often each brightness occurs.
fn histogram(picture: &Picture) -> [u32; 256] {
    let mut counts = [0; 256];
    for y in 0..picture.height() {
        for &pixel in picture.row(y) {
            counts[usize::from(pixel)] += 1;
        }
    }
    counts
}

/// The brightness that parts light from dark best (Otsu).
fn threshold(counts: &[u32; 256]) -> u8 {
    let all: f64 = counts.iter().map(|&count| f64::from(count)).sum();
    let weighed = |(level, &count): (usize, &u32)| level as f64 * f64::from(count);
    let total: f64 = counts.iter().enumerate().map(weighed).sum();
    let (mut below, mut sum, mut best) = (0.0, 0.0, (0.0, 0));
    for (level, &count) in counts.iter().enumerate() {
        below += f64::from(count);
        sum += level as f64 * f64::from(count);
        let above = all - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let apart = sum / below - (total - sum) / above;
        let between = below * above * apart * apart;
        if between > best.0 {
            best = (between, level as u8);
        }
    }
    best.1
}

/// Runs of pixels that are lighter than the threshold, over all rows.
fn runs(picture: &Picture, threshold: u8) -> (usize, usize) {
    let (mut runs, mut longest) = (0, 0);
    for y in 0..picture.height() {
        let mut length = 0;
        for &pixel in picture.row(y) {
            if pixel > threshold {
                runs += usize::from(length == 0);
                length += 1;
                longest = longest.max(length);
            } else {
                length = 0;
            }
        }
    }
    (runs, longest)
}

fn main() {
    let pictures: Vec<Picture> =
        (0..6).map(|position| Picture::waves(1_280, 720, position)).collect();
    let mut best = (0, 0);
    for turn in 0..60 {
        for (position, picture) in pictures.iter().enumerate() {
            let sharpness = sharpness(picture);
            let threshold = threshold(&histogram(picture));
            let (runs, longest) = runs(picture, threshold);
            best = best.max((sharpness, position));
            if turn == 0 {
                println!("{position}: {sharpness}, light above {threshold}, {runs}, {longest}");
            }
        }
    }
    println!("sharpest {best:?}");
}
