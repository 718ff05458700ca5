//! Charts of the sea: depths are put into a tree of squares, in arrays, and ships ask what is near.
//! Nothing is wrong with it. Prints the shallowest place that was near a ship.

use truth::Random;

/// Places in the order of their squares, with where each square begins.
struct Chart {
    begins: Vec<u32>,
    places: Vec<(u16, u16, u16)>,
}

const SIDE: usize = 64;

fn square(x: u16, y: u16) -> usize {
    usize::from(x >> 10) * SIDE + usize::from(y >> 10)
}

impl Chart {
    fn new(random: &mut Random) -> Chart {
        let mut places: Vec<(u16, u16, u16)> = (0..40_000)
            .map(|_| (random.number() as u16, random.number() as u16, random.number() as u16))
            .collect();
        places.sort_unstable_by_key(|(x, y, _)| square(*x, *y));
        let mut begins = vec![0; SIDE * SIDE + 1];
        for (x, y, _) in &places {
            begins[square(*x, *y) + 1] += 1;
        }
        for at in 0..SIDE * SIDE {
            begins[at + 1] += begins[at];
        }
        Chart { begins, places }
    }

    fn shallowest(&self, x: u16, y: u16) -> Option<u16> {
        let at = square(x, y);
        let near = &self.places[self.begins[at] as usize..self.begins[at + 1] as usize];
        let near = near.iter().filter(|place| {
            let (east, north) = (u32::from(place.0.abs_diff(x)), u32::from(place.1.abs_diff(y)));
            east * east + north * north < 200_000
        });
        near.map(|place| place.2).min()
    }
}

fn main() {
    let mut random = Random::new(1_773);
    let chart = Chart::new(&mut random);
    let mut found = [0_u32; 16];
    for _ in 0..16_000_000 {
        let bits = random.number();
        if let Some(depth) = chart.shallowest(bits as u16, (bits >> 20) as u16) {
            found[usize::from(depth >> 12)] += 1;
        }
    }
    println!("{found:?}");
}
