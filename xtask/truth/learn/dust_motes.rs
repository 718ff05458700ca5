//! Motes of dust in a beam of light, each with all that is known of it; at each step they move a
//! little. Prints where the light is brightest.

use truth::Random;

const MOTES: usize = 220_000;

#[derive(Clone, Default)]
struct Mote {
    x: f32,
    y: f32,
    speed: [f32; 2],
    size: f32,
    charge: f32,
    born: u64,
    colour: [u8; 4],
    history: [f32; 12],
    neighbours: [u32; 4],
}

/// Moves all of them by their speed.
fn step(motes: &mut [Mote], time: f32) {
    for mote in motes {
        mote.x += mote.speed[0] * time;
        mote.y += mote.speed[1] * time;
    }
}

/// How bright each strip of the beam is.
fn light(random: &mut Random, strips: &mut [f32; 512]) {
    for _ in 0..120_000 {
        let bits = random.number();
        let strip = (bits >> 55) as usize;
        strips[strip] = strips[strip] * 0.99 + (bits & 0xff) as f32;
    }
}

fn main() {
    let mut random = Random::new(3);
    let mut motes = vec![Mote::default(); MOTES];
    for mote in &mut motes {
        mote.speed = [random.unit() as f32 - 0.5, random.unit() as f32 - 0.5];
        mote.born = random.number();
        mote.size = mote.speed[0] * 0.1;
        mote.colour = (random.number() as u32).to_le_bytes();
        mote.history[0] = mote.size;
        mote.neighbours[0] = mote.born as u32;
        mote.charge = mote.speed[1];
    }
    let mut strips = [0.0; 512];
    for _ in 0..3_000 {
        step(&mut motes, 0.01);
        light(&mut random, &mut strips);
    }
    let sum: f32 = motes.iter().map(|mote| mote.x + mote.y).sum();
    println!("{sum} {}", strips[0]);
}
