//! Follows a swarm of comets on their ways among the planets, and says how many are left near the
//! sun.

use truth::Random;

const COMETS: usize = 2_048;
const STEPS: usize = 200_000;
const DAYS: f32 = 4.0;
/// The sun's mass, in units of astronomical units and days.
const SUN: f32 = 0.000_295_912;

/// Places and speeds, each coordinate for itself.
struct Swarm {
    x: [f32; COMETS],
    y: [f32; COMETS],
    z: [f32; COMETS],
    right: [f32; COMETS],
    up: [f32; COMETS],
    out: [f32; COMETS],
}

/// A planet on a circle around the sun, and its mass in suns.
struct Planet {
    distance: f32,
    mass: f32,
    begins: f32,
}

const PLANETS: [Planet; 4] = [
    Planet { distance: 5.20, mass: 0.000_954_6, begins: 0.3 },
    Planet { distance: 9.58, mass: 0.000_285_8, begins: 2.1 },
    Planet { distance: 19.2, mass: 0.000_043_7, begins: 4.4 },
    Planet { distance: 30.1, mass: 0.000_051_5, begins: 5.9 },
];

impl Planet {
    fn place(&self, day: f32) -> [f32; 3] {
        let turn = (SUN / (self.distance * self.distance * self.distance)).sqrt();
        let (sine, cosine) = (self.begins + turn * day).sin_cos();
        [self.distance * cosine, self.distance * sine, 0.0]
    }
}

impl Swarm {
    /// Lets a mass pull at all comets.
    fn pulled(&mut self, place: [f32; 3], mass: f32) {
        let pull = SUN * mass * DAYS;
        for at in 0..COMETS {
            let right = place[0] - self.x[at];
            let up = place[1] - self.y[at];
            let out = place[2] - self.z[at];
            let square = right * right + up * up + out * out + 1e-5;
            let strength = pull / (square * square.sqrt());
            self.right[at] += strength * right;
            self.up[at] += strength * up;
            self.out[at] += strength * out;
        }
    }

    fn moved(&mut self) {
        for at in 0..COMETS {
            self.x[at] += DAYS * self.right[at];
            self.y[at] += DAYS * self.up[at];
            self.z[at] += DAYS * self.out[at];
        }
    }

    fn step(&mut self, day: f32) {
        self.pulled([0.0; 3], 1.0);
        for planet in &PLANETS {
            self.pulled(planet.place(day), planet.mass);
        }
        self.moved();
    }

    /// Comets within so many astronomical units of the sun.
    fn within(&self, distance: f32) -> usize {
        let squares = (0..COMETS)
            .map(|at| self.x[at] * self.x[at] + self.y[at] * self.y[at] + self.z[at] * self.z[at]);
        squares.filter(|&square| square < distance * distance).count()
    }
}

fn swarm() -> Box<Swarm> {
    let mut random = Random::new(1758);
    let zeros = [0.0; COMETS];
    let mut swarm =
        Box::new(Swarm { x: zeros, y: zeros, z: zeros, right: zeros, up: zeros, out: zeros });
    for at in 0..COMETS {
        let distance = 6.0 + 30.0 * random.unit() as f32;
        let (sine, cosine) = (random.unit() as f32 * std::f32::consts::TAU).sin_cos();
        let speed = (SUN / distance).sqrt() * (0.4 + 0.6 * random.unit() as f32);
        swarm.x[at] = distance * cosine;
        swarm.y[at] = distance * sine;
        swarm.z[at] = random.unit() as f32 - 0.5;
        swarm.right[at] = -speed * sine;
        swarm.up[at] = speed * cosine;
        swarm.out[at] = speed * 0.1 * (random.unit() as f32 - 0.5);
    }
    swarm
}

fn main() {
    let mut swarm = swarm();
    let mut passages = 0;
    let mut nearest = COMETS;
    for step in 0..STEPS {
        swarm.step(step as f32 * DAYS);
        if step % 50 == 0 {
            let near = swarm.within(3.0);
            passages += near;
            nearest = nearest.min(swarm.within(40.0));
        }
    }
    println!("{} comets are within 40 units, at least {nearest}", swarm.within(40.0));
    println!("{passages} times one was seen near the sun");
}
