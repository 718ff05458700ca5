//! Sorts seeds on a belt by their pictures: each is cut out, its measures are taken, and a small
//! network that was trained elsewhere says what it is.

use truth::{Picture, Random};

const SIDE: usize = 24;
const INPUTS: usize = SIDE * SIDE;
const HIDDEN: usize = 64;
const KINDS: usize = 12;
const BATCH: usize = 128;
/// Places at which a seed is cut out, of which the sharpest is taken.
const SHIFTS: usize = 5;

struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    fn new(rows: usize, columns: usize) -> Matrix {
        Matrix { rows, columns, values: vec![0.0; rows * columns] }
    }

    fn random(rows: usize, columns: usize, random: &mut Random) -> Matrix {
        let scale = 2.0 / (rows as f32).sqrt();
        let value = |_| (random.unit() as f32 - 0.5) * scale;
        Matrix { rows, columns, values: (0..rows * columns).map(value).collect() }
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..][..self.columns]
    }

    fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.columns..][..self.columns]
    }
}

/// A layer of the network.
struct Layer {
    weights: Matrix,
    bias: Vec<f32>,
}

impl Layer {
    fn random(inputs: usize, outputs: usize, random: &mut Random) -> Layer {
        let bias = (0..outputs).map(|_| random.unit() as f32 * 0.1 - 0.05).collect();
        Layer { weights: Matrix::random(inputs, outputs, random), bias }
    }

    fn forward(&self, inputs: &Matrix, outputs: &mut Matrix) {
        for row in 0..inputs.rows {
            let input = inputs.row(row);
            for column in 0..self.weights.columns {
                let mut sum = 0.0;
                for (at, value) in input.iter().enumerate() {
                    sum += value * self.weights.values[at * self.weights.columns + column];
                }
                outputs.values[row * outputs.columns + column] = sum + self.bias[column];
            }
        }
    }
}

fn rectify(matrix: &mut Matrix) {
    for value in &mut matrix.values {
        *value = value.max(0.0);
    }
}

/// A seed's pixels after the light of the belt is taken away, all of them about as bright.
fn cut_out(picture: &Picture, left: usize, top: usize, input: &mut [f32]) {
    let mut bins = [0u32; 256];
    for y in 0..SIDE {
        for &pixel in &picture.row(top + y)[left..left + SIDE] {
            bins[usize::from(pixel)] += 1;
        }
    }
    // The brightness that a pixel has by its rank, so that shadows do not matter.
    let mut ranks = [0.0; 256];
    let mut below = 0;
    for (rank, count) in ranks.iter_mut().zip(bins) {
        *rank = (below as f32 + count as f32 / 2.0) / INPUTS as f32 - 0.5;
        below += count;
    }
    for (y, row) in input.chunks_exact_mut(SIDE).enumerate() {
        for (value, &pixel) in row.iter_mut().zip(&picture.row(top + y)[left..left + SIDE]) {
            *value = ranks[usize::from(pixel)];
        }
    }
}

/// Smoothed in six rounds, each in both directions, with weights of one, two and one.
fn smooth(input: &mut [f32], room: &mut [f32]) {
    for _ in 0..6 {
        for (from, to) in input.chunks_exact(SIDE).zip(room.chunks_exact_mut(SIDE)) {
            to.copy_from_slice(from);
            for (value, near) in to[1..SIDE - 1].iter_mut().zip(from.windows(3)) {
                *value = (near[0] + 2.0 * near[1] + near[2]) / 4.0;
            }
        }
        for y in 1..SIDE - 1 {
            let (above, rest) = room[(y - 1) * SIDE..].split_at(SIDE);
            let (here, below) = rest.split_at(SIDE);
            for (x, value) in input[y * SIDE..][..SIDE].iter_mut().enumerate() {
                *value = (above[x] + 2.0 * here[x] + below[x]) / 4.0;
            }
        }
    }
}

/// How much the rows and columns of a seed differ from what is beside them.
fn contrast(input: &[f32]) -> f32 {
    let mut differences = [0.0; SIDE];
    for (above, below) in input.chunks_exact(SIDE).zip(input.chunks_exact(SIDE).skip(1)) {
        for (sum, (a, b)) in differences.iter_mut().zip(above.iter().zip(below)) {
            *sum += (a - b).abs();
        }
    }
    differences.iter().sum()
}

fn likeliest(row: &[f32]) -> (usize, f32) {
    let best = row.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = row.iter().map(|value| (value - best).exp()).sum();
    (row.iter().position(|&value| value == best).unwrap_or(0), 1.0 / sum)
}

fn main() {
    let mut random = Random::new(12);
    let belt = Picture::waves(1600, 1200, 5);
    let first = Layer::random(INPUTS, HIDDEN, &mut random);
    let last = Layer::random(HIDDEN, KINDS, &mut random);
    let mut inputs = Matrix::new(BATCH, INPUTS);
    let mut hidden = Matrix::new(BATCH, HIDDEN);
    let mut outputs = Matrix::new(BATCH, KINDS);
    let mut seed = vec![0.0; INPUTS];
    let mut room = vec![0.0; INPUTS];
    let (mut counts, mut sure) = ([0; KINDS], 0);
    for _ in 0..280 {
        for row in 0..BATCH {
            let (left, top) = (random.below(1500), random.below(1100));
            let mut best = -1.0;
            for shift in 0..SHIFTS {
                cut_out(&belt, left + shift * 2, top + shift, &mut seed);
                smooth(&mut seed, &mut room);
                let sharp = contrast(&seed);
                if sharp > best {
                    best = sharp;
                    inputs.row_mut(row).copy_from_slice(&seed);
                }
            }
        }
        first.forward(&inputs, &mut hidden);
        rectify(&mut hidden);
        last.forward(&hidden, &mut outputs);
        for row in 0..BATCH {
            let (kind, chance) = likeliest(outputs.row(row));
            counts[kind] += 1;
            sure += usize::from(chance > 0.09);
        }
    }
    println!("{counts:?}, {sure} sure");
}
