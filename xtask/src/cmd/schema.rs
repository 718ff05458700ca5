//! `cargo xtask schema`: what a record looks like.

use crate::outcome::Outcome;
use anyhow::Result;
use record::output;

/// Held to the types by a test of the crate `record`.
const SCHEMA: &str = include_str!("../../../docs/src/record.schema.json");

/// Prints the JSON Schema of records.
///
/// # Errors
/// If standard output cannot be written to.
pub fn run() -> Result<Outcome> {
    output::write(SCHEMA, None)?;
    Ok(Outcome::Fine)
}
