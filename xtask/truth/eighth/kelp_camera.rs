//! A camera under water: frames get their red back, and kelp is counted in them.
//!
//! Water swallows red first, then green. A matrix mixes the channels anew, more of it in turbid
//! water; afterwards green blades are told from the rest and counted as connected regions.

use truth::Random;

const WIDTH: usize = 640;
const HEIGHT: usize = 480;
const FRAMES: usize = 560;
const TILE: usize = 32;

/// Red, green, blue, and what the sensor fills up with.
type Pixel = [u8; 4];

/// Parts of red, green and blue for each channel; a filter's paper has them in 64ths.
struct Mixture {
    parts: [[f32; 3]; 3],
    lift: f32,
}

impl Mixture {
    /// For water in which one sees so many metres.
    fn for_sight(metres: usize) -> Mixture {
        let strong = 12 - metres.min(11);
        let red = [1.0 + strong as f32 / 16.0, strong as f32 / 32.0, -0.25];
        let green = [-0.0625, 1.0 + strong as f32 / 64.0, 0.03125];
        let blue = [0.0, -0.125, 1.125];
        Mixture { parts: [red, green, blue], lift: 2.0 * strong as f32 }
    }
}

/// A frame as it comes: blades that sway, snow of particles, and noise.
fn frame(number: usize, random: &mut Random, pixels: &mut Vec<Pixel>) {
    pixels.clear();
    for y in 0..HEIGHT {
        let sway = ((number * 3 + y / 4) % 64) as i32 - 32;
        let dark = (y / 8) as i32;
        for x in (0..WIDTH).step_by(4) {
            let noise = random.number();
            let blade = (x as i32 + sway).rem_euclid(80) < 14 && (x / 80 * 37 + 90) % 300 < y;
            let [red, green, blue] = if blade { [38, 142, 70] } else { [30, 96, 150] };
            for quarter in 0..4 {
                let noise = (noise >> (quarter * 16)) as i32;
                let snow = if noise & 0xffff < 12 { 90 } else { 0 };
                let channel =
                    |value: i32, at: i32| (value + snow + (noise >> at & 15) - dark / 2) as u8;
                pixels.push([channel(red, 0), channel(green, 4), channel(blue, 8), 255]);
            }
        }
    }
}

/// Metres of sight, by how much neighbours differ in blue where nothing moves.
fn sight(pixels: &[Pixel]) -> usize {
    let top = &pixels[..WIDTH * 32];
    let differences = top.array_windows().map(|[a, b]| u32::from(a[2].abs_diff(b[2])));
    (differences.sum::<u32>() as usize / top.len()).clamp(1, 11)
}

fn restore(pixels: &mut [Pixel], mixture: &Mixture) {
    for pixel in pixels {
        let [red, green, blue, filled] = *pixel;
        let [red, green, blue] = [red, green, blue].map(f32::from);
        let mix = |parts: [f32; 3]| {
            (parts[0] * red + parts[1] * green + parts[2] * blue + mixture.lift + 0.5) as u8
        };
        let [red, green, blue] = mixture.parts.map(mix);
        *pixel = [red, green, blue, filled];
    }
}

/// Regions of green, by rows: a run takes the region of a run above that it touches.
fn blades(pixels: &[Pixel]) -> usize {
    let mut parents: Vec<u32> = Vec::new();
    let mut above: Vec<(usize, usize, u32)> = Vec::new();
    let mut large = Vec::new();
    for row in pixels.chunks_exact(WIDTH) {
        let mut runs = Vec::new();
        let mut x = 0;
        let mut next = 0;
        let is_green = |pixel: &Pixel| pixel[1] > pixel[2].saturating_add(16);
        while let Some(ahead) = row[x..].iter().position(is_green) {
            let begin = x + ahead;
            let length = row[begin..].iter().position(|pixel| !is_green(pixel));
            x = length.map_or(WIDTH, |length| begin + length);
            let own = parents.len() as u32;
            parents.push(own);
            large.push(x - begin);
            while next < above.len() && above[next].1 <= begin {
                next += 1;
            }
            let mut touching = next;
            while touching < above.len() && above[touching].0 < x {
                let (a, b) = (root(&mut parents, own), root(&mut parents, above[touching].2));
                if a != b {
                    parents[a.max(b) as usize] = a.min(b);
                    large[a.min(b) as usize] += large[a.max(b) as usize];
                }
                touching += 1;
            }
            runs.push((begin, x, own));
        }
        above = runs;
    }
    let is_blade = |&at: &usize| parents[at] as usize == at && large[at] > 400;
    (0..parents.len()).filter(is_blade).count()
}

fn root(parents: &mut [u32], mut region: u32) -> u32 {
    while parents[region as usize] != region {
        parents[region as usize] = parents[parents[region as usize] as usize];
        region = parents[region as usize];
    }
    region
}

/// The brightest and the darkest tile, by the sum of their channels.
fn tiles(pixels: &[Pixel]) -> (u32, u32) {
    let mut sums = vec![0_u32; (WIDTH / TILE) * (HEIGHT / TILE)];
    for (y, row) in pixels.chunks_exact(WIDTH).enumerate() {
        for (tile, part) in row.as_chunks::<TILE>().0.iter().enumerate() {
            let sum = part.iter().map(|p| u32::from(p[0]) + u32::from(p[1]) + u32::from(p[2]));
            sums[y / TILE * (WIDTH / TILE) + tile] += sum.sum::<u32>();
        }
    }
    (sums.iter().copied().max().unwrap_or(0), sums.iter().copied().min().unwrap_or(0))
}

fn main() {
    let mut random = Random::new(807);
    let mut pixels = Vec::new();
    let mut seen = 0;
    let mut contrast = 0_u64;
    let mut metres = [0; 12];
    for number in 0..FRAMES {
        frame(number, &mut random, &mut pixels);
        let sight = sight(&pixels);
        metres[sight] += 1;
        restore(&mut pixels, &Mixture::for_sight(sight));
        seen += blades(&pixels);
        let (bright, dark) = tiles(&pixels);
        contrast += u64::from(bright - dark);
    }
    println!("{seen} blades in {FRAMES} frames, contrast {contrast}");
    println!("frames by metres of sight: {metres:?}");
}
