//! Searches ways through a social network: how many people are within three steps of someone, and
//! how much do their interests resemble?

use std::collections::HashSet;

use truth::Random;

struct Network {
    friends: Vec<u32>,
    starts: Vec<u32>,
    interests: Vec<[u8; 16]>,
}

impl Network {
    fn new(people: usize) -> Network {
        let mut random = Random::new(41);
        let (mut friends, mut starts) = (Vec::new(), vec![0]);
        for _ in 0..people {
            for _ in 0..4 + random.skewed(30) {
                friends.push(random.below(people) as u32);
            }
            starts.push(friends.len() as u32);
        }
        let interests =
            (0..people).map(|_| std::array::from_fn(|_| random.number() as u8)).collect();
        Network { friends, starts, interests }
    }

    fn friends(&self, person: u32) -> &[u32] {
        let person = person as usize;
        &self.friends[self.starts[person] as usize..self.starts[person + 1] as usize]
    }

    /// Everyone within some steps, nearest first.
    fn around(&self, person: u32, steps: usize) -> Vec<u32> {
        let mut seen = HashSet::new();
        seen.insert(person);
        let mut found = vec![person];
        let mut from = 0;
        for _ in 0..steps {
            let to = found.len();
            for at in from..to {
                for &friend in self.friends(found[at]) {
                    if seen.insert(friend) {
                        found.push(friend);
                    }
                }
            }
            from = to;
        }
        found
    }

    /// How near two people's interests are, as a sum of differences.
    fn distance(&self, one: u32, other: u32) -> u32 {
        let (one, other) = (&self.interests[one as usize], &self.interests[other as usize]);
        one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
    }

    /// Whom to suggest: the nearest few that are no friends yet.
    fn suggestions(&self, person: u32) -> (usize, Vec<(u32, u32)>) {
        let around = self.around(person, 3);
        let mut best: Vec<(u32, u32)> = Vec::with_capacity(9);
        for &other in &around[1..] {
            let distance = self.distance(person, other);
            if best.len() == 8 && best[7].0 <= distance {
                continue;
            }
            if !self.friends(person).contains(&other) {
                let at = best.partition_point(|&(known, _)| known <= distance);
                best.insert(at, (distance, other));
                best.truncate(8);
            }
        }
        (around.len(), best)
    }
}

fn main() {
    let network = Network::new(200_000);
    let mut random = Random::new(42);
    let (mut reached, mut nearest) = (0, 0);
    for _ in 0..5_500 {
        let person = random.below(200_000) as u32;
        let (around, best) = network.suggestions(person);
        reached += around;
        nearest += best.first().map_or(0, |&(distance, _)| distance);
    }
    println!("{reached} people reached, distances {nearest}");
}
