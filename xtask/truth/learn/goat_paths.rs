//! Paths of goats on a mountain, by what is cheapest from the hut: a queue of what is nearest, and
//! arrays. Nothing is wrong with it. Prints the farthest place.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use truth::Random;

const SIDE: usize = 600;

fn distances(heights: &[u16], from: usize, distances: &mut [u32]) -> u32 {
    distances.fill(u32::MAX);
    distances[from] = 0;
    let mut queue = BinaryHeap::from([Reverse((0, from as u32))]);
    let mut farthest = 0;
    while let Some(Reverse((far, at))) = queue.pop() {
        let at = at as usize;
        if far > distances[at] {
            continue;
        }
        farthest = far;
        let column = at % SIDE;
        let beside = [
            (at >= SIDE).then(|| at - SIDE),
            (at + SIDE < SIDE * SIDE).then_some(at + SIDE),
            (column > 0).then(|| at - 1),
            (column + 1 < SIDE).then_some(at + 1),
        ];
        for to in beside.into_iter().flatten() {
            let steep = u32::from(heights[to].abs_diff(heights[at]));
            if far + 1 + steep < distances[to] {
                distances[to] = far + 1 + steep;
                queue.push(Reverse((far + 1 + steep, to as u32)));
            }
        }
    }
    farthest
}

fn main() {
    let mut random = Random::new(1_786);
    let mut heights = vec![0; SIDE * SIDE];
    let (mut far, mut table) = (0, vec![0; SIDE * SIDE]);
    for _ in 0..25 {
        for height in &mut heights {
            *height = (random.number() >> 58) as u16;
        }
        far = far.max(distances(&heights, random.below(SIDE * SIDE), &mut table));
    }
    println!("{far}");
}
