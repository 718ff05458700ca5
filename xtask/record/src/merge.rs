//! Several records become one, where they could have been one run: same code, same tools, same
//! kind of machine, different cases.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::{Aspect, Record, Shards};
use protocol::machine;

/// A record and where it came from: every refusal names both sides.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its file.
    pub path: PathBuf,
    /// Its content.
    pub record: Record,
}

/// Puts all into one. Limits of machines of one kind are the better of all, as within a run;
/// conditions are those of all.
///
/// # Errors
/// Names two records that do not fit, and says why and what to do.
pub fn merge(sources: &[Source]) -> Result<Record> {
    let Some((first, others)) = sources.split_first() else { bail!("there is nothing to merge") };
    let mut merged = first.record.clone();
    for (at, source) in others.iter().enumerate() {
        fits(first, source, true)?;
        let record = &source.record;
        merged.shards = shards(&sources[..=at], merged.shards.take(), source)?;
        merged.started = merged.started.min(record.started);
        merged.machine = machine::combined(merged.machine, &record.machine);
        merged.add_conditions(&record.conditions);
        merged.calibration = [merged.calibration.take(), record.calibration.clone()]
            .into_iter()
            .flatten()
            .max_by_key(|calibration| calibration.started);
        merged.again.extend(record.again.clone());
        for (name, case) in &record.cases {
            match merged.cases.get(name) {
                None => drop(merged.cases.insert(name.clone(), case.clone())),
                Some(known) if known == case => {}
                Some(_) => {
                    let holds = |earlier: &&Source| earlier.record.cases.contains_key(name);
                    let earlier = sources.iter().find(holds).unwrap_or(first);
                    bail!(
                        "both {} and {} have measured `{name}`; its samples cannot be mixed, so \
                         leave one of the two out",
                        earlier.path.display(),
                        source.path.display()
                    );
                }
            }
        }
    }
    if merged.shards.as_ref().is_some_and(|shards| shards.missing().is_empty()) {
        merged.shards = None; // the whole of the run
    }
    Ok(merged)
}

/// Groups records by the kind of their machine, those with most cases first.
pub fn by_machine(sources: Vec<Source>) -> Vec<Vec<Source>> {
    let mut groups: Vec<Vec<Source>> = Vec::new();
    for source in sources {
        let kin = groups.iter_mut().find(|group| {
            machine::differences(&group[0].record.machine, &source.record.machine).is_empty()
        });
        match kin {
            Some(group) => group.push(source),
            None => groups.push(vec![source]),
        }
    }
    let cases = |group: &Vec<Source>| -> usize {
        let names: BTreeSet<&String> =
            group.iter().flat_map(|source| source.record.cases.keys()).collect();
        names.len()
    };
    groups.sort_by_key(|group| std::cmp::Reverse(cases(group)));
    groups
}

/// What a reader of the merged record should know.
pub fn warnings(record: &Record) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some(shards) = &record.shards {
        let missing: Vec<String> =
            shards.missing().iter().map(|number| format!("{number}/{}", shards.of)).collect();
        warnings.push(format!("missing: shard {}", missing.join(", ")));
    }
    if record.commit.as_ref().is_none_or(|commit| commit.ends_with('+')) {
        warnings.push(
            "files were changed after the commit, or there is none: nothing proves that all \
             records are of the same code"
                .to_owned(),
        );
    }
    warnings
}

/// The first difference that two records of one run cannot have; or, if they need not be of one
/// commit, of two runs on one machine.
pub(crate) fn fits(one: &Source, other: &Source, one_commit: bool) -> Result<()> {
    let (a, b) = (&one.record, &other.record);
    let names = || format!("{} and {}", one.path.display(), other.path.display());
    let pairs = a.circumstances().into_iter().zip(b.circumstances());
    // Machines last: `--by-machine` helps only where nothing else differs.
    let mut others = pairs.filter(|(a, _)| match a.aspect {
        Aspect::Machine => false,
        Aspect::Code => one_commit,
        _ => true,
    });
    if let Some((a, b)) = others.find(|(a, b)| a != b) {
        bail!(
            "{} differ in {}: {a} / {b}; they are no parts of one run, but `cargo xtask compare` \
             can compare them",
            names(),
            a.name
        );
    }
    if !machine::differences(&a.machine, &b.machine).is_empty() {
        bail!(
            "{} are of different machines: {}; `cargo xtask book A.json B.json` shows several side \
             by side, and `merge --by-machine` makes one record for each kind",
            names(),
            machine::differences(&a.machine, &b.machine).join(", ")
        );
    }
    Ok(())
}

/// The parts that are there once `source` is added to what came before.
fn shards(before: &[Source], known: Option<Shards>, source: &Source) -> Result<Option<Shards>> {
    let (mut known, new) = match (known, &source.record.shards) {
        (Some(known), Some(new)) => (known, new),
        (known, new) => return Ok(known.or_else(|| new.clone())),
    };
    if known.of != new.of {
        let other = before.iter().find(|source| source.record.shards.is_some());
        bail!(
            "{} is of a run in {} shards, {} of one in {}; merge parts of the same run",
            other.map_or(Path::new("the first"), |other| &other.path).display(),
            known.of,
            source.path.display(),
            new.of
        );
    }
    known.numbers.extend(&new.numbers);
    Ok(Some(known))
}

#[cfg(test)]
mod tests;
