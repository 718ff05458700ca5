//! Breeds a formula for the yield of a field out of what is known of its soil.
//!
//! Formulas that predict well have children: a copy of one parent with a part of the other in it.
//! What is bred is small, as agronomists want to read it.

use truth::Random;

const FIELDS: usize = 6;
const CROWD: usize = 700;
const SEASONS: usize = 700;
const LARGEST: usize = 70;

/// What was measured of a field, and what grew on it.
struct Field {
    rain: f64,
    lime: f64,
    depth: f64,
    harvest: f64,
}

#[derive(Clone)]
enum Formula {
    Rain,
    Lime,
    Depth,
    Number(f64),
    Plus(Box<Formula>, Box<Formula>),
    Less(Box<Formula>, Box<Formula>),
    Times(Box<Formula>, Box<Formula>),
    Least(Box<Formula>, Box<Formula>),
}

use Formula::{Depth, Least, Less, Lime, Number, Plus, Rain, Times};

impl Formula {
    fn grown(random: &mut Random, levels: usize) -> Formula {
        if levels == 0 || random.below(9) == 0 {
            return match random.below(4) {
                0 => Rain,
                1 => Lime,
                2 => Depth,
                _ => Number((random.below(200) as f64 - 100.0) / 10.0),
            };
        }
        let left = Box::new(Formula::grown(random, levels - 1));
        let right = Box::new(Formula::grown(random, levels - 1));
        match random.below(4) {
            0 => Plus(left, right),
            1 => Less(left, right),
            2 => Times(left, right),
            _ => Least(left, right),
        }
    }

    fn parts(&self) -> Option<(&Formula, &Formula)> {
        match self {
            Plus(a, b) | Less(a, b) | Times(a, b) | Least(a, b) => Some((a, b)),
            _ => None,
        }
    }

    fn size(&self) -> usize {
        1 + self.parts().map_or(0, |(left, right)| left.size() + right.size())
    }

    /// A part that is found by going left or right a few times.
    fn somewhere(&self, random: &mut Random) -> &Formula {
        let mut part = self;
        while let Some((left, right)) = part.parts()
            && random.below(4) > 0
        {
            part = if random.below(2) == 0 { left } else { right };
        }
        part
    }

    /// Puts something else in the place of a part.
    fn graft(&mut self, random: &mut Random, scion: Formula) {
        match self {
            Plus(a, b) | Less(a, b) | Times(a, b) | Least(a, b) if random.below(4) > 0 => {
                let side = if random.below(2) == 0 { a } else { b };
                side.graft(random, scion);
            }
            _ => *self = scion,
        }
    }

    fn child(&self, other: &Formula, random: &mut Random) -> Formula {
        let mut child = self.clone();
        let scion = match random.below(12) {
            0 => Formula::grown(random, 2),
            _ => other.somewhere(random).clone(),
        };
        child.graft(random, scion);
        if child.size() > LARGEST { Formula::grown(random, 5) } else { child }
    }

    fn predict(&self, field: &Field) -> f64 {
        match self {
            Rain => field.rain,
            Lime => field.lime,
            Depth => field.depth,
            Number(number) => *number,
            Plus(a, b) => a.predict(field) + b.predict(field),
            Less(a, b) => a.predict(field) - b.predict(field),
            Times(a, b) => a.predict(field) * b.predict(field),
            Least(a, b) => a.predict(field).min(b.predict(field)),
        }
    }
}

fn fields(random: &mut Random) -> Vec<Field> {
    let field = |_| {
        let (rain, lime, depth) = (4.0 * random.unit(), 3.0 * random.unit(), random.unit());
        let harvest = (rain * 2.0).min(lime + 3.0) * depth + 0.7 * rain - 0.2 * lime * lime;
        Field { rain, lime, depth, harvest }
    };
    (0..FIELDS).map(field).collect()
}

/// How far off a formula is, in all fields together. What is no number is far off.
fn error(formula: &Formula, fields: &[Field]) -> f64 {
    let errors = fields.iter().map(|field| (formula.predict(field) - field.harvest).abs());
    let error: f64 = errors.sum();
    if error.is_finite() { error } else { f64::MAX }
}

/// The better one of three that are drawn.
fn chosen(errors: &[f64], random: &mut Random) -> usize {
    let drawn = [(); 3].map(|()| random.below(errors.len()));
    *drawn.iter().min_by(|&&a, &&b| errors[a].total_cmp(&errors[b])).expect("three")
}

/// As many children as there were parents, who make room for them.
fn season(crowd: Vec<Formula>, errors: &[f64], random: &mut Random) -> Vec<Formula> {
    let child = |_| {
        let (one, other) = (chosen(errors, random), chosen(errors, random));
        crowd[one].child(&crowd[other], random)
    };
    (0..crowd.len()).map(child).collect()
}

fn main() {
    let mut random = Random::new(808);
    let fields = fields(&mut random);
    let mut crowd: Vec<Formula> = (0..CROWD).map(|_| Formula::grown(&mut random, 5)).collect();
    let mut best = (f64::MAX, 0, 0);
    let mut nodes = 0;
    for number in 0..SEASONS {
        let errors: Vec<f64> = crowd.iter().map(|formula| error(formula, &fields)).collect();
        let least = (0..CROWD).min_by(|&a, &b| errors[a].total_cmp(&errors[b])).expect("a crowd");
        if errors[least] < best.0 {
            best = (errors[least], number, crowd[least].size());
        }
        if number % 60 == 0 {
            let mut sorted = errors.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            println!("season {number:3}: best {:.6}, middle {:.6}", sorted[0], sorted[CROWD / 2]);
        }
        crowd = season(crowd, &errors, &mut random);
        nodes += crowd.iter().map(Formula::size).sum::<usize>();
    }
    let (error, number, size) = best;
    println!("best of all: {error:.6} in season {number}, of {size} parts; {nodes} were grown");
}
