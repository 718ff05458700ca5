//! Rates telephone calls: each belongs to the longest known prefix of the number that was dialled.
//!
//! The numbering plan comes sorted from the regulator and becomes a tree with a branch for each
//! digit. A day's calls are held against it; carriers are billed by the tariffs of their prefixes.

use truth::{Random, word};

const PREFIXES: usize = 1_400_000;
const CARRIERS: usize = 4_000;
const CALLS: usize = 6_000_000;
const LINES: usize = 50_000;
/// Digits of a number.
const DIGITS: usize = 11;

/// Places of a node's branches in the tree, and the entry of the plan that ends here; 0 is none.
#[derive(Clone, Copy, Default)]
struct Node {
    branches: [u32; 10],
    entry: u32,
}

struct Entry {
    prefix: u64,
    digits: u32,
    carrier: u16,
    cents: u16,
}

struct Call {
    line: u32,
    number: u64,
    seconds: u32,
}

/// The plan in the order of its prefixes: nine digits mostly, and fewer for those with many lines.
fn plan(random: &mut Random) -> Vec<Entry> {
    let mut prefix = 0;
    let entry = |_| {
        prefix += 1 + random.below(1_400) as u64;
        let cut = [1, 1, 1, 1, 1, 10, 100, 1_000][random.below(8)];
        Entry {
            prefix: prefix / cut,
            digits: 9 - cut.ilog10(),
            carrier: random.skewed(CARRIERS) as u16,
            cents: 1 + random.below(90) as u16,
        }
    };
    (0..PREFIXES).map(entry).collect()
}

struct Tree {
    nodes: Vec<Node>,
}

fn digit(number: u64, at: u32, digits: u32) -> usize {
    (number / 10_u64.pow(digits - 1 - at) % 10) as usize
}

impl Tree {
    fn of(plan: &[Entry]) -> Tree {
        let mut nodes = Vec::with_capacity(4 * PREFIXES);
        nodes.push(Node::default());
        for (number, entry) in plan.iter().enumerate() {
            let mut at = 0;
            for place in 0..entry.digits {
                let branch = digit(entry.prefix, place, entry.digits);
                if nodes[at].branches[branch] == 0 {
                    nodes[at].branches[branch] = nodes.len() as u32;
                    nodes.push(Node::default());
                }
                at = nodes[at].branches[branch] as usize;
            }
            nodes[at].entry = number as u32 + 1;
        }
        Tree { nodes }
    }

    /// The entry with the longest prefix of a number.
    fn longest(&self, number: u64) -> u32 {
        let mut node = &self.nodes[0];
        let mut found = 0;
        let mut scale = 10_u64.pow(DIGITS as u32 - 1);
        while scale > 0 {
            let branch = node.branches[(number / scale % 10) as usize];
            if branch == 0 {
                break;
            }
            node = &self.nodes[branch as usize];
            if node.entry > 0 {
                found = node.entry;
            }
            scale /= 10;
        }
        found
    }

    fn entries(&self, calls: &[Call]) -> Vec<u32> {
        calls.iter().map(|call| self.longest(call.number)).collect()
    }
}

/// A day's calls, as they end. Some numbers are dialled wrongly and have no prefix at all.
fn calls(random: &mut Random) -> Vec<Call> {
    let highest = PREFIXES * 700 * 100;
    let call = |_| Call {
        line: random.skewed(LINES) as u32,
        number: random.below(highest) as u64,
        seconds: 5 + random.skewed(3_000) as u32,
    };
    (0..CALLS).map(call).collect()
}

/// Cents of each carrier, and of each line; minutes count from their beginning.
fn bills(plan: &[Entry], calls: &[Call], entries: &[u32]) -> (Vec<u64>, Vec<u64>) {
    let mut carriers = vec![0; CARRIERS];
    let mut lines = vec![0; LINES];
    for (call, &entry) in calls.iter().zip(entries) {
        let Some(entry) = (entry as usize).checked_sub(1).map(|at| &plan[at]) else { continue };
        let cents = u64::from(call.seconds.div_ceil(60)) * u64::from(entry.cents);
        carriers[usize::from(entry.carrier)] += cents;
        lines[call.line as usize] += cents;
    }
    (carriers, lines)
}

fn main() {
    let mut random = Random::new(805);
    let plan = plan(&mut random);
    let tree = Tree::of(&plan);
    let calls = calls(&mut random);
    let entries = tree.entries(&calls);
    let (carriers, mut lines) = bills(&plan, &calls, &entries);

    let wrong = entries.iter().filter(|&&entry| entry == 0).count();
    println!("{} nodes, {wrong} calls of no known prefix", tree.nodes.len());
    let mut order: Vec<usize> = (0..CARRIERS).collect();
    order.sort_unstable_by_key(|&carrier| (std::cmp::Reverse(carriers[carrier]), carrier));
    for &carrier in &order[..6] {
        println!("{:12} {:12} cents", word(carrier), carriers[carrier]);
    }
    let mut seconds: Vec<u32> = calls.iter().map(|call| call.seconds).collect();
    let (_, middle, _) = seconds.select_nth_unstable(CALLS / 2);
    println!("middle call: {middle} s");
    lines.sort_unstable();
    println!("middle bill: {}, highest {}", lines[LINES / 2], lines[LINES - 1]);
}
