//! Bread is baked and carried to shops: one bakes, another counts what was baked, and whole days go
//! from one to the other. Nothing is wrong with it. Prints how much was left.

use std::sync::mpsc;
use std::thread;

use truth::Random;

const LOAVES: usize = 200_000;

/// A day's loaves, by their weight.
fn bake(random: &mut Random) -> Vec<u16> {
    (0..LOAVES).map(|_| 480 + (random.number() >> 58) as u16).collect()
}

/// How many shops get less than they want, if each takes what comes.
fn short(loaves: &[u16], shops: &mut [u32; 64]) -> usize {
    shops.fill(0);
    let mut shop = 0;
    for weight in loaves {
        shops[shop] += u32::from(*weight);
        if shops[shop] > 1_600_000 {
            shop = (shop + 1) % 64;
        }
    }
    shops.iter().filter(|weight| **weight < 1_500_000).count()
}

fn main() {
    let (carry, carried) = mpsc::sync_channel::<Vec<u16>>(2);
    let baker = thread::spawn(move || {
        let mut random = Random::new(1_780);
        for _ in 0..2_500 {
            if carry.send(bake(&mut random)).is_err() {
                break;
            }
        }
    });
    let (mut left, mut shops) = (0, [0; 64]);
    for loaves in carried {
        for _ in 0..2 {
            left += short(&loaves, &mut shops);
        }
    }
    baker.join().expect("the baker ends well");
    println!("{left}");
}
