//! callgrind's file. It knows who called whom and at what cost, but no stacks: a function's own
//! instructions are shared among the ways to it, by what its callers spent in it.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

use super::shown;
use crate::Profile;
use crate::names::readable;
use crate::profile::stack;

/// Ways with a smaller share of all instructions are not followed further.
const SMALLEST: f64 = 2e-4;
const DEEPEST: usize = 64;

pub(super) fn is(text: &str) -> bool {
    text.starts_with("# callgrind format")
        || text.lines().take(20).any(|line| line.starts_with("creator: callgrind"))
}

/// What the file says.
#[derive(Default)]
struct Costs {
    names: Vec<String>,
    /// The place of a name, by its number in the file or by itself.
    places: HashMap<String, usize>,
    own: Vec<u64>,
    /// Who called whom, and what that cost in all.
    arcs: HashMap<(usize, usize), u64>,
}

pub(super) fn read(text: &str) -> Result<Profile> {
    let costs = parse(text)?;
    let total = costs.own.iter().fold(0_u64, |sum, own| sum.saturating_add(*own));
    let mut callers: Vec<Vec<(usize, u64)>> = vec![Vec::new(); costs.names.len()];
    let mut arcs: Vec<_> = costs.arcs.iter().collect();
    arcs.sort();
    for ((from, to), cost) in arcs {
        if from != to {
            callers[*to].push((*from, *cost));
        }
    }
    let mut ways = Ways { names: &costs.names, callers: &callers, least: total as f64 * SMALLEST };
    let mut stacks = Vec::new();
    for (function, own) in costs.own.iter().enumerate().filter(|(_, own)| **own > 0) {
        ways.follow(&mut vec![function], *own as f64, &mut stacks);
    }
    Ok(Profile::samples("callgrind's file: instructions, shared among callers", stacks))
}

struct Ways<'a> {
    names: &'a [String],
    callers: &'a [Vec<(usize, u64)>],
    least: f64,
}

impl Ways<'_> {
    /// Goes on outwards from the last of a path while that is worth it.
    fn follow(&mut self, path: &mut Vec<usize>, cost: f64, found: &mut Vec<protocol::Stack>) {
        let last = *path.last().expect("a path begins somewhere");
        let callers = self.callers[last].iter().filter(|(caller, _)| !path.contains(caller));
        let callers: Vec<(usize, u64)> = callers.copied().collect();
        let all: f64 = callers.iter().map(|(_, cost)| *cost as f64).sum();
        if cost < self.least || all == 0.0 || path.len() >= DEEPEST {
            let frames = path.iter().rev().map(|at| self.names[*at].clone()).collect();
            found.push(stack(frames, cost.round() as u64));
            return;
        }
        for (caller, of) in callers {
            path.push(caller);
            self.follow(path, cost * of as f64 / all, found);
            path.pop();
        }
    }
}

impl Costs {
    /// The place of "(12) name", "(12)" or "name".
    fn place(&mut self, text: &str) -> usize {
        let (key, name) = match text.split_once(')').filter(|_| text.starts_with('(')) {
            Some((number, name)) => (number, name.trim()),
            None => (text, text),
        };
        if let Some(place) = self.places.get(key) {
            return *place;
        }
        self.names.push(readable(if name.is_empty() { "[unknown]" } else { name }));
        self.own.push(0);
        self.places.insert(key.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}

fn parse(text: &str) -> Result<Costs> {
    let mut costs = Costs::default();
    let (mut current, mut callee, mut calls) = (None, None, false);
    let mut places = 1;
    for (at, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("fn=") {
            current = Some(costs.place(name));
        } else if let Some(name) = line.strip_prefix("cfn=") {
            callee = Some(costs.place(name));
        } else if line.starts_with("calls=") {
            calls = true;
        } else if let Some(positions) = line.strip_prefix("positions:") {
            places = positions.split_whitespace().count().max(1);
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            let function = current.with_context(|| format!("line {} is of no function", at + 1))?;
            let cost = line.split_whitespace().nth(places).map_or(Ok(0), str::parse::<u64>);
            let Ok(cost) = cost else {
                bail!("line {} has no cost: «{}»", at + 1, shown(line));
            };
            match callee.filter(|_| std::mem::take(&mut calls)) {
                Some(callee) => {
                    let arc = costs.arcs.entry((function, callee)).or_default();
                    *arc = arc.saturating_add(cost);
                }
                None => costs.own[function] = costs.own[function].saturating_add(cost),
            }
        }
    }
    if costs.own.is_empty() {
        bail!("callgrind's file without functions; was it written to its end?");
    }
    Ok(costs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_functions_own_cost_is_shared_among_its_callers() {
        let text = "# callgrind format\nevents: Ir\n\nfn=(1) app::main\n1 10\ncfn=(2) app::a\n\
                    calls=1 5\n2 400\ncfn=(3) app::b\ncalls=1 5\n3 130\n\nfn=(2)\n1 100\n\
                    cfn=(4) malloc\ncalls=3 1\n+2 300\n\nfn=(3)\n1 30\ncfn=(4)\ncalls=1 1\n\
                    * 100\n\nfn=(4)\n9 400\n";
        assert!(is(text));
        let read = read(text).unwrap();
        let mut folded: Vec<(String, u64)> =
            read.stacks.iter().map(|stack| (stack.frames.join(";"), stack.samples)).collect();
        folded.sort();
        let expected = [
            ("app::main", 10),
            ("app::main;app::a", 100),
            ("app::main;app::a;malloc", 300),
            ("app::main;app::b", 30),
            ("app::main;app::b;malloc", 100),
        ];
        assert_eq!(folded, expected.map(|(frames, cost)| (frames.to_owned(), cost)));
    }

    #[test]
    fn a_circle_ends_and_a_broken_line_is_named() {
        let circle = "# callgrind format\nfn=(1) a\n1 5\ncfn=(2) b\ncalls=1 1\n1 9\nfn=(2)\n1 4\n\
                      cfn=(1)\ncalls=1 1\n1 5\n";
        assert!(read(circle).unwrap().total() >= 8);
        let error = read("# callgrind format\nfn=(1) a\n1 x\n").err().unwrap().to_string();
        assert!(error.contains("line 3"), "{error}");
    }
}
