//! Tracks of wolves in snow: places, each with how it was seen, in lists that are gone through for
//! how far they lie from each other. Prints the longest track.

use truth::Random;

/// A place, with all that was written down.
#[derive(Clone)]
struct Seen {
    day: u32,
    who: [u8; 24],
    east: f64,
    north: f64,
    deep: f32,
    fresh: bool,
    note: [u8; 60],
}

fn length(track: &[Seen]) -> f64 {
    let mut length = 0.0;
    for two in track.windows(2) {
        let (east, north) = (two[1].east - two[0].east, two[1].north - two[0].north);
        length += (east * east + north * north).sqrt();
    }
    length
}

fn middle(track: &[Seen]) -> (f64, f64) {
    let east: f64 = track.iter().map(|seen| seen.east).sum();
    let north: f64 = track.iter().map(|seen| seen.north).sum();
    (east / track.len() as f64, north / track.len() as f64)
}

fn snow(random: &mut Random, depths: &mut [u16]) -> u16 {
    for depth in depths.iter_mut() {
        *depth = depth.wrapping_mul(3) ^ (random.number() >> 52) as u16;
    }
    depths[9]
}

fn main() {
    let mut random = Random::new(1_995);
    let seen = |random: &mut Random| Seen {
        day: random.below(300) as u32,
        who: [b'w'; 24],
        east: random.unit(),
        north: random.unit(),
        deep: random.unit() as f32,
        fresh: random.below(2) == 0,
        note: [b'-'; 60],
    };
    let tracks: Vec<Vec<Seen>> =
        (0..40).map(|_| (0..9_000).map(|_| seen(&mut random)).collect()).collect();
    let (mut longest, mut far, mut depths) = (0.0_f64, 0.0, vec![1; 6_000]);
    let mut white = 0;
    for round in 0..400 {
        for track in &tracks {
            longest = longest.max(length(&track[round % 60..]));
            let (east, north) = middle(track);
            far += east - north;
            for _ in 0..3 {
                white ^= snow(&mut random, &mut depths);
            }
        }
    }
    let rest = tracks.iter().flatten().map(|seen| {
        let [who, note] = [seen.who[3], seen.note[7]].map(u32::from);
        seen.day + who + note + u32::from(seen.fresh) + seen.deep as u32
    });
    println!("{longest:.3} {far:.3} {white} {}", rest.sum::<u32>());
}
