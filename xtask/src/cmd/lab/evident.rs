//! What somebody may have changed so that a check means something else, as far as it can be seen.

use anyhow::Result;
use cases::rungs::rung_modules;
use cases::text;
use labs::scan::{self, Shown};
use measure::build;

use super::package::Place;

/// What measures, beside the case itself.
const RULER: [&str; 4] = ["xtask", "Cargo.toml", "Cargo.lock", ".cargo"];

/// Files of the case and of what measures that are not as the commit has them. Empty outside a
/// repository, where nobody knows: the log then names no commit.
pub fn changed(place: &Place) -> Vec<String> {
    let case = format!("crates/{}", place.lab.name);
    let bench = format!("benches/{}.rs", place.lab.name);
    let paths = [&[case.as_str(), bench.as_str()][..], &RULER].concat();
    let changed = build::changed(place.workspace, &paths).unwrap_or_default();
    match &changed[..] {
        [] => Vec::new(),
        [first] => vec![format!("{first} is not as the commit has it")],
        [first, rest @ ..] => {
            vec![format!("{first} and {} more are not as the commit has them", rest.len())]
        }
    }
}

/// The rungs of a lab's case, naive first.
///
/// # Errors
/// If the case cannot be read.
pub fn rungs(place: &Place) -> Result<Vec<String>> {
    Ok(rung_modules(&text::read(&place.lab.source("lib"))?))
}

/// What the source of an attempt shows.
///
/// # Errors
/// If the case's sources cannot be read.
pub fn shown(place: &Place, attempt: &str) -> Result<Shown> {
    let rungs = rungs(place)?;
    let [naive, reference] = ["naive", &place.lab.reference].map(|rung| place.lab.source(rung));
    let sources = [text::read(&naive)?, text::read(&reference)?];
    let name = place.lab.name.replace('-', "_");
    let sources = [sources[0].as_str(), sources[1].as_str()];
    Ok(Shown::of(attempt, &scan::Case { name: &name, rungs: &rungs, sources }))
}
