//! A drawing of several layers, each pixel a word of opacity and three colours. Whenever a brush
//! has moved, all layers are laid over each other anew. Prints a sum of what is seen.

use truth::Random;

const WIDE: usize = 900;
const HIGH: usize = 600;

struct Layer {
    pixels: Vec<u32>,
}

impl Layer {
    fn filled(colour: u32) -> Layer {
        Layer { pixels: vec![colour; WIDE * HIGH] }
    }

    /// A dab of a round brush.
    fn dab(&mut self, x: usize, y: usize, colour: u32) {
        for row in y.saturating_sub(40)..(y + 40).min(HIGH) {
            for column in x.saturating_sub(40)..(x + 40).min(WIDE) {
                if row.abs_diff(y).pow(2) + column.abs_diff(x).pow(2) < 1_600 {
                    self.pixels[row * WIDE + column] = colour;
                }
            }
        }
    }
}

/// One word over another, as much of it as its opacity says.
fn over(above: u32, below: u32) -> u32 {
    let opacity = above >> 24;
    let mixed = |shift: u32| {
        let (above, below) = (above >> shift & 0xff, below >> shift & 0xff);
        (above * opacity + below * (255 - opacity)) / 255 << shift
    };
    0xff00_0000 | mixed(16) | mixed(8) | mixed(0)
}

fn seen(layers: &[Layer], canvas: &mut [u32]) {
    canvas.fill(0xffff_ffff);
    for layer in layers {
        for (pixel, above) in canvas.iter_mut().zip(&layer.pixels) {
            *pixel = over(*above, *pixel);
        }
    }
}

/// How often each of a few colours is on the canvas.
fn palette(canvas: &[u32], counts: &mut [u32; 64]) {
    for &pixel in canvas {
        counts[(pixel >> 6 & 3 | pixel >> 12 & 0xc | pixel >> 18 & 0x30) as usize] += 1;
    }
}

fn main() {
    let mut random = Random::new(1_874);
    let mut layers: Vec<Layer> = (0..4).map(|at| Layer::filled(at << 29 | at << 12)).collect();
    let (mut canvas, mut counts) = (vec![0; WIDE * HIGH], [0; 64]);
    for _ in 0..220 {
        let layer = random.below(layers.len());
        layers[layer].dab(random.below(WIDE), random.below(HIGH), random.number() as u32);
        seen(&layers, &mut canvas);
        palette(&canvas, &mut counts);
    }
    println!("{}", counts.iter().max().unwrap_or(&0));
}
