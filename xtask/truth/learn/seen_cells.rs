//! A flood through a maze, with a set of the cells that were seen.

use std::collections::HashSet;
use truth::Random;

fn flood(walls: &[bool], w: usize, start: usize) -> usize {
    let mut seen = HashSet::new();
    let mut left = vec![start];
    while let Some(at) = left.pop() {
        if walls[at] || !seen.insert(at) {
            continue;
        }
        let (x, y) = (at % w, at / w);
        if x > 0 {
            left.push(at - 1);
        }
        if x + 1 < w {
            left.push(at + 1);
        }
        if y > 0 {
            left.push(at - w);
        }
        if at + w < walls.len() {
            left.push(at + w);
        }
    }
    seen.len()
}

fn main() {
    let mut random = Random::new(3);
    let w = 300;
    let mut sum = 0;
    for _ in 0..140 {
        let walls: Vec<bool> = (0..w * w).map(|_| random.below(4) == 0).collect();
        sum += flood(&walls, w, random.below(w * w));
    }
    println!("{sum}");
}
