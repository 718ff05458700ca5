//! Baths of dye: recipes are run through steps, and each step makes a new list. Prints the
//! strongest bath.

use truth::Random;

#[derive(Clone, Copy)]
struct Drop {
    colour: u32,
    weight: f32,
}

/// What is strong enough, thinned, without one colour, and heavier where it is red.
fn mixed(drops: &[Drop], thin: f32) -> f32 {
    let strong: Vec<Drop> = drops.iter().copied().filter(|drop| drop.weight > 0.2).collect();
    let thinned: Vec<Drop> =
        strong.iter().map(|drop| Drop { weight: drop.weight * thin, ..*drop }).collect();
    let without: Vec<Drop> = thinned.into_iter().filter(|drop| drop.colour % 9 != 3).collect();
    let weights: Vec<f32> = without
        .iter()
        .map(|drop| if drop.colour % 2 == 0 { drop.weight * 1.5 } else { drop.weight })
        .collect();
    weights.iter().copied().fold(0.0, f32::max)
}

/// Drops fall in some order.
fn fall(drops: &mut [Drop], random: &mut Random) {
    for drop in drops {
        let bits = random.number();
        *drop = Drop { colour: bits as u32, weight: (bits >> 40) as f32 / 16_777_216.0 };
    }
}

fn main() {
    let mut random = Random::new(1_856);
    let mut drops = vec![Drop { colour: 0, weight: 0.0 }; 150_000];
    let mut strongest = 0.0_f32;
    for bath in 0..400 {
        fall(&mut drops, &mut random);
        strongest = strongest.max(mixed(&drops, 0.5 + bath as f32 * 0.001));
    }
    println!("{strongest}");
}
