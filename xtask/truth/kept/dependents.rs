//! Which packages are affected by a change? Reads an index of packages, turns it round, and walks
//! it from some changed ones.

use truth::Random;

struct Index {
    needs: Vec<u32>,
    starts: Vec<u32>,
}

impl Index {
    fn new(packages: usize, seed: u64) -> Index {
        let mut random = Random::new(seed);
        let (mut needs, mut starts) = (Vec::new(), vec![0]);
        for package in 0..packages {
            for _ in 0..random.below(5) {
                needs.push(random.skewed(package + 1) as u32);
            }
            starts.push(needs.len() as u32);
        }
        Index { needs, starts }
    }

    fn needs(&self, package: usize) -> &[u32] {
        &self.needs[self.starts[package] as usize..self.starts[package + 1] as usize]
    }

    fn packages(&self) -> usize {
        self.starts.len() - 1
    }

    /// For each package, those that need it.
    fn dependents(&self) -> Vec<Vec<u32>> {
        let mut dependents = vec![Vec::new(); self.packages()];
        for package in 0..self.packages() {
            for &needed in self.needs(package) {
                dependents[needed as usize].push(package as u32);
            }
        }
        dependents
    }
}

/// The distance of each package from the changed one, or none.
fn walk(dependents: &[Vec<u32>], changed: u32, distances: &mut Vec<u32>) -> usize {
    distances.clear();
    distances.resize(dependents.len(), u32::MAX);
    distances[changed as usize] = 0;
    let mut queue = vec![changed];
    let mut at = 0;
    while let Some(&package) = queue.get(at) {
        at += 1;
        let next = distances[package as usize] + 1;
        for &dependent in &dependents[package as usize] {
            if distances[dependent as usize] == u32::MAX {
                distances[dependent as usize] = next;
                queue.push(dependent);
            }
        }
    }
    at
}

/// Versions that are published again because of a change: one more for each step away.
fn bump(versions: &mut [u32], distances: &[u32]) -> u64 {
    let mut bumped = 0;
    for (version, &distance) in versions.iter_mut().zip(distances) {
        if distance != u32::MAX {
            *version += 1;
            bumped += u64::from(distance);
        }
    }
    bumped
}

fn main() {
    let index = Index::new(60_000, 4);
    let mut versions = vec![1; index.packages()];
    let mut distances = Vec::new();
    let mut random = Random::new(6);
    let (mut reached, mut bumped) = (0, 0);
    for _ in 0..400 {
        let dependents = index.dependents();
        let changed = random.below(index.packages()) as u32;
        reached += walk(&dependents, changed, &mut distances);
        bumped += bump(&mut versions, &distances);
    }
    println!("{reached} reached, {bumped} steps, newest {:?}", versions.iter().max());
}
