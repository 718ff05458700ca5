//! An index of a collection of recipes that keeps to a budget of memory: where the budget is used
//! up, what was collected becomes a sorted run, and at last all runs are merged.

use std::collections::HashMap;
use std::fs;
use std::io;

use truth::Random;

const RECIPES: u32 = 24_000;
const INGREDIENTS: usize = 9_000;
const BUDGET_KIB: u64 = 3_000;

/// A word's recipes, in their order.
type Postings = Vec<(u32, Vec<u32>)>;

/// How much memory the process has, in KiB, as the system sees it.
fn resident_kib() -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let field = line.and_then(|line| line.split_ascii_whitespace().nth(1));
    field.and_then(|field| field.parse().ok()).ok_or(io::ErrorKind::InvalidData.into())
}

struct Recipe {
    ingredients: Vec<u32>,
    minutes: u32,
}

fn recipe(random: &mut Random) -> Recipe {
    let length = 12 + random.below(28);
    let ingredients = (0..length).map(|_| random.skewed(INGREDIENTS) as u32).collect();
    Recipe { ingredients, minutes: 10 + random.below(110) as u32 }
}

#[derive(Default)]
struct Index {
    open: HashMap<u32, Vec<u32>>,
    runs: Vec<Postings>,
    added: u32,
    /// Resident memory when the open part was begun.
    floor: u64,
    peak: u64,
}

impl Index {
    fn add(&mut self, number: u32, recipe: &Recipe) {
        for &ingredient in &recipe.ingredients {
            let recipes = self.open.entry(ingredient).or_default();
            if recipes.last() != Some(&number) {
                recipes.push(number);
            }
        }
        self.added += 1;
    }

    /// Closes the open part if it has outgrown the budget.
    fn keep_to_budget(&mut self) -> io::Result<()> {
        let resident = resident_kib()?;
        self.peak = self.peak.max(resident);
        if resident > self.floor + BUDGET_KIB && self.added > 500 {
            self.close();
            self.floor = resident_kib()?;
        }
        Ok(())
    }

    fn close(&mut self) {
        let mut run: Postings = self.open.drain().collect();
        run.sort_unstable_by_key(|(ingredient, _)| *ingredient);
        self.runs.push(run);
        self.added = 0;
    }

    /// All runs in one. Earlier runs have earlier recipes.
    fn merged(mut self) -> Postings {
        self.close();
        let mut all: Vec<Vec<u32>> = vec![Vec::new(); INGREDIENTS];
        for (ingredient, recipes) in self.runs.into_iter().flatten() {
            all[ingredient as usize].extend(recipes);
        }
        (0..).zip(all).filter(|(_, recipes)| !recipes.is_empty()).collect()
    }
}

/// How many recipes have both ingredients.
fn both(a: &[u32], b: &[u32]) -> usize {
    let (mut at, mut found) = (0, 0);
    for &recipe in a {
        while b.get(at).is_some_and(|&other| other < recipe) {
            at += 1;
        }
        found += usize::from(b.get(at) == Some(&recipe));
    }
    found
}

/// The pair of the most frequent ingredients that is found together most often.
fn best_pair(index: &Postings) -> (u32, u32, usize) {
    let mut frequent: Vec<&(u32, Vec<u32>)> = index.iter().collect();
    frequent.sort_by_key(|(_, recipes)| std::cmp::Reverse(recipes.len()));
    frequent.truncate(120);
    let mut best = (0, 0, 0);
    for (at, (a, with_a)) in frequent.iter().enumerate() {
        for (b, with_b) in &frequent[at + 1..] {
            let found = both(with_a, with_b);
            if found > best.2 {
                best = (*a, *b, found);
            }
        }
    }
    best
}

fn main() -> io::Result<()> {
    let mut random = Random::new(502);
    let mut index = Index { floor: resident_kib()?, ..Index::default() };
    let mut quick = 0;
    for number in 0..RECIPES {
        let recipe = recipe(&mut random);
        quick += u32::from(recipe.minutes < 30);
        index.add(number, &recipe);
        index.keep_to_budget()?;
    }
    let (runs, peak) = (index.runs.len(), index.peak);
    let merged = index.merged();
    let (a, b, found) = best_pair(&merged);
    println!("{RECIPES} recipes, {quick} of them quick, {} ingredients", merged.len());
    println!("{} and {} are together in {found}", truth::word(a as usize), truth::word(b as usize));
    eprintln!("{runs} runs, at most {peak} KiB");
    Ok(())
}
