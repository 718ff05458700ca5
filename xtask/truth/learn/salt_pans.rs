//! Salt pans from the air: pixels are made into one figure each, and what is white is counted.
//! Prints how much salt there is.

use truth::Random;

#[derive(Clone, Copy, Default)]
struct Pixel {
    red: u8,
    green: u8,
    blue: u8,
}

/// How white a pixel is.
fn white(pixels: &[Pixel], out: &mut [u8]) {
    for (pixel, out) in pixels.iter().zip(out) {
        let [red, green, blue] = [pixel.red, pixel.green, pixel.blue].map(u32::from);
        *out = ((red * 54 + green * 183 + blue * 19) >> 8) as u8;
    }
}

fn photograph(pixels: &mut [Pixel], random: &mut Random) {
    for two in pixels.chunks_mut(2) {
        let bits = random.number().to_le_bytes();
        for (pixel, bits) in two.iter_mut().zip(bits.chunks(3)) {
            *pixel = Pixel { red: bits[0], green: bits[1], blue: bits[2] };
        }
    }
}

fn main() {
    let mut random = Random::new(1_259);
    let mut pixels = vec![Pixel::default(); 1_000_000];
    let (mut out, mut salt) = (vec![0; pixels.len()], 0_u64);
    for _ in 0..150 {
        photograph(&mut pixels, &mut random);
        for _ in 0..3 {
            white(&pixels, &mut out);
            salt += out.iter().map(|byte| u64::from(*byte >> 7)).sum::<u64>();
        }
    }
    println!("{salt}");
}
