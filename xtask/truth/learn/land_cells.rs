//! Sorts places into cells of a map so that neighbours lie together: the bits of both coordinates
//! are put between each other.

use truth::Random;

const PLACES: usize = 600_000;
const DAYS: usize = 14;

#[derive(Clone, Copy)]
struct Place {
    x: u16,
    y: u16,
}

/// One number for both coordinates.
fn cell(place: Place) -> u32 {
    let mut cell = 0;
    for bit in 0..16 {
        cell |= u32::from(place.x >> bit & 1) << (2 * bit);
        cell |= u32::from(place.y >> bit & 1) << (2 * bit + 1);
    }
    cell
}

/// How many places there are in each of the largest cells.
fn crowds(places: &[Place]) -> [u32; 1024] {
    let mut crowds = [0; 1024];
    for place in places {
        crowds[(cell(*place) >> 22) as usize] += 1;
    }
    crowds
}

fn moved(places: &mut [Place], random: &mut Random) {
    for place in places {
        let steps = random.number();
        place.x = place.x.wrapping_add(steps as u16 % 64);
        place.y = place.y.wrapping_add((steps >> 16) as u16 % 64);
    }
}

fn main() {
    let mut random = Random::new(57);
    let mut place = || Place { x: random.below(1 << 16) as u16, y: random.below(1 << 16) as u16 };
    let mut places: Vec<Place> = (0..PLACES).map(|_| place()).collect();
    let mut fullest = 0;
    for _ in 0..DAYS * 3 {
        let crowds = crowds(&places);
        fullest += crowds.into_iter().max().unwrap_or(0);
        moved(&mut places, &mut random);
    }
    println!("{fullest}");
}
