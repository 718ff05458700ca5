//! In how many ways a budget can be spent on projects, for many budgets.

use truth::Random;

const PROJECTS: usize = 24;

/// Plans that spend at most what is left on projects from this one on.
fn plans(costs: &[u32], left: u32) -> u64 {
    let Some((cost, later)) = costs.split_first() else { return 1 };
    let with = if *cost <= left { plans(later, left - cost) } else { 0 };
    with + plans(later, left)
}

/// How even a list of costs is.
fn evenness(costs: &[u32]) -> f64 {
    let pairs = costs.iter().flat_map(|a| costs.iter().map(move |b| a.abs_diff(*b)));
    pairs.map(|apart| 1.0 / (1.0 + f64::from(apart)).sqrt()).sum()
}

fn main() {
    let mut random = Random::new(65);
    let (mut ways, mut even) = (0_u64, 0.0);
    for _ in 0..40 {
        let costs: Vec<u32> = (0..PROJECTS).map(|_| 3 + random.below(9) as u32).collect();
        ways = ways.wrapping_add(plans(&costs, 70));
        for _ in 0..60_000 / PROJECTS {
            even += evenness(&costs);
        }
    }
    println!("{ways} {even:.3}");
}
