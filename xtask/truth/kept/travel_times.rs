//! Quotes driving times: requests name two towns, and the answer is the quickest way through the
//! roads and the price that follows from it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use truth::{Random, word};

struct Roads {
    names: Vec<String>,
    edges: Vec<(u32, u32)>,
    starts: Vec<usize>,
}

impl Roads {
    fn new(towns: usize) -> Roads {
        let mut random = Random::new(14);
        let mut edges = Vec::new();
        let mut starts = vec![0];
        for town in 0..towns {
            edges.push((((town + 1) % towns) as u32, 30));
            for _ in 0..4 {
                edges.push((random.below(towns) as u32, 5 + random.below(90) as u32));
            }
            starts.push(edges.len());
        }
        Roads { names: (0..towns).map(word).collect(), edges, starts }
    }

    /// Minutes from one town to another.
    fn quickest(&self, from: u32, to: u32) -> u32 {
        let mut best = vec![u32::MAX; self.names.len()];
        let mut queue = BinaryHeap::from([(Reverse(0), from)]);
        best[from as usize] = 0;
        while let Some((Reverse(minutes), town)) = queue.pop() {
            if town == to {
                return minutes;
            }
            if minutes > best[town as usize] {
                continue;
            }
            let town = town as usize;
            for &(next, more) in &self.edges[self.starts[town]..self.starts[town + 1]] {
                let sum = minutes + more;
                if sum < best[next as usize] {
                    best[next as usize] = sum;
                    queue.push((Reverse(sum), next));
                }
            }
        }
        u32::MAX
    }
}

/// The number of a town by its name.
fn town(sorted: &[(String, u32)], name: &str) -> Option<u32> {
    let at = sorted.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
    Some(sorted[at].1)
}

fn requests(names: &[String], count: usize) -> String {
    let mut random = Random::new(15);
    let mut text = String::new();
    for _ in 0..count {
        let (from, to) = (random.skewed(names.len()), random.skewed(names.len()));
        let weight = random.below(900);
        text.push_str(&format!("{};{};{weight}\n", names[from], names[to]));
    }
    text
}

/// Two digits by which a mistyped quote is found: the number's remainder, digit by digit.
fn check(town: u32, minutes: u32, weight: u32) -> u32 {
    let mut rest = 0;
    for part in [town, minutes, weight] {
        let mut digits = part;
        for _ in 0..8 {
            rest = (rest * 10 + digits % 10) % 97;
            digits /= 10;
        }
    }
    98 - rest
}

fn price(minutes: u32, weight: u32) -> u64 {
    let base = 900 + u64::from(minutes) * 45;
    let heavy = u64::from(weight.saturating_sub(300)) * u64::from(minutes) / 100;
    base + heavy
}

fn main() {
    let roads = Roads::new(48);
    let mut sorted: Vec<(String, u32)> = roads.names.iter().cloned().zip(0..).collect();
    sorted.sort();
    let requests = requests(&roads.names, 600_000);
    let (mut quotes, mut sum, mut checks) = (0, 0, 0);
    for line in requests.lines() {
        let mut fields = line.split(';');
        let mut field = || fields.next().unwrap_or_default();
        let (Some(from), Some(to)) = (town(&sorted, field()), town(&sorted, field())) else {
            continue;
        };
        let weight = field().parse().unwrap_or(0);
        let minutes = roads.quickest(from, to);
        checks += check(from, minutes, weight);
        sum += price(minutes, weight);
        quotes += 1;
    }
    println!("{quotes} quotes, {sum} cents, {checks}");
}
