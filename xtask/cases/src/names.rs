//! Names that a user typed, held against those that there are.

use anyhow::{Result, bail};

/// Lets a name pass that is known.
///
/// # Errors
/// For another one, with the nearest that is known.
pub fn known<'a>(what: &str, name: &str, all: impl Iterator<Item = &'a str> + Clone) -> Result<()> {
    if all.clone().any(|known| known == name) {
        return Ok(());
    }
    let likeness = |known: &str| strsim::jaro_winkler(name, known);
    let nearest = all.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let nearest = nearest.map(|known| format!("; did you mean `{known}`?"));
    bail!("there is no {what} `{name}`{}", nearest.unwrap_or_default())
}
