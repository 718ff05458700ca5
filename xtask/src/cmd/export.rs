//! `cargo xtask export`: one record in, its figures out in a form that other tools read.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::export::{self, Format};
use crate::output;
use crate::record::Record;
use crate::workspace::Workspace;

/// Exports a record, or the one that the book would be made of, to a file or standard output.
///
/// # Errors
/// If there is no record, it cannot be read or holds no figures, or the file cannot be written.
pub fn run(record: Option<&Path>, format: Format, file: Option<&Path>) -> Result<ExitCode> {
    let source = match record {
        Some(path) => path.to_owned(),
        None => Workspace::load()?
            .best_record()
            .context("there is no record yet; make one with `cargo xtask bench-all`")?,
    };
    let record = Record::load(&source)?;
    let text = export::text(&record, format)
        .with_context(|| format!("cannot export {}", source.display()))?;
    // Standard output is for the other tool, so what a person should know goes elsewhere.
    for (case, failure) in
        record.cases.iter().filter_map(|(name, case)| Some((name, case.failure.as_ref()?)))
    {
        eprintln!("{case} is not complete: {failure}");
    }
    output::write(&text, file)?;
    eprintln!("figures from {}", source.display());
    if let Some(file) = file {
        eprintln!("written to {}", file.display());
    }
    Ok(ExitCode::SUCCESS)
}
