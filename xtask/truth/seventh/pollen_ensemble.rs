//! A pollen forecast from an ensemble: a dozen runs of a drift model, weighted anew for each kind
//! of pollen and each hour by how well they did. Prints the hours in which a warning would be
//! given.

use truth::Random;

const WIDE: usize = 128;
const HIGH: usize = 96;
const MEMBERS: usize = 12;
const HOURS: usize = 7_200;
const KINDS: [(&str, f32); 5] =
    [("birch", 0.62), ("alder", 0.58), ("grass", 0.66), ("mugwort", 0.6), ("hazel", 0.64)];

/// Grains in a cubic metre, by place.
#[derive(Clone)]
struct Field {
    grains: Vec<f32>,
}

impl Field {
    fn empty() -> Field {
        Field { grains: vec![0.0; WIDE * HIGH] }
    }

    fn clear(&mut self) {
        self.grains.fill(0.0);
    }

    /// Adds another field to this one, as much of it as its weight says.
    fn add(&mut self, weight: f32, other: &Field) {
        for (grain, more) in self.grains.iter_mut().zip(&other.grains) {
            *grain += weight * more;
        }
    }

    /// Wind from the west carries everything on, a little of it settles.
    fn drift(&mut self, wind: f32, source: &Field) {
        for (row, new) in self.grains.chunks_exact_mut(WIDE).zip(source.grains.chunks_exact(WIDE)) {
            let last = row[WIDE - 1];
            for at in (1..WIDE).rev() {
                row[at] = (row[at] + wind * (row[at - 1] - row[at])) * 0.97 + 0.03 * new[at];
            }
            row[0] = (row[0] + wind * (last - row[0])) * 0.97 + 0.03 * new[0];
        }
    }

    /// Places with more than there may be.
    fn above(&self, limit: f32) -> u32 {
        self.grains.iter().map(|&grain| u32::from(grain > limit)).sum()
    }
}

struct Ensemble {
    members: Vec<Field>,
    sources: Vec<Field>,
    skill: [[f32; MEMBERS]; KINDS.len()],
}

impl Ensemble {
    fn new(random: &mut Random) -> Ensemble {
        let field = |random: &mut Random| Field {
            grains: (0..WIDE * HIGH).map(|_| random.unit() as f32).collect(),
        };
        let members = (0..MEMBERS).map(|_| field(random)).collect();
        let sources = (0..MEMBERS).map(|_| field(random)).collect();
        Ensemble { members, sources, skill: [[1.0; MEMBERS]; KINDS.len()] }
    }

    fn step(&mut self, random: &mut Random) {
        for (member, source) in self.members.iter_mut().zip(&self.sources) {
            member.drift(0.1 + 0.3 * random.unit() as f32, source);
        }
        for skill in self.skill.iter_mut().flatten() {
            *skill = (*skill * (0.95 + 0.1 * random.unit() as f32)).clamp(0.2, 3.0);
        }
    }

    /// The mean of all members, by their skill with this kind.
    fn forecast(&self, kind: usize, mean: &mut Field) {
        let total: f32 = self.skill[kind].iter().sum();
        mean.clear();
        for (member, skill) in self.members.iter().zip(self.skill[kind]) {
            mean.add(skill / total, member);
        }
    }
}

fn main() {
    let mut random = Random::new(1_204);
    let mut ensemble = Ensemble::new(&mut random);
    let mut mean = Field::empty();
    let mut warnings = [0; KINDS.len()];
    let mut places = [0_u64; KINDS.len()];
    for _ in 0..HOURS {
        ensemble.step(&mut random);
        for (kind, (_, limit)) in KINDS.iter().enumerate() {
            ensemble.forecast(kind, &mut mean);
            let above = mean.above(*limit);
            places[kind] += u64::from(above);
            warnings[kind] += u32::from(above > (WIDE * HIGH / 50) as u32);
        }
    }
    for (kind, (name, _)) in KINDS.iter().enumerate() {
        println!("{name}: {} hours with a warning, {} places", warnings[kind], places[kind]);
    }
}
