//! A forester's plan: from the list of all trees of a forest, how much timber each way of thinning
//! would bring, and what is left to grow.

use truth::Random;

#[derive(Clone)]
struct Tree {
    number: u64,
    easting: f64,
    northing: f64,
    species: u8,
    health: u8,
    plot: u32,
    planted: u32,
    surveyed: u32,
    /// Millimetres.
    diameter: u32,
    /// Centimetres.
    height: u32,
    crown: u32,
    /// Cubic decimetres of timber for each centimetre of diameter beyond the limit.
    yielding: u32,
    surveyor: u32,
    marks: [u8; 12],
}

fn survey(count: usize) -> Vec<Tree> {
    let mut random = Random::new(2024);
    let tree = |number: usize| {
        let planted = 1900 + random.below(100) as u32;
        let diameter = 80 + random.below(200) as u32 + (2000 - planted) * 3;
        Tree {
            number: number as u64 * 7 + 11,
            easting: random.unit() * 9000.0,
            northing: random.unit() * 9000.0,
            species: random.skewed(9) as u8,
            health: random.below(5) as u8,
            plot: random.below(400) as u32,
            planted,
            surveyed: 2020 + random.below(4) as u32,
            diameter,
            height: 400 + diameter * 5 + random.below(300) as u32,
            crown: 100 + random.below(300) as u32,
            yielding: 10 + random.below(30) as u32,
            surveyor: random.below(20) as u32,
            marks: std::array::from_fn(|_| random.below(4) as u8),
        }
    };
    (0..count).map(tree).collect()
}

struct Stand {
    trees: Vec<Tree>,
}

impl Stand {
    /// What all trees bring that are thicker than a limit.
    fn timber(&self, limit: u32) -> u64 {
        let timber = |tree: &Tree| tree.diameter.saturating_sub(limit) * tree.yielding;
        self.trees.iter().map(|tree| u64::from(timber(tree))).sum()
    }

    /// The limit at which the wanted amount comes together.
    fn limit(&self, wanted: u64) -> u32 {
        let (mut low, mut high) = (0, 2000);
        while low < high {
            let middle = (low + high) / 2;
            if self.timber(middle) > wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// A year's growth of each tree, by its species, its health and how thick it is.
    fn grow(&mut self, year: u32, rain: &[u32; 9]) {
        for tree in &mut self.trees {
            let age = year.saturating_sub(tree.planted).clamp(5, 200);
            let vigour = rain[usize::from(tree.species)] * (6 - u32::from(tree.health)) / 5;
            let growth = vigour * tree.crown / (age * 8 + tree.diameter);
            tree.diameter += growth.min(14);
            tree.height += growth.min(9) * 4;
            tree.crown += growth / 3;
            tree.surveyed = tree.surveyed.max(year - 2);
            tree.marks[year as usize % 12] = tree.marks[year as usize % 12].wrapping_add(1);
        }
    }

    /// The best trees of each plot, which are not to be felled.
    fn kept(&self, plots: &mut [Vec<u32>]) -> u64 {
        plots.iter_mut().for_each(Vec::clear);
        for (at, tree) in self.trees.iter().enumerate() {
            plots[tree.plot as usize].push(at as u32);
        }
        let mut sum = 0;
        for plot in plots {
            let merit = |&at: &u32| {
                let tree = &self.trees[at as usize];
                (tree.height + tree.crown - u32::from(tree.health) * 50, tree.number)
            };
            plot.sort_unstable_by_key(merit);
            for &at in plot.iter().rev().take(10) {
                let tree = &self.trees[at as usize];
                let east = (tree.easting + tree.northing) as u64;
                sum += east + u64::from(tree.surveyor) + u64::from(tree.marks[3]);
            }
        }
        sum
    }
}

fn main() {
    let mut stand = Stand { trees: survey(250_000) };
    let mut plots = vec![Vec::new(); 400];
    let (mut kept, mut limits, mut rest) = (0u64, 0u64, 0u64);
    for year in 2024..2048 {
        let rain = std::array::from_fn(|species| 40 + (year * 7 + species as u32 * 13) % 30);
        stand.grow(year, &rain);
        let all = stand.timber(0);
        for part in [20, 10, 5] {
            limits += u64::from(stand.limit(all / part));
        }
        kept += stand.kept(&mut plots);
        rest = all;
    }
    println!("limits {limits}, kept {kept}, at last {rest} cubic decimetres");
}
