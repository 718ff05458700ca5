//! Finds stars of a photograph in a catalogue: each star's number leads to its entry, and what is
//! near it on the plate is compared.

use truth::Random;

const STARS: usize = 12_000_000;
const SEEN: usize = 9_000_000;

/// A catalogue by number: brightness in hundredths of magnitudes, and the number of the next star
/// in the same field of the sky.
struct Catalogue {
    brightness: Vec<u16>,
    next: Vec<u32>,
}

fn catalogue(random: &mut Random) -> Catalogue {
    let brightness = (0..STARS).map(|_| 200 + random.below(1800) as u16).collect();
    let next = (0..STARS).map(|_| random.below(STARS) as u32).collect();
    Catalogue { brightness, next }
}

impl Catalogue {
    /// The brightest of a star and those that follow it in its field.
    fn brightest(&self, star: u32, many: usize) -> u16 {
        let (mut at, mut best) = (star as usize, u16::MAX);
        for _ in 0..many {
            best = best.min(self.brightness[at]);
            at = self.next[at] as usize;
        }
        best
    }
}

/// How many stars are as bright as each level.
fn levels(found: &[u16]) -> Vec<usize> {
    let mut levels = vec![0; 21];
    for brightness in found {
        levels[usize::from(*brightness) / 100] += 1;
    }
    levels
}

fn main() {
    let mut random = Random::new(622);
    let catalogue = catalogue(&mut random);
    let found: Vec<u16> =
        (0..SEEN / 5).map(|_| catalogue.brightest(random.below(STARS) as u32, 5)).collect();
    println!("{:?}", levels(&found));
}
