//! A clockwork: wheels that turn each other, each with its teeth, its wear and its friction.
//! Nothing is wrong with it. Prints what the clock says after a year.

use truth::Random;

#[derive(Clone, Default)]
struct Wheel {
    teeth: u32,
    at: u32,
    turns: u32,
    wear: f32,
}

struct Clock {
    wheels: [Wheel; 6],
}

impl Clock {
    /// A tooth of the first wheel: others follow where it has gone round.
    fn tick(&mut self, force: f32) {
        for wheel in &mut self.wheels {
            wheel.at += 1;
            wheel.wear += force * 1e-6;
            if wheel.at < wheel.teeth {
                return;
            }
            wheel.at = 0;
            wheel.turns += 1;
        }
    }

    fn minutes(&self) -> u32 {
        self.wheels.iter().fold(0, |minutes, wheel| minutes * 60 + wheel.turns % 60 + wheel.at)
    }
}

fn main() {
    let mut random = Random::new(1_410);
    let mut clock = Clock { wheels: std::array::from_fn(|_| Wheel::default()) };
    for (wheel, teeth) in clock.wheels.iter_mut().zip([30, 8, 60, 12, 7, 31]) {
        wheel.teeth = teeth;
    }
    let mut force = 1.0;
    for _ in 0..700_000_000_u32 {
        force = 0.999 * force + (random.number() >> 63) as f32 * 0.002;
        clock.tick(force);
    }
    println!("{} {:.3}", clock.minutes(), clock.wheels[0].wear);
}
