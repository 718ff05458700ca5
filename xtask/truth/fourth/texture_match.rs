//! Says of which material each part of a picture is, by the patterns of light and dark around its
//! pixels.

use truth::{Picture, Random};

const PICTURES: u64 = 36;
const WIDTH: usize = 1600;
const HEIGHT: usize = 1200;
/// Pixels on each side of a part.
const PART: usize = 32;
const MATERIALS: usize = 400;

/// How often each pattern occurs.
type Counts = [i16; 256];

/// Neighbours of a pixel, in a circle, and the pixel itself in their middle.
const AROUND: [(usize, usize); 8] =
    [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)];

struct Material {
    name: String,
    counts: Counts,
}

/// One bit for each neighbour: is it as light as the pixel?
fn pattern(picture: &Picture, x: usize, y: usize) -> usize {
    let centre = picture.pixel(x, y);
    AROUND.iter().fold(0, |pattern, &(right, down)| {
        let lighter = picture.pixel(x + right - 1, y + down - 1) >= centre;
        pattern << 1 | usize::from(lighter)
    })
}

fn patterns(picture: &Picture, left: usize, top: usize) -> Counts {
    let mut counts = [0; 256];
    for y in top..top + PART {
        for x in left..left + PART {
            counts[pattern(picture, x, y)] += 1;
        }
    }
    counts
}

/// Pixels whose patterns both have.
fn common(a: &Counts, b: &Counts) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a.min(b))).sum()
}

fn likeliest(materials: &[Material], counts: &Counts) -> (i32, usize) {
    let common = materials.iter().map(|material| common(&material.counts, counts));
    common.zip(0..).max_by_key(|&(common, at)| (common, std::cmp::Reverse(at))).unwrap_or_default()
}

/// A catalogue, in which no two materials have the same patterns.
fn catalogue() -> Vec<Material> {
    let mut random = Random::new(5);
    let mut material = |number| {
        let mut counts = [0; 256];
        for _ in 0..PART * PART {
            let pattern = match random.below(3) {
                0 => random.below(256),
                1 => random.skewed(256),
                _ => (number * 7 + random.below(16)) % 256,
            };
            counts[pattern] += 1;
        }
        Material { name: truth::word(number), counts }
    };
    (0..MATERIALS).map(&mut material).collect()
}

/// The lightest row, as a check of the exposure.
fn lightest(picture: &Picture) -> usize {
    let light = |y| picture.row(y).iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
    (0..picture.height()).max_by_key(|&y| light(y)).unwrap_or(0)
}

fn main() {
    let materials = catalogue();
    let mut parts = vec![0; MATERIALS];
    let mut certainty = 0;
    let mut rows = 0;
    for number in 0..PICTURES {
        let picture = Picture::waves(WIDTH, HEIGHT, 40 + number);
        rows += lightest(&picture);
        for top in (1..picture.height() - PART).step_by(PART) {
            for left in (1..picture.width() - PART).step_by(PART) {
                let (common, material) = likeliest(&materials, &patterns(&picture, left, top));
                parts[material] += 1;
                certainty += i64::from(common);
            }
        }
    }
    let frequent = (0..MATERIALS).max_by_key(|&material| parts[material]).unwrap_or(0);
    println!("mostly {}: {} parts", materials[frequent].name, parts[frequent]);
    println!("{certainty} pixels in common, rows {rows}");
}
