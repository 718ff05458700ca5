//! A flock of starlings over a square: each keeps with those around it and away from those next to
//! it.

use truth::Random;

const BIRDS: usize = 30_000;
const STEPS: usize = 380;
/// Squares of the grid on each side; a bird sees those beside its own.
const SIDE: usize = 200;
const METRES: f32 = 3.0;

#[derive(Clone, Copy, Default)]
struct Bird {
    x: f32,
    y: f32,
    right: f32,
    up: f32,
}

/// Which birds are in which square.
struct Grid {
    squares: Vec<Vec<u32>>,
}

impl Grid {
    fn of(birds: &[Bird]) -> Grid {
        let mut squares = vec![Vec::new(); SIDE * SIDE];
        for (number, bird) in (0..).zip(birds) {
            let (column, row) = square(bird);
            squares[row * SIDE + column].push(number);
        }
        Grid { squares }
    }

    /// The birds in a square and in those around it.
    fn around(&self, column: usize, row: usize) -> impl Iterator<Item = usize> {
        let rows = row.saturating_sub(1)..(row + 2).min(SIDE);
        let columns = column.saturating_sub(1)..(column + 2).min(SIDE);
        rows.flat_map(move |row| &self.squares[row * SIDE..][columns.clone()])
            .flatten()
            .map(|&number| number as usize)
    }
}

fn square(bird: &Bird) -> (usize, usize) {
    let place = |metres: f32| ((metres / METRES) as usize).min(SIDE - 1);
    (place(bird.x), place(bird.y))
}

/// Where a bird turns, given all that it sees.
fn turned(grid: &Grid, birds: &[Bird], number: usize) -> Bird {
    let bird = birds[number];
    let (column, row) = square(&bird);
    let (mut right, mut up, mut away_x, mut away_y, mut seen) = (0.0, 0.0, 0.0, 0.0, 0.0);
    grid.around(column, row).for_each(|other| {
        let other = birds[other];
        let (x, y) = (bird.x - other.x, bird.y - other.y);
        let apart = x * x + y * y;
        right += other.right;
        up += other.up;
        away_x += x / (apart + 0.2);
        away_y += y / (apart + 0.2);
        seen += 1.0;
    });
    // It sees itself, too, and is nowhere away from there.
    let speed_right = 0.9 * bird.right + 0.1 * right / seen + 0.02 * away_x;
    let speed_up = 0.9 * bird.up + 0.1 * up / seen + 0.02 * away_y;
    let faster = 1.0 / (speed_right * speed_right + speed_up * speed_up).sqrt().max(0.01);
    Bird { right: speed_right * faster, up: speed_up * faster, ..bird }
}

/// On, and back from the edge of the square.
fn flown(mut bird: Bird) -> Bird {
    let edge = SIDE as f32 * METRES;
    bird.x += 0.4 * bird.right;
    bird.y += 0.4 * bird.up;
    if !(0.0..edge).contains(&bird.x) {
        bird.right = -bird.right;
        bird.x = bird.x.clamp(0.0, edge - 0.01);
    }
    if !(0.0..edge).contains(&bird.y) {
        bird.up = -bird.up;
        bird.y = bird.y.clamp(0.0, edge - 0.01);
    }
    bird
}

fn step(birds: &[Bird], later: &mut Vec<Bird>) {
    let grid = Grid::of(birds);
    later.clear();
    later.extend((0..birds.len()).map(|number| flown(turned(&grid, birds, number))));
}

fn main() {
    let mut random = Random::new(8);
    let edge = f64::from(METRES) * SIDE as f64;
    let mut coordinate = |scale: f64, shift: f64| (random.unit() * scale - shift) as f32;
    let bird = |_| Bird {
        x: coordinate(edge, 0.0),
        y: coordinate(edge, 0.0),
        right: coordinate(2.0, 1.0),
        up: coordinate(2.0, 1.0),
    };
    let mut birds: Vec<Bird> = (0..BIRDS).map(bird).collect();
    let mut later = Vec::with_capacity(BIRDS);
    for _ in 0..STEPS {
        step(&birds, &mut later);
        std::mem::swap(&mut birds, &mut later);
    }
    let (right, up) = birds.iter().fold((0.0, 0.0), |(right, up), bird| {
        (right + f64::from(bird.right), up + f64::from(bird.up))
    });
    let order = (right * right + up * up).sqrt() / BIRDS as f64;
    println!("after {STEPS} steps {order:.4} of the flock fly the same way");
}
