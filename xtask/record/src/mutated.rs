//! Records that are wrong in ways nobody thought of: a real one, with something in it emptied, cut,
//! tripled, swapped, taken away or made extreme, or with other bytes. The same seed always makes
//! the same one. For tests of everything that reads records.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// What somebody may write into a record, where a word is expected.
pub const HOSTILE: &str = "<script>alert(1)</script> \"><img onerror=x> | `\n\n# loud\n\n\
    [click](javascript:alert(2)) *_~~ {{#include Cargo.toml}} {{ranking}} ``` </code></td>";

/// A part of a record that is as small as it can be and still has something of all: of one case the
/// first rung and the last two, in one scenario (the one that evidence is about, if there is one),
/// in so many processes.
///
/// # Panics
/// If this is no record with cases.
pub fn part(record: &Value, case: &str, processes: usize) -> Value {
    let run = record.as_object().expect("a record is an object");
    let about_it = run.iter().filter(|(field, _)| *field != "cases");
    let mut part: Map<_, _> = about_it.map(|(name, of)| (name.clone(), of.clone())).collect();
    let mut case_record = record["cases"][case].clone();
    let place = |of: &Value| (of["input"].clone(), of["n"].clone());
    let about = place(&case_record["evidence"]["simulated"]["here"]["scenario"]);
    let scenarios = case_record["scenarios"].as_array_mut().expect("a case has scenarios");
    let known = scenarios.iter().position(|known| place(&known["scenario"]) == about);
    scenarios.swap(0, known.unwrap_or(0));
    scenarios.truncate(1);
    let cut = |list: &mut Value| list.as_array_mut().map_or((), |list| list.truncate(processes));
    for scenario in scenarios.iter_mut() {
        for list in ["times", "cpu", "faults"] {
            scenario.get_mut(list).into_iter().for_each(cut);
        }
        let pairs = scenario["pairs"].as_array_mut().expect("a scenario has pairs");
        pairs.iter_mut().for_each(|pair| cut(&mut pair["logs"]));
    }
    without_middle(&mut case_record);
    part.insert("cases".to_owned(), json!({ case: case_record }));
    part.into()
}

/// Leaves the first rung and the last two wherever something is told by rung.
fn without_middle(case: &mut Value) {
    let rungs = case["description"]["rungs"].as_array().map_or(0, Vec::len);
    let kept = |rung: usize| rung == 0 || rung + 2 >= rungs;
    let cut = |list: &mut Value| {
        if let Value::Array(list) = list {
            let mut at = 0..;
            list.retain(|_| at.next().is_some_and(kept));
        }
    };
    cut(&mut case["description"]["rungs"]);
    for (name, found) in case["evidence"].as_object_mut().into_iter().flatten() {
        if name == "cost" {
            cut(found);
        }
        found.pointer_mut("/here/rungs").into_iter().for_each(cut);
    }
    for scenario in case["scenarios"].as_array_mut().into_iter().flatten() {
        for list in ["data_bytes", "solo", "allocations", "tails", "alone"] {
            scenario.get_mut(list).into_iter().for_each(cut);
        }
        for list in ["times", "cpu", "faults"] {
            let processes = scenario.get_mut(list).and_then(Value::as_array_mut);
            processes.into_iter().flatten().for_each(cut);
        }
        pairs_of(scenario["pairs"].as_array_mut().expect("a scenario has pairs"), rungs, kept);
    }
}

/// Leaves pairs of the rungs that are kept, under the places that those have now.
fn pairs_of(pairs: &mut Vec<Value>, rungs: usize, kept: impl Fn(usize) -> bool) {
    let of = |pair: &Value, side: &str| pair[side].as_u64().unwrap_or(0) as usize;
    pairs.retain(|pair| kept(of(pair, "base")) && kept(of(pair, "rung")));
    for pair in pairs {
        for side in ["base", "rung"] {
            let rung = of(pair, side);
            pair[side] = json!(if rung == 0 { 0 } else { rung + 3 - rungs.max(3) });
        }
    }
}

/// A mutant's text: mostly JSON.
pub fn mutant(record: &Value, seed: u64) -> String {
    let mut rng = Rng::with_seed(seed);
    let mut mutant = record.clone();
    for _ in 0..[1, 1, 1, 2, 3][rng.usize(..5)] {
        mutate(&mut mutant, &mut rng);
    }
    let text = mutant.to_string();
    if rng.u8(..) < 8 { other_bytes(text, &mut rng) } else { text }
}

/// One change somewhere. Deep places are as likely as they are many, and lists of numbers do not
/// take them all.
fn mutate(value: &mut Value, rng: &mut Rng) {
    let deeper = rng.u8(..) < 244;
    match value {
        Value::Object(all) if deeper && !all.is_empty() => {
            let at = rng.usize(..all.len());
            all.values_mut().nth(at).into_iter().for_each(|below| mutate(below, rng));
        }
        Value::Array(all) if deeper && !all.is_empty() => {
            let at = rng.usize(..all.len());
            mutate(&mut all[at], rng);
        }
        Value::Object(all) => change_object(all, rng),
        Value::Array(all) => change_list(all, rng),
        Value::String(text) => change_text(text, rng),
        Value::Number(_) if rng.u8(..) < 192 => scale(value, rng),
        other => *other = any(rng),
    }
}

fn change_object(all: &mut Map<String, Value>, rng: &mut Rng) {
    let keys: Vec<String> = all.keys().cloned().collect();
    if keys.is_empty() {
        return;
    }
    let key = |rng: &mut Rng| keys[rng.usize(..keys.len())].clone();
    let (one, other) = (key(rng), key(rng));
    match rng.u8(..5) {
        0 => drop(all.remove(&one)),
        1 => all.clear(),
        2 => drop(all.insert(one, any(rng))),
        3 => {
            let [first, second] = [all[&one].clone(), all[&other].clone()];
            all.extend([(one, second), (other, first)]);
        }
        _ => {
            let moved = all.remove(&one).unwrap_or_default();
            all.insert(word(rng), moved);
        }
    }
}

fn change_list(all: &mut Vec<Value>, rng: &mut Rng) {
    let at = rng.usize(..all.len().max(1));
    match rng.u8(..7) {
        0 => all.clear(),
        1 => all.truncate(at),
        2 => *all = [all.as_slice(), all, all].concat(),
        3 => all.reverse(),
        4 if !all.is_empty() => drop(all.remove(at)),
        5 if !all.is_empty() => all.insert(at, all[at].clone()),
        _ => all.push(any(rng)),
    }
}

fn change_text(text: &mut String, rng: &mut Rng) {
    match rng.u8(..7) {
        0 => text.clear(),
        1 => *text = text.repeat(3),
        2 => text.push_str(HOSTILE),
        3 => text.push_str(&HOSTILE.replace('\n', " ")),
        4 => *text = text.chars().rev().collect(),
        5 => drop(text.pop()),
        _ => *text = word(rng),
    }
}

fn scale(number: &mut Value, rng: &mut Rng) {
    let Some(known) = number.as_f64() else { return };
    let by = [-1.0, 0.0, 0.5, 0.99, 2.0, 3.0, 1e3, 1e-3, 1e9, 1e-9][rng.usize(..10)];
    *number = match number.is_f64() {
        true => json!(known * by),
        false => json!((known * by) as i64),
    };
}

fn word(rng: &mut Rng) -> String {
    let long = "x".repeat(if rng.u8(..) < 2 { 100_000 } else { 300 });
    let words = ["", "naive", "peer", "optimized", "..", "\u{1b}[2J", "a<b", HOSTILE, &long];
    words[rng.usize(..words.len())].to_owned()
}

fn any(rng: &mut Rng) -> Value {
    match rng.u8(..10) {
        0 => Value::Null,
        1 => json!([]),
        2 => json!({}),
        3 => json!(rng.bool()),
        4 => json!(word(rng)),
        5 => json!([1.0, 2.0]),
        6 => json!(rng.i64(..)),
        7 => json!([u64::MAX, 1 << 50, 1 << 31, 0][rng.usize(..4)]),
        8 => json!([1e300, -1e300, 5e-324, 1e18, 1e-12, 0.5][rng.usize(..6)]),
        _ => json!(rng.i32(-3..4)),
    }
}

/// Some bytes made others, or taken away.
fn other_bytes(text: String, rng: &mut Rng) -> String {
    let mut bytes = text.into_bytes();
    for _ in 0..rng.usize(1..4) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.usize(..bytes.len());
        match rng.u8(..4) {
            0 => bytes[at] = rng.u8(..),
            1 => bytes[at] = b"0123456789-.,:[]{}\"e\\"[rng.usize(..21)],
            2 => drop(bytes.remove(at)),
            _ => bytes.truncate(at.max(1)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::Serialize;

    use super::*;
    use crate::fixture::{builds, record, rows};
    use crate::{Builds, Record, Rows};

    #[test]
    fn mutants_are_refused_in_a_sentence_or_can_be_read_again() {
        let whole = serde_json::to_value(record()).unwrap();
        all_are(&part(&whole, "words", 3), Record::read);
        all_are(&serde_json::to_value(builds()).unwrap(), Builds::read);
        all_are(&serde_json::to_value(rows()).unwrap(), Rows::read);
    }

    fn all_are<T: Debug + PartialEq + Serialize>(
        whole: &Value,
        read_as: fn(&str) -> anyhow::Result<T>,
    ) {
        let (mut read, mut refused) = (0, 0);
        for seed in 0..3_000 {
            match read_as(&mutant(whole, seed)) {
                Ok(record) => {
                    read += 1;
                    let again = read_as(&serde_json::to_string(&record).unwrap()).unwrap();
                    assert_eq!(again, record, "seed {seed}");
                }
                Err(error) => {
                    refused += 1;
                    let error = format!("{error:#}");
                    assert!(error.chars().count() < 300, "seed {seed}: {error}");
                    assert!(!error.contains(char::is_control), "seed {seed}: {error}");
                }
            }
        }
        assert!(read > 500 && refused > 500, "{read} were read, {refused} refused");
    }
}
