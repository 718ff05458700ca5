//! Embers over a fire push each other away: those that are near are found by squares of a grid.

use truth::Random;

const EMBERS: usize = 30_000;
const SIDE: usize = 200;
const STEPS: usize = 90;

#[derive(Clone, Copy)]
struct Ember {
    x: f32,
    y: f32,
    speed: (f32, f32),
}

fn square(ember: &Ember) -> (usize, usize) {
    ((ember.x as usize).min(SIDE - 1), (ember.y as usize).min(SIDE - 1))
}

/// Numbers of those in each square.
fn squares(embers: &[Ember]) -> Vec<Vec<usize>> {
    let mut squares = vec![Vec::new(); SIDE * SIDE];
    for (number, ember) in embers.iter().enumerate() {
        let (x, y) = square(ember);
        squares[y * SIDE + x].push(number);
    }
    squares
}

fn pushed(embers: &[Ember], squares: &[Vec<usize>], number: usize) -> (f32, f32) {
    let ember = embers[number];
    let (x, y) = square(&ember);
    let mut push = (0.0, 0.0);
    for row in y.saturating_sub(1)..(y + 2).min(SIDE) {
        for column in x.saturating_sub(1)..(x + 2).min(SIDE) {
            for &other in &squares[row * SIDE + column] {
                let (dx, dy) = (ember.x - embers[other].x, ember.y - embers[other].y);
                let far = dx * dx + dy * dy;
                if far < 0.4 && other != number {
                    push.0 += dx / (far + 0.01);
                    push.1 += dy / (far + 0.01);
                }
            }
        }
    }
    push
}

fn main() {
    let mut random = Random::new(60);
    let mut place = || random.unit() as f32 * SIDE as f32;
    let mut embers: Vec<Ember> =
        (0..EMBERS).map(|_| Ember { x: place(), y: place(), speed: (0.0, 0.0) }).collect();
    for _ in 0..STEPS {
        let squares = squares(&embers);
        let pushes: Vec<_> = (0..EMBERS).map(|number| pushed(&embers, &squares, number)).collect();
        for (ember, push) in embers.iter_mut().zip(pushes) {
            ember.speed.0 = (ember.speed.0 * 0.9 + push.0 * 0.01).clamp(-1.0, 1.0);
            ember.speed.1 = (ember.speed.1 * 0.9 + push.1 * 0.01).clamp(-1.0, 1.0);
            ember.x = (ember.x + ember.speed.0).clamp(0.0, SIDE as f32 - 0.01);
            ember.y = (ember.y + ember.speed.1).clamp(0.0, SIDE as f32 - 0.01);
        }
    }
    let sum: f32 = embers.iter().map(|ember| ember.x + ember.y).sum();
    println!("{sum:.1}");
}
