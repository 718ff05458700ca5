//! Where could vines grow? Scores each cell of a valley by its slope, its side, its frost, its soil
//! and its water, and looks for the largest fields of good cells. Layers and their weights are
//! chosen at run time.

use truth::Random;

const SIDE: usize = 900;
const SEASONS: usize = 80;

struct Raster {
    heights: Vec<f32>,
    soils: Vec<u8>,
}

impl Raster {
    fn height(&self, row: usize, column: usize) -> f32 {
        assert!(row < SIDE && column < SIDE, "row {row}, column {column} is no cell of the raster");
        self.heights[row * SIDE + column]
    }

    fn soil(&self, row: usize, column: usize) -> u8 {
        assert!(row < SIDE && column < SIDE, "row {row}, column {column} is no cell of the raster");
        self.soils[row * SIDE + column]
    }
}

/// Something that makes a cell better or worse.
trait Layer {
    fn at(&self, raster: &Raster, row: usize, column: usize) -> f32;
}

/// Steep enough that cold air flows off.
struct Slope;

impl Layer for Slope {
    fn at(&self, raster: &Raster, row: usize, column: usize) -> f32 {
        let east = raster.height(row, (column + 1).min(SIDE - 1));
        let south = raster.height((row + 1).min(SIDE - 1), column);
        let here = raster.height(row, column);
        ((east - here).abs() + (south - here).abs()).min(1.0)
    }
}

/// Turned to the sun.
struct Side {
    south: f32,
}

impl Layer for Side {
    fn at(&self, raster: &Raster, row: usize, column: usize) -> f32 {
        let north = raster.height(row.saturating_sub(1), column);
        let south = raster.height((row + 1).min(SIDE - 1), column);
        (self.south * (north - south)).clamp(-1.0, 1.0)
    }
}

/// Above the lake of cold air.
struct Frost {
    level: f32,
}

impl Layer for Frost {
    fn at(&self, raster: &Raster, row: usize, column: usize) -> f32 {
        (raster.height(row, column) - self.level).clamp(-2.0, 1.0)
    }
}

struct Soil {
    merits: [f32; 8],
}

impl Layer for Soil {
    fn at(&self, raster: &Raster, row: usize, column: usize) -> f32 {
        self.merits[usize::from(raster.soil(row, column) % 8)]
    }
}

fn scores(raster: &Raster, layers: &[(f32, Box<dyn Layer>)]) -> Vec<f32> {
    let mut scores = Vec::with_capacity(SIDE * SIDE);
    for row in 0..SIDE {
        for column in 0..SIDE {
            let mut score = 0.0;
            for (weight, layer) in layers {
                score += weight * layer.at(raster, row, column);
            }
            scores.push(score);
        }
    }
    scores
}

/// The cells of the largest field of good cells that touch each other.
fn largest_field(scores: &[f32], enough: f32) -> usize {
    let mut open: Vec<bool> = scores.iter().map(|&score| score > enough).collect();
    let (mut largest, mut stack) = (0, Vec::new());
    for start in 0..open.len() {
        if !open[start] {
            continue;
        }
        open[start] = false;
        stack.push(start);
        let mut cells = 0;
        while let Some(at) = stack.pop() {
            cells += 1;
            let column = at % SIDE;
            let west = (column > 0).then(|| at - 1);
            let east = (column + 1 < SIDE).then_some(at + 1);
            let near = [at.checked_sub(SIDE), west, east, Some(at + SIDE)];
            for near in near.into_iter().flatten().filter(|&near| near < SIDE * SIDE) {
                if open[near] {
                    open[near] = false;
                    stack.push(near);
                }
            }
        }
        largest = largest.max(cells);
    }
    largest
}

fn main() {
    let mut random = Random::new(1_855);
    let mut heights = vec![0.0_f32; SIDE * SIDE];
    for (at, height) in heights.iter_mut().enumerate() {
        let (row, column) = ((at / SIDE) as f32, (at % SIDE) as f32);
        *height = (row * 0.011).sin() * 3.0 + (column * 0.017).cos() * 2.0;
        *height += (row * 0.13 + column * 0.07).sin() * 0.5 + random.unit() as f32 * 0.05;
    }
    let soils = (0..SIDE * SIDE).map(|at| (at / 7_000 + random.below(2)) as u8).collect();
    let raster = Raster { heights, soils };
    for season in 0..SEASONS {
        let mut merits = [0.0; 8];
        merits.fill_with(|| random.unit() as f32);
        let layers: Vec<(f32, Box<dyn Layer>)> = vec![
            (0.8, Box::new(Slope)),
            (0.9, Box::new(Side { south: 2.0 + season as f32 / 20.0 })),
            (0.6, Box::new(Frost { level: -1.0 + random.unit() as f32 })),
            (0.5, Box::new(Soil { merits })),
        ];
        let scores = scores(&raster, &layers);
        let best = scores.iter().fold(f32::MIN, |best, &score| best.max(score));
        let [good, excellent] = [0.45, 0.65].map(|share| largest_field(&scores, best * share));
        println!("season {season}: best {best:.3}, fields {good} and {excellent}");
    }
}
