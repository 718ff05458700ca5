//! What a case says of itself, for whoever shows it beside figures: manifests and sources, read.

use anyhow::Result;
use cases::{Case, rungs};
use judge::card::Subject;

/// What a case says of itself.
///
/// # Errors
/// If a rung's source cannot be read.
pub fn subject(case: &Case) -> Result<Subject> {
    Ok(Subject {
        case: case.name.clone(),
        title: case.title.clone(),
        symptom: case.symptom.clone(),
        look: case.look.clone(),
        peer: case.peer.clone(),
        ideas: rungs::ideas(case)?,
    })
}
