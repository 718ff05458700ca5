//! Echoes of a sonar: how steady each beam is, and how much it follows the one beside it. Prints
//! the steadiest beam and the pair that is most alike.

use truth::Random;

const BEAMS: usize = 48;
const PINGS: usize = 6_000;

/// What two beams have in common.
struct Likeness {
    mean: f32,
    spread: f32,
    together: f32,
}

/// A beam's mean, its spread, and how much another one goes with it.
fn likeness(beam: &[f32], other: &[f32]) -> Likeness {
    let (mut sum, mut squares, mut together) = (0.0, 0.0, 0.0);
    for (echo, other) in beam.iter().zip(other) {
        sum += echo;
        squares += echo * echo;
        together += echo * other;
    }
    let mean = sum / beam.len() as f32;
    Likeness { mean, spread: squares / beam.len() as f32 - mean * mean, together }
}

/// Another survey: a bottom with waves, and noise.
fn survey(beams: &mut [Vec<f32>], random: &mut Random) {
    for (at, beam) in beams.iter_mut().enumerate() {
        let mut depth = at as f32;
        for echo in beam {
            let bits = random.number();
            depth += ((bits & 0xff) as f32 - 127.5) * 0.001;
            *echo = depth + (bits >> 60) as f32 * 0.01;
        }
    }
}

fn main() {
    let mut random = Random::new(77);
    let mut beams = vec![vec![0.0; PINGS]; BEAMS];
    let (mut steadiest, mut alike) = ((0, f32::MAX), (0, 0, 0.0));
    for _ in 0..600 {
        survey(&mut beams, &mut random);
        for one in 0..BEAMS {
            for other in 0..BEAMS / 4 {
                let found = likeness(&beams[one], &beams[(one + other * 3) % BEAMS]);
                if found.spread < steadiest.1 {
                    steadiest = (one, found.spread);
                }
                if found.together * found.mean > alike.2 {
                    alike = (one, other, found.together * found.mean);
                }
            }
        }
    }
    println!("{steadiest:?}, {alike:?}");
}
