//! Sightings of ringed birds: where each was ringed and seen again, how far they fly, and which
//! places have birds in common.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use truth::Random;

const RINGED: usize = 14_000;
const SIGHTINGS: usize = 30_000_000;
const PLACES: usize = 400;

type Map<K, V> = HashMap<K, V, FixedState>;

/// A ring's number; the parts of it that say who gave it out are not dense.
type Ring = u64;

#[derive(Clone, Copy)]
struct Bird {
    place: u16,
    seen: u16,
    last: u16,
    kilometres: u32,
}

#[derive(Clone, Copy)]
struct Place {
    east: i32,
    north: i32,
}

fn apart(a: Place, b: Place) -> u32 {
    let (east, north) = (i64::from(a.east - b.east), i64::from(a.north - b.north));
    ((east * east + north * north) as f64).sqrt() as u32
}

fn ring(number: usize) -> Ring {
    (number as u64 % 37) << 40 | (number as u64 / 37 * 1009)
}

/// Adds sightings in the order of their days.
fn follow(birds: &mut Map<Ring, Bird>, places: &[Place], random: &mut Random) -> usize {
    let mut unknown = 0;
    for _ in 0..SIGHTINGS {
        // One number in forty is misread.
        let misread = if random.below(40) == 0 { 1 << 50 } else { 0 };
        let ring = ring(random.skewed(RINGED)) ^ misread;
        let place = random.below(PLACES);
        let Some(bird) = birds.get_mut(&ring) else {
            unknown += 1;
            continue;
        };
        bird.kilometres += apart(places[usize::from(bird.last)], places[place]);
        bird.last = place as u16;
        bird.seen = bird.seen.saturating_add(1);
    }
    unknown
}

/// How many birds were ringed at one place and last seen at another one.
fn exchanges(birds: &Map<Ring, Bird>) -> Vec<(u16, u16, u32)> {
    let mut counts = vec![0_u32; PLACES * PLACES];
    for bird in birds.values().filter(|bird| bird.seen > 0) {
        counts[usize::from(bird.place) * PLACES + usize::from(bird.last)] += 1;
    }
    let counts = counts.into_iter().enumerate().filter(|(_, count)| *count > 2);
    let place = |at: usize| ((at / PLACES) as u16, (at % PLACES) as u16);
    let mut exchanges: Vec<(u16, u16, u32)> =
        counts.map(|(at, count)| (place(at).0, place(at).1, count)).collect();
    exchanges.sort_unstable_by_key(|&(from, to, count)| (std::cmp::Reverse(count), from, to));
    exchanges
}

fn main() {
    let mut random = Random::new(520);
    let place = |_| Place { east: random.below(4_000) as i32, north: random.below(3_000) as i32 };
    let places: Vec<Place> = (0..PLACES).map(place).collect();
    let mut birds = Map::with_capacity_and_hasher(RINGED, FixedState::default());
    for number in 0..RINGED {
        let place = random.below(PLACES) as u16;
        birds.insert(ring(number), Bird { place, seen: 0, last: place, kilometres: 0 });
    }
    let unknown = follow(&mut birds, &places, &mut random);
    let farthest = birds.values().map(|bird| bird.kilometres).max().unwrap_or_default();
    println!("{RINGED} birds, {unknown} sightings of no known ring, at most {farthest} km");
    let exchanges = exchanges(&birds);
    println!("{} pairs of places, first of them {:?}", exchanges.len(), &exchanges[..3]);
}
