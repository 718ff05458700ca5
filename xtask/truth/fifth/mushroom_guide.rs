//! Names mushrooms by their likeness to known finds: each find is a list of measures, and the finds
//! that are most alike decide by vote. Tries which measures are worth taking.

use truth::Random;

const KNOWN: usize = 24_000;
const ASKED: usize = 480;
const MEASURES: usize = 16;
const SPECIES: usize = 60;
/// Finds that have a vote.
const VOTES: usize = 15;

#[derive(Clone, Copy)]
struct Find {
    measures: [f32; MEASURES],
    species: usize,
}

/// A find that is so far from what is asked.
#[derive(Clone, Copy)]
struct Neighbour {
    distance: f32,
    species: usize,
}

/// Finds around what is typical of their species.
fn finds(count: usize, typical: &[[f32; MEASURES]], random: &mut Random) -> Vec<Find> {
    let find = |_| {
        let species = random.skewed(SPECIES);
        let vary = |at: usize| typical[species][at] + 3.0 * (random.unit() - 0.5) as f32;
        Find { measures: std::array::from_fn(vary), species }
    };
    (0..count).map(find).collect()
}

/// Brings each measure to a mean of zero and a spread of one.
fn scale(finds: &mut [Find], like: &[Find]) {
    for measure in 0..MEASURES {
        let values = like.iter().map(|find| f64::from(find.measures[measure]));
        let mean = values.clone().sum::<f64>() / like.len() as f64;
        let spread = values.map(|value| (value - mean).abs()).sum::<f64>() / like.len() as f64;
        for find in &mut *finds {
            let value = &mut find.measures[measure];
            *value = (*value - mean as f32) / spread as f32;
        }
    }
}

fn distance(a: &Find, b: &Find, weights: &[f32; MEASURES]) -> f32 {
    let apart = |at: usize| (a.measures[at] - b.measures[at]).abs() * weights[at];
    (0..4).map(|at| apart(at) + apart(at + 4) + apart(at + 8) + apart(at + 12)).sum()
}

/// The known finds, the most alike first.
fn ranked(known: &[Find], asked: &Find, weights: &[f32; MEASURES]) -> Vec<Neighbour> {
    let neighbour =
        |find: &Find| Neighbour { distance: distance(find, asked, weights), species: find.species };
    let mut neighbours: Vec<Neighbour> = known.iter().map(neighbour).collect();
    neighbours.sort_unstable_by(|a, b| a.distance.total_cmp(&b.distance));
    neighbours
}

/// The species with most votes; a nearer vote counts more.
fn vote(neighbours: &[Neighbour]) -> usize {
    let mut votes = [0.0; SPECIES];
    for neighbour in neighbours {
        votes[neighbour.species] += 1.0 / (0.5 + neighbour.distance);
    }
    let best = (0..SPECIES).max_by(|&a, &b| votes[a].total_cmp(&votes[b]));
    best.unwrap_or_default()
}

fn right(known: &[Find], asked: &[Find], weights: &[f32; MEASURES]) -> usize {
    let mut right = 0;
    for find in asked {
        let neighbours = ranked(known, find, weights);
        right += usize::from(vote(&neighbours[..VOTES]) == find.species);
    }
    right
}

fn main() {
    let mut random = Random::new(513);
    let typical: Vec<[f32; MEASURES]> =
        (0..SPECIES).map(|_| std::array::from_fn(|_| 4.0 * random.unit() as f32)).collect();
    let unscaled = finds(KNOWN, &typical, &mut random);
    let mut known = unscaled.clone();
    let mut asked = finds(ASKED, &typical, &mut random);
    scale(&mut known, &unscaled);
    scale(&mut asked, &unscaled);
    let all = [1.0; MEASURES];
    println!("all measures: {} of {ASKED} right", right(&known, &asked, &all));
    for (name, from) in [("cap", 0), ("gills", 4), ("stem", 8), ("spores", 12)] {
        let mut weights = all;
        weights[from..from + 4].fill(0.0);
        let right = right(&known, &asked[..120], &weights);
        println!("without those of the {name}: {right} of 120");
    }
}
