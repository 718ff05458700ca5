//! Lays the restorer's drawing over photographs of a fresco: each photograph is brightened, the
//! drawing is blended in by its opacity, and the outcome is compared with last year's. Prints how
//! much of the plaster has changed.

use truth::Random;

const WIDE: usize = 1_280;
const HIGH: usize = 800;
const PHOTOGRAPHS: usize = 90;

/// Three bytes for each pixel.
struct Photograph {
    bytes: Vec<u8>,
}

/// A drawing has an opacity for each pixel besides its colour.
struct Drawing {
    bytes: Vec<u8>,
    opacity: Vec<u8>,
}

fn photograph(random: &mut Random) -> Photograph {
    let mut bytes = vec![0; WIDE * HIGH * 3];
    for (at, eight) in bytes.as_chunks_mut().0.iter_mut().enumerate() {
        let shade = 0x1010_1010_1010_1010_u64 * (at as u64 / 2_000 % 8);
        *eight = (shade + (random.number() & 0x3f3f_3f3f_3f3f_3f3f)).to_le_bytes();
    }
    Photograph { bytes }
}

fn drawing(random: &mut Random) -> Drawing {
    let bytes = (0..WIDE * HIGH * 3).map(|at| (at / 300) as u8).collect();
    let opacity = (0..WIDE * HIGH).map(|at| (at / 900 % 200 + random.below(50)) as u8).collect();
    Drawing { bytes, opacity }
}

/// Makes a photograph lighter, and lays the drawing over it.
fn overlay(photograph: &Photograph, drawing: &Drawing, light: f32, blended: &mut [u8]) {
    let pixels = photograph.bytes.chunks_exact(3).zip(drawing.bytes.chunks_exact(3));
    let pixels = pixels.zip(&drawing.opacity).zip(blended.chunks_exact_mut(3));
    for (((photograph, drawing), &opacity), blended) in pixels {
        let opacity = f32::from(opacity) / 255.0;
        for channel in 0..3 {
            let below = f32::from(photograph[channel]) * light;
            let above = f32::from(drawing[channel]);
            blended[channel] = (below * (1.0 - opacity) + above * opacity + 0.5) as u8;
        }
    }
}

/// How often each brightness occurs, in each of the colours.
fn brightness(photograph: &Photograph) -> [[u32; 256]; 3] {
    let mut counts = [[0; 256]; 3];
    for &[red, green, blue] in photograph.bytes.as_chunks().0 {
        counts[0][usize::from(red)] += 1;
        counts[1][usize::from(green)] += 1;
        counts[2][usize::from(blue)] += 1;
    }
    counts
}

/// The brightness below which a half of the pixels lies.
fn median(counts: &[u32; 256]) -> usize {
    let mut below = 0;
    let above_half = |&count: &u32| {
        below += count as usize;
        below > WIDE * HIGH / 2
    };
    counts.iter().position(above_half).unwrap_or(255)
}

/// How far two pictures differ, by rows of blocks.
fn differences(now: &[u8], before: &[u8]) -> Vec<u32> {
    let blocks = now.chunks(WIDE * 3 * 8).zip(before.chunks(WIDE * 3 * 8));
    blocks
        .map(|(now, before)| {
            now.iter().zip(before).map(|(now, before)| u32::from(now.abs_diff(*before))).sum()
        })
        .collect()
}

fn main() {
    let mut random = Random::new(1_512);
    let drawing = drawing(&mut random);
    let mut blended = vec![0; WIDE * HIGH * 3];
    let mut before = vec![0; WIDE * HIGH * 3];
    let (mut level, mut changed) = (0.0, 0.0);
    for number in 0..PHOTOGRAPHS {
        let photograph = photograph(&mut random);
        let [red, green, blue] = brightness(&photograph).map(|counts| median(&counts));
        let light = 110.0 / (red + green + blue).max(60) as f32 * 3.0;
        overlay(&photograph, &drawing, light.min(1.4), &mut blended);
        let sum: u64 = blended.iter().map(|&byte| u64::from(byte)).sum();
        level += sum as f64 / blended.len() as f64;
        if number > 0 {
            let differences = differences(&blended, &before);
            let most = differences.iter().max().copied().unwrap_or(0);
            changed += f64::from(most) / (WIDE * 3 * 8) as f64;
        }
        std::mem::swap(&mut blended, &mut before);
    }
    let photographs = PHOTOGRAPHS as f64;
    println!("level {:.0}, changed by {:.0} at most", level / photographs, changed / photographs);
}
