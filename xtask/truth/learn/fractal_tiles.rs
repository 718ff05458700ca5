//! Draws tiles of a fractal at several depths, as a map server does, colours them, and packs them
//! by runs of equal pixels.

struct View {
    left: f64,
    top: f64,
    step: f64,
    limit: u16,
}

const SIZE: usize = 256;

fn escape(x: f64, y: f64, limit: u16) -> u16 {
    let (mut a, mut b) = (0.0, 0.0);
    for step in 0..limit {
        let (aa, bb) = (a * a, b * b);
        if aa + bb > 4.0 {
            return step;
        }
        b = 2.0 * a * b + y;
        a = aa - bb + x;
    }
    limit
}

fn draw(view: &View, pixels: &mut Vec<u16>) {
    pixels.clear();
    for row in 0..SIZE {
        let y = view.top + row as f64 * view.step;
        for column in 0..SIZE {
            let x = view.left + column as f64 * view.step;
            pixels.push(escape(x, y, view.limit));
        }
    }
}

/// A palette that goes round.
fn palette() -> Vec<[u8; 3]> {
    (0..256)
        .map(|at| {
            let wave = |phase: f64| {
                let angle = f64::from(at) / 256.0 * std::f64::consts::TAU + phase;
                (angle.sin() * 127.0 + 128.0) as u8
            };
            [wave(0.0), wave(2.1), wave(4.2)]
        })
        .collect()
}

fn colour(pixels: &[u16], limit: u16, palette: &[[u8; 3]], image: &mut Vec<u8>) {
    image.clear();
    for &pixel in pixels {
        let colour = if pixel == limit { [0; 3] } else { palette[usize::from(pixel) % 256] };
        image.extend_from_slice(&colour);
    }
}

/// Runs of equal pixels: a length and three bytes each.
fn pack(image: &[u8], packed: &mut Vec<u8>) {
    packed.clear();
    let mut pixels = image.chunks_exact(3);
    let Some(mut current) = pixels.next() else { return };
    let mut length = 1u8;
    for pixel in pixels {
        if pixel == current && length < 255 {
            length += 1;
        } else {
            packed.push(length);
            packed.extend_from_slice(current);
            (current, length) = (pixel, 1);
        }
    }
    packed.push(length);
    packed.extend_from_slice(current);
}

fn main() {
    let palette = palette();
    let (mut pixels, mut image, mut packed) = (Vec::new(), Vec::new(), Vec::new());
    let mut bytes = 0;
    for depth in 0..5u32 {
        let tiles = 1 << depth;
        let width = 3.0 / f64::from(tiles);
        for tile in 0..tiles * tiles {
            let view = View {
                left: -2.25 + f64::from(tile % tiles) * width,
                top: -1.5 + f64::from(tile / tiles) * width,
                step: width / SIZE as f64,
                limit: 48,
            };
            draw(&view, &mut pixels);
            colour(&pixels, view.limit, &palette, &mut image);
            pack(&image, &mut packed);
            bytes += packed.len();
        }
        println!("depth {depth}: {bytes} bytes so far");
    }
}
