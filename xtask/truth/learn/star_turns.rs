//! Turns the places of stars by a matrix whose size is a number among others.

use truth::Random;

struct Matrix {
    n: usize,
    values: Vec<f64>,
}

impl Matrix {
    fn apply(&self, from: &[f64], to: &mut [f64]) {
        for row in 0..self.n {
            let mut sum = 0.0;
            for column in 0..self.n {
                sum += self.values[row * self.n + column] * from[column];
            }
            to[row] = sum;
        }
    }
}

fn main() {
    let mut random = Random::new(3);
    let n = std::env::args().count() + 2;
    let turn = Matrix { n, values: (0..n * n).map(|_| random.unit() - 0.5).collect() };
    let mut stars: Vec<f64> = (0..n * 100_000).map(|_| random.unit()).collect();
    let mut to = vec![0.0; n];
    let mut far = 0.0f64;
    for _ in 0..600 {
        for star in stars.chunks_mut(n) {
            turn.apply(star, &mut to);
            star.copy_from_slice(&to);
            star[0] += 0.3;
            far = far.max(star[0]);
        }
    }
    println!("{far}");
}
