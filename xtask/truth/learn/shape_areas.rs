//! Sums up what is drawn on a plan: shapes of several kinds, each with its own way.

use truth::Random;

const SHAPES: usize = 200_000;
const ROUNDS: usize = 600;

trait Shape {
    fn area(&self) -> f64;
    fn scale(&mut self, by: f64);
}

struct Circle(f64);
struct Rectangle(f64, f64);
struct Triangle(f64, f64);

impl Shape for Circle {
    fn area(&self) -> f64 {
        self.0 * self.0 * 3.14159
    }
    fn scale(&mut self, by: f64) {
        self.0 *= by;
    }
}

impl Shape for Rectangle {
    fn area(&self) -> f64 {
        self.0 * self.1
    }
    fn scale(&mut self, by: f64) {
        self.0 *= by;
        self.1 *= by;
    }
}

impl Shape for Triangle {
    fn area(&self) -> f64 {
        self.0 * self.1 * 0.5
    }
    fn scale(&mut self, by: f64) {
        self.1 *= by;
    }
}

fn covered(shapes: &[Box<dyn Shape>]) -> f64 {
    let mut area = 0.0;
    for shape in shapes {
        area += shape.area();
    }
    area
}

fn main() {
    let mut random = Random::new(58);
    let mut shapes: Vec<Box<dyn Shape>> = (0..SHAPES)
        .map(|at| -> Box<dyn Shape> {
            let (a, b) = (random.unit(), random.unit());
            match at * 3 / SHAPES {
                0 => Box::new(Circle(a)),
                1 => Box::new(Rectangle(a, b)),
                _ => Box::new(Triangle(a, b)),
            }
        })
        .collect();
    let mut sum = 0.0;
    let mut noise = vec![0.0_f64; 40_000];
    for round in 0..ROUNDS {
        sum += covered(&shapes);
        for (at, value) in noise.iter_mut().enumerate() {
            *value = (*value * 0.9 + (at as f64 + round as f64).sqrt()).ln_1p();
        }
        shapes[round].scale(1.01);
        sum += noise[round];
    }
    println!("{sum:.3}");
}
