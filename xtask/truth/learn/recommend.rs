//! Recommends films: factors of viewers and films are multiplied to scores, and each viewer is
//! shown the best that he has not seen.

use truth::Random;

/// Rows one after the other.
struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    fn random(rows: usize, columns: usize, seed: u64) -> Matrix {
        let mut random = Random::new(seed);
        let values = (0..rows * columns).map(|_| random.unit() as f32 - 0.5).collect();
        Matrix { rows, columns, values }
    }

    fn multiply(&self, other: &Matrix) -> Matrix {
        let mut values = vec![0.0; self.rows * other.columns];
        for row in 0..self.rows {
            for column in 0..other.columns {
                let mut sum = 0.0;
                for at in 0..self.columns {
                    sum += self.values[row * self.columns + at]
                        * other.values[at * other.columns + column];
                }
                values[row * other.columns + column] = sum;
            }
        }
        Matrix { rows: self.rows, columns: other.columns, values }
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }
}

/// What each viewer has seen: a bit for each film.
struct Seen {
    words: Vec<u64>,
    films: usize,
}

impl Seen {
    fn new(viewers: usize, films: usize) -> Seen {
        let mut random = Random::new(93);
        let words = (0..viewers * films.div_ceil(64)).map(|_| random.number() & random.number());
        Seen { words: words.collect(), films }
    }

    fn has(&self, viewer: usize, film: usize) -> bool {
        self.words[viewer * self.films.div_ceil(64) + film / 64] >> (film % 64) & 1 == 1
    }
}

/// The best few unseen films of a viewer.
fn best(scores: &[f32], seen: &Seen, viewer: usize) -> Vec<(usize, f32)> {
    let mut best: Vec<(usize, f32)> = Vec::with_capacity(11);
    for (film, &score) in scores.iter().enumerate() {
        if seen.has(viewer, film) || best.len() == 10 && best[9].1 >= score {
            continue;
        }
        let at = best.partition_point(|&(_, other)| other >= score);
        best.insert(at, (film, score));
        best.truncate(10);
    }
    best
}

/// How different the films of a list are from each other.
fn variety(best: &[(usize, f32)], films: &Matrix) -> f32 {
    let mut sum = 0.0;
    for (at, &(one, _)) in best.iter().enumerate() {
        for &(other, _) in &best[at + 1..] {
            let factor = |film: usize, at: usize| films.values[at * films.columns + film];
            sum +=
                (0..films.rows).map(|at| (factor(one, at) - factor(other, at)).abs()).sum::<f32>();
        }
    }
    sum
}

fn main() {
    // How many factors there are is said by whoever trained them.
    let factors = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(48);
    let (viewers, films) = (500, 3_000);
    let taste = Matrix::random(viewers, factors, 91);
    let nature = Matrix::random(factors, films, 92);
    let seen = Seen::new(viewers, films);
    for evening in 0..40 {
        let scores = taste.multiply(&nature);
        let (mut sum, mut different) = (0.0, 0.0);
        for viewer in 0..viewers {
            let best = best(scores.row(viewer), &seen, viewer);
            sum += best.iter().map(|(_, score)| score).sum::<f32>();
            different += variety(&best, &nature);
        }
        println!("evening {evening}: {sum:.2}, {different:.2}");
    }
}
