//! Birds on a lake, counted from a boat: each sighting is of some kind, some are doubtful, some are
//! to be left out. Prints how many there were.

use truth::Random;

const SIGHTINGS: usize = 300_000;

#[derive(Clone, Copy)]
struct Sighting {
    bird: u16,
    flock: u16,
    far: u32,
}

#[derive(Default)]
struct Counts {
    near: u64,
    far: u64,
    doubtful: u32,
    alone: u32,
}

fn count(sightings: &[Sighting]) -> Counts {
    let mut counts = Counts::default();
    for sighting in sightings {
        if sighting.bird < 400 {
            if sighting.far > 500 {
                counts.far += u64::from(sighting.flock) * u64::from(sighting.far / 100);
            } else {
                counts.near += u64::from(sighting.flock);
            }
        } else if sighting.flock == 1 {
            counts.alone += sighting.far % 3;
        } else {
            counts.doubtful += sighting.far % 5 + 1;
        }
    }
    counts
}

/// A day on the lake.
fn day(sightings: &mut [Sighting], random: &mut Random) {
    for sighting in sightings {
        let bits = random.number();
        *sighting = Sighting {
            bird: (bits & 1_023) as u16,
            flock: (bits >> 20 & 3) as u16,
            far: (bits >> 54) as u32,
        };
    }
}

fn main() {
    let mut random = Random::new(1_889);
    let mut sightings = vec![Sighting { bird: 0, flock: 0, far: 0 }; SIGHTINGS];
    let mut all = Counts::default();
    for _ in 0..350 {
        day(&mut sightings, &mut random);
        let counts = count(&sightings);
        all.near += counts.near;
        all.far += counts.far;
        all.doubtful ^= counts.doubtful;
        all.alone ^= counts.alone;
    }
    println!("{} {} {} {}", all.near, all.far, all.doubtful, all.alone);
}
