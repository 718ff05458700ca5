//! A disc of dust around a young star: grains attract each other, far ones as if they were one, and
//! each step begins with sorting them into squares within squares.

use truth::Random;

const GRAINS: usize = 30_000;
const STEPS: usize = 72;
/// Squares that look smaller than this are taken as a whole.
const OPENING: f32 = 1.1;
const DEEPEST: u32 = 24;

#[derive(Clone, Copy, Default)]
struct Vector {
    x: f32,
    y: f32,
}

#[derive(Clone, Copy)]
struct Grain {
    place: Vector,
    speed: Vector,
    mass: f32,
}

#[derive(Clone, Copy)]
struct Square {
    centre: Vector,
    half: f32,
}

enum Node {
    Grain { place: Vector, mass: f32 },
    Parts(Box<Parts>),
}

#[derive(Default)]
struct Parts {
    quarters: [Option<Node>; 4],
    mass: f32,
    /// Sum of the places, each as often as it has mass.
    moment: Vector,
}

impl Square {
    /// The quarter that a place is in, and its number.
    fn quarter(self, place: Vector) -> (usize, Square) {
        let (right, up) = (place.x >= self.centre.x, place.y >= self.centre.y);
        let half = self.half / 2.0;
        let shift = |positive| if positive { half } else { -half };
        let centre = Vector { x: self.centre.x + shift(right), y: self.centre.y + shift(up) };
        (usize::from(right) + 2 * usize::from(up), Square { centre, half })
    }
}

impl Parts {
    fn add(&mut self, place: Vector, mass: f32, square: Square, depth: u32) {
        self.mass += mass;
        self.moment.x += place.x * mass;
        self.moment.y += place.y * mass;
        let (number, quarter) = square.quarter(place);
        let inside = match self.quarters[number].take() {
            None => Node::Grain { place, mass },
            Some(Node::Parts(mut parts)) => {
                parts.add(place, mass, quarter, depth + 1);
                Node::Parts(parts)
            }
            // Two grains at one place are one from here on.
            Some(Node::Grain { place, mass: other }) if depth == DEEPEST => {
                Node::Grain { place, mass: mass + other }
            }
            Some(Node::Grain { place: old, mass: other }) => {
                let mut parts = Box::<Parts>::default();
                parts.add(old, other, quarter, depth + 1);
                parts.add(place, mass, quarter, depth + 1);
                Node::Parts(parts)
            }
        };
        self.quarters[number] = Some(inside);
    }

    fn pull(&self, at: Vector, half: f32, pull: &mut Vector) {
        for node in self.quarters.iter().flatten() {
            match node {
                Node::Grain { place, mass } => attract(at, *place, *mass, pull),
                Node::Parts(parts) => {
                    let centre =
                        Vector { x: parts.moment.x / parts.mass, y: parts.moment.y / parts.mass };
                    let (x, y) = (centre.x - at.x, centre.y - at.y);
                    if half * half < OPENING * OPENING * (x * x + y * y) {
                        attract(at, centre, parts.mass, pull);
                    } else {
                        parts.pull(at, half / 2.0, pull);
                    }
                }
            }
        }
    }
}

#[inline]
fn attract(at: Vector, other: Vector, mass: f32, pull: &mut Vector) {
    let (x, y) = (other.x - at.x, other.y - at.y);
    let square = x * x + y * y + 1e-4;
    let strength = mass / (square * square.sqrt());
    pull.x += x * strength;
    pull.y += y * strength;
}

fn sorted(grains: &[Grain], whole: Square) -> Parts {
    let mut root = Parts::default();
    for grain in grains {
        root.add(grain.place, grain.mass, whole, 0);
    }
    root
}

fn disc(random: &mut Random) -> Vec<Grain> {
    let grain = |_| {
        let (turn, distance) = (random.unit() * std::f64::consts::TAU, 0.1 + 0.9 * random.unit());
        let (sin, cos) = (turn.sin() as f32, turn.cos() as f32);
        let (distance, speed) = (distance as f32, (1.0 / distance).sqrt() as f32);
        Grain {
            place: Vector { x: cos * distance, y: sin * distance },
            speed: Vector { x: -sin * speed, y: cos * speed },
            mass: 1e-6 * (1.0 + random.unit() as f32),
        }
    };
    (0..GRAINS).map(grain).collect()
}

fn main() {
    let mut grains = disc(&mut Random::new(511));
    for step in 0..STEPS {
        let far = grains.iter().map(|grain| grain.place.x.abs().max(grain.place.y.abs()));
        let whole = Square { centre: Vector::default(), half: far.fold(1.0, f32::max) };
        let root = sorted(&grains, whole);
        // Only one grain in eight meets others in this step.
        for (at, grain) in grains.iter_mut().enumerate() {
            let mut pull = Vector::default();
            attract(grain.place, Vector::default(), 1.0, &mut pull);
            if at % 8 == step % 8 {
                root.pull(grain.place, whole.half, &mut pull);
            }
            grain.speed.x += pull.x * 0.002;
            grain.speed.y += pull.y * 0.002;
            grain.place.x += grain.speed.x * 0.002;
            grain.place.y += grain.speed.y * 0.002;
        }
    }
    let spin = |grain: &Grain| grain.place.x * grain.speed.y - grain.place.y * grain.speed.x;
    let inner = grains.iter().filter(|grain| grain.place.x.hypot(grain.place.y) < 0.3).count();
    let spins: Vec<f32> = grains.iter().map(spin).collect();
    let most = spins.iter().fold(0.0, |most, &spin| f32::max(most, spin));
    println!("{inner} of {GRAINS} grains are near the star, largest spin {most:.4}");
}
