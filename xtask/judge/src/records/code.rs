//! The alarm: machine code that differs materially from the committed record's. A new compiler may
//! make naive fast, or spoil what was optimized, and times alone do not say that it did.

use record::{Assembly, Record, Toolchain};

/// Counts that differ by less than this share are the same code in another order.
const MATERIAL: f64 = 0.1;
/// Share of the samples from which a function is the hot one without doubt.
const DOMINATES: f64 = 0.5;
/// A function that keeps this part of its share is still hot, whichever is first: where two have
/// about half of the samples each, as in two threads, chance puts one of them in front.
const STILL_HOT: f64 = 0.5;

/// What changed, and against what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// "the committed record", with both compilers where they differ.
    pub since: String,
    /// Case, rung, and what changed: "packed instructions none → 12 of 256 bit".
    pub list: Vec<(String, String, String)>,
}

/// Everything that changed materially.
pub fn changes(old: &Record, new: &Record) -> Changes {
    let compilers = (&old.toolchain.rustc, &new.toolchain.rustc);
    let since = if compilers.0 == compilers.1 {
        "the committed record".to_owned()
    } else {
        format!("the committed record ({} → {})", compilers.0, compilers.1)
    };
    let mut list = Vec::new();
    // Another compiler is what the alarm is for; other flags or profiles were somebody's wish.
    let same_wishes = Toolchain { rustc: compilers.1.clone(), ..old.toolchain.clone() };
    if same_wishes != new.toolchain {
        return Changes { since, list };
    }
    // What is chosen at run time depends on the processor, and so does which function is hot.
    let same_choice = old.machine.features == new.machine.features;
    for (case, rung, before) in functions(old) {
        let after = functions(new).find(|(c, r, _)| (*c, *r) == (case, rung));
        if let Some((_, _, after)) = after {
            let of_rung = of_function(before, after, same_choice);
            list.extend(of_rung.into_iter().map(|what| (case.to_owned(), rung.to_owned(), what)));
        }
    }
    Changes { since, list }
}

/// Case, rung and hot function of everything in a record.
fn functions(record: &Record) -> impl Iterator<Item = (&str, &str, &Assembly)> {
    record.cases.iter().flat_map(|(name, case)| {
        let rungs = case.description.iter().flat_map(|description| &description.rungs);
        let found = case.evidence.iter().filter_map(|evidence| evidence.assembly.here());
        let functions = found.flat_map(|counted| &counted.rungs);
        rungs.zip(functions).filter_map(move |(rung, function)| {
            Some((name.as_str(), rung.name.as_str(), function.as_ref()?))
        })
    })
}

fn of_function(old: &Assembly, new: &Assembly, same_choice: bool) -> Vec<String> {
    if old.function != new.function {
        let dominate = old.share >= DOMINATES && new.share >= DOMINATES;
        let still_hot = new.second.as_ref().is_some_and(|second| {
            second.function == old.function && second.share >= STILL_HOT * old.share
        });
        let certain = same_choice && dominate && !still_hot;
        let what = format!("hot function {} → {}", old.function, new.function);
        return if certain { vec![what] } else { Vec::new() };
    }
    let mut changes = Vec::new();
    let widths = |code: &Assembly| code.packed.iter().map(|(width, _)| *width).collect::<Vec<_>>();
    if widths(old) != widths(new) {
        changes.push(format!("packed instructions {} → {}", packed(old), packed(new)));
    }
    for (what, before, after) in [
        ("calls", old.calls, new.calls),
        ("calls that panic", old.panics, new.panics),
        ("instructions", old.instructions, new.instructions),
    ] {
        if before.abs_diff(after) as f64 > MATERIAL * before as f64 {
            changes.push(format!("{what} {before} → {after}"));
        }
    }
    changes
}

/// "12 of 256 bit, 3 of 128 bit", wide before narrow.
pub fn packed(code: &Assembly) -> String {
    if code.packed.is_empty() {
        return "none".to_owned();
    }
    let parts = code.packed.iter().rev().map(|(width, count)| format!("{count} of {width} bit"));
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Description, Effort, Machine, RungInfo, Scenario};
    use record::{CaseRecord, Counted, Evidence, Found, Second};

    fn code() -> Assembly {
        Assembly {
            function: "words::naive::count".into(),
            share: 0.9,
            second: None,
            instructions: 100,
            packed: Vec::new(),
            calls: 20,
            panics: 0,
            text: String::new(),
        }
    }

    fn record(rustc: &str, code: Assembly) -> Record {
        let toolchain =
            Toolchain { rustc: rustc.into(), target: "x".into(), ..Toolchain::default() };
        let mut record = Record::new(Effort::Quick, None, toolchain, Machine::default());
        let scenario = Scenario { input: "words".into(), n: 1, effort: Effort::Quick };
        let assembly = Found::Here(Counted { scenario, rungs: vec![Some(code)] });
        let description = Description {
            item: "word".into(),
            rungs: vec![RungInfo { name: "naive".into(), unavailable: None }],
            ..Description::default()
        };
        let case = CaseRecord {
            failure: None,
            description: Some(description),
            scenarios: Vec::new(),
            evidence: Some(Evidence { assembly, ..Evidence::default() }),
            seconds: 0.0,
        };
        record.cases.insert("words".into(), case);
        record
    }

    fn found(change: impl FnOnce(&mut Assembly)) -> Vec<String> {
        let mut new = code();
        change(&mut new);
        let changes = changes(&record("1", code()), &record("1", new));
        assert_eq!(changes.since, "the committed record");
        changes
            .list
            .into_iter()
            .map(|(case, rung, what)| format!("{case}/{rung}: {what}"))
            .collect()
    }

    #[test]
    fn what_is_material_is_named() {
        assert_eq!(
            found(|code| code.packed = vec![(128, 3), (256, 12)]),
            ["words/naive: packed instructions none → 12 of 256 bit, 3 of 128 bit"]
        );
        assert_eq!(found(|code| code.calls = 0), ["words/naive: calls 20 → 0"]);
        assert_eq!(found(|code| code.panics = 1), ["words/naive: calls that panic 0 → 1"]);
        assert_eq!(found(|code| code.instructions = 111), ["words/naive: instructions 100 → 111"]);
        assert_eq!(
            found(|code| {
                code.function = "words::naive::other".into();
                code.instructions = 1;
            }),
            ["words/naive: hot function words::naive::count → words::naive::other"]
        );
    }

    #[test]
    fn what_is_not_stays_quiet() {
        assert!(found(|code| code.instructions = 91).is_empty());
        assert!(found(|code| code.calls = 21).is_empty());
        assert!(found(|code| code.share = 0.4).is_empty());
        // Two functions of about the same share change places by chance.
        assert!(
            found(|code| {
                code.function = "words::naive::other".into();
                code.share = 0.4;
            })
            .is_empty()
        );
        // So do two that are above half in one run each: the old one is hot still.
        let overtaken = |share| {
            found(|code| {
                let function = std::mem::replace(&mut code.function, "words::naive::other".into());
                (code.share, code.second) = (0.52, Some(Second { function, share }));
            })
        };
        assert!(overtaken(0.48).is_empty());
        assert_eq!(overtaken(0.1).len(), 1, "a tenth is what is left of it");
        let otherwise = |wish: fn(&mut Toolchain)| {
            let mut other = record("1", Assembly { calls: 0, ..code() });
            wish(&mut other.toolchain);
            changes(&record("1", code()), &other).list.len()
        };
        assert_eq!(otherwise(|toolchain| toolchain.rustc = "2".into()), 1);
        assert_eq!(otherwise(|toolchain| toolchain.target = "y".into()), 0);
        assert_eq!(otherwise(|toolchain| toolchain.flags = "-C target-cpu=native".into()), 0);
        assert_eq!(otherwise(|toolchain| toolchain.profile = "lto=fat".into()), 0);
    }

    #[test]
    fn two_compilers_are_named() {
        let changes = changes(&record("rustc 1", code()), &record("rustc 2", code()));
        assert_eq!(changes.since, "the committed record (rustc 1 → rustc 2)");
        assert!(changes.list.is_empty());
    }
}
