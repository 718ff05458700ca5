//! The machine's limits, from the `machine` binary.

use std::path::Path;
use std::process::Command;

use protocol::{Cost, Machine, at};

/// Measures them; without the binary or with a broken answer, a machine of which nothing is known.
pub fn measure(binary: Option<&Path>) -> Machine {
    let output = binary.and_then(|path| Command::new(path).output().ok());
    output.and_then(|output| serde_json::from_slice(&output.stdout).ok()).unwrap_or_else(|| {
        eprintln!("warning: this machine's limits could not be measured; the book says \"unavailable\" for them");
        Machine::default()
    })
}

/// In what two machines are not of the same kind; limits of one kind may be combined.
pub fn differences(one: &Machine, other: &Machine) -> Vec<String> {
    let facts = |machine: &Machine| {
        [
            machine.processor.clone(),
            format!("{} cores", machine.cores),
            machine.system.clone(),
            machine.features.join(" "),
        ]
    };
    let pairs = facts(one).into_iter().zip(facts(other));
    pairs.filter(|(a, b)| a != b).map(|(a, b)| format!("{a} / {b}")).collect()
}

/// Whether limits may be combined. A machine of which nothing could be measured fits any.
pub fn same_kind(one: &Machine, other: &Machine) -> bool {
    one.processor.is_empty() || other.processor.is_empty() || differences(one, other).is_empty()
}

/// The better of two measurements of one kind of machine, if there are two.
pub fn combined(one: Machine, other: &Machine) -> Machine {
    if one.processor.is_empty() { other.clone() } else { one.best(other) }
}

/// Everything that costs time, cheapest first, with the levels of memory among the operations; what
/// this system cannot measure comes last.
pub fn ladder(machine: &Machine) -> Vec<Cost> {
    let mut rungs = machine.costs.clone();
    rungs.extend(memory(machine));
    rungs.sort_by(|a, b| a.ns.unwrap_or(f64::INFINITY).total_cmp(&b.ns.unwrap_or(f64::INFINITY)));
    rungs
}

/// One access to each level, well inside it.
fn memory(machine: &Machine) -> Vec<Cost> {
    let cost = |name: String, ns, how: &str| Cost { name, ns, how: how.to_owned() };
    let mut levels: Vec<Cost> = machine
        .effective_caches
        .iter()
        .enumerate()
        .map(|(level, size)| {
            cost(
                format!("L{} cache", level + 1),
                at(machine.levels(), *size as f64 / std::f64::consts::SQRT_2),
                "an access that waits for the one before",
            )
        })
        .collect();
    let last = |curve: &[(f64, f64)]| curve.last().map(|point| point.1);
    if !machine.latency.is_empty() {
        let how = "an access that waits for the one before, to the largest size measured";
        levels.push(cost("main memory".to_owned(), last(&machine.latency), how));
        let huge = machine.latency_huge_pages.as_deref().and_then(last);
        levels.push(cost("main memory, huge pages".to_owned(), huge, how));
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_combined_within_a_kind() {
        let machine = |processor: &str, flops32| Machine {
            processor: processor.into(),
            cores: 2,
            flops32,
            ..Machine::default()
        };
        let (a, faster, other) = (machine("a", 1.0), machine("a", 2.0), machine("b", 1.0));
        assert!(same_kind(&a, &faster) && !same_kind(&a, &other));
        assert_eq!(differences(&a, &other), ["a / b"]);
        assert_eq!(combined(a.clone(), &faster), faster);
        // A probe that failed says nothing.
        let unknown = Machine::default();
        assert!(same_kind(&a, &unknown) && same_kind(&unknown, &a));
        assert_eq!(combined(a.clone(), &unknown), a);
        assert_eq!(combined(unknown, &a), a);
        let more = Machine { cores: 4, ..a.clone() };
        assert_eq!(differences(&a, &more), ["2 cores / 4 cores"]);
    }

    #[test]
    fn costs_and_levels_are_one_ladder() {
        let cost = |name: &str, ns| Cost { name: name.into(), ns, how: String::new() };
        let machine = Machine {
            latency: vec![(1e3, 1.0), (1e4, 1.0), (1e6, 100.0)],
            effective_caches: vec![10_000],
            costs: vec![cost("fault", None), cost("call", Some(200.0)), cost("add", Some(2.0))],
            ..Machine::default()
        };
        let ladder = ladder(&machine);
        let names: Vec<&str> = ladder.iter().map(|rung| rung.name.as_str()).collect();
        let expected = ["L1 cache", "add", "main memory", "call"];
        assert_eq!(names[..4], expected);
        assert!(ladder[4..].iter().all(|rung| rung.ns.is_none()));
        assert!(super::ladder(&Machine::default()).is_empty());
    }
}
