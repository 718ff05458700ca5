//! Prepares scanned posters for a printer whose paper comes sideways: levels are stretched, pages
//! are turned by a quarter, and colours become ink with a dither.

use truth::Random;

const WIDTH: usize = 2048;
const HEIGHT: usize = 3072;
const POSTERS: u64 = 6;

/// Pixels of four bytes, row by row.
struct Page {
    pixels: Vec<[u8; 4]>,
    width: usize,
    height: usize,
}

fn scan(random: &mut Random) -> Page {
    let mut pixels = Vec::with_capacity(WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        let row = random.number();
        for x in 0..WIDTH {
            let wave = (x * 7 / 64 + y * 3 / 64) as u8;
            let noise = (row.rotate_left(x as u32 % 61) & 15) as u8;
            pixels.push([wave / 2 + noise, wave / 3 + 40 + noise, 90 + noise, 255]);
        }
    }
    Page { pixels, width: WIDTH, height: HEIGHT }
}

impl Page {
    /// The darkest and the lightest green.
    fn range(&self) -> (u8, u8) {
        self.pixels
            .iter()
            .fold((255, 0), |(low, high), pixel| (u8::min(low, pixel[1]), u8::max(high, pixel[1])))
    }

    /// Stretches all levels, so that the darkest becomes black and the lightest white.
    fn stretch(&mut self) {
        let (low, high) = self.range();
        let span = u32::from(high.saturating_sub(low).max(1));
        let mut table = [0; 256];
        for (level, out) in (0..).zip(&mut table) {
            *out = (u32::from(u8::saturating_sub(level, low)) * 255 / span).min(255) as u8;
        }
        for pixel in &mut self.pixels {
            for level in &mut pixel[..3] {
                *level = table[usize::from(*level)];
            }
        }
    }

    /// Turned by a quarter, clockwise.
    fn turned(&self) -> Page {
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for x in 0..self.width {
            for y in (0..self.height).rev() {
                pixels.push(self.pixels[y * self.width + x]);
            }
        }
        Page { pixels, width: self.height, height: self.width }
    }
}

/// Dots of black ink, with what was rounded handed on to the right and to the row below.
fn dots(page: &Page) -> Vec<u8> {
    let mut dots = vec![0; page.pixels.len()];
    let mut below = vec![0_i32; page.width + 2];
    for (pixels, dots) in page.pixels.chunks(page.width).zip(dots.chunks_mut(page.width)) {
        let mut carried = 0;
        for (x, (pixel, dot)) in pixels.iter().zip(dots).enumerate() {
            let [red, green, blue, _] = pixel.map(i32::from);
            let gray = (red * 2 + green * 5 + blue) / 8;
            let wanted = gray + carried + below[x + 1];
            *dot = u8::from(wanted < 128);
            let error = wanted - if *dot == 1 { 0 } else { 255 };
            carried = error / 2;
            below[x + 1] = error / 4;
            below[x] += error / 8;
        }
    }
    dots
}

/// Strokes of the head: how often a row of dots goes from paper to ink.
fn strokes(dots: &[u8]) -> usize {
    dots.windows(2).filter(|pair| pair[0] < pair[1]).count()
}

fn main() {
    let mut random = Random::new(507);
    let (mut ink, mut starts) = (0_usize, 0);
    for number in 0..POSTERS {
        let mut page = scan(&mut random);
        page.stretch();
        let page = page.turned();
        let dots = dots(&page);
        let black: usize = dots.chunks(255).map(|dots| usize::from(dots.iter().sum::<u8>())).sum();
        let strokes = strokes(&dots);
        println!("poster {number}: {black} dots in {strokes} strokes, {} rows", page.height);
        ink += black;
        starts += strokes;
    }
    println!("{ink} dots, {starts} strokes");
}
