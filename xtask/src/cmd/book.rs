//! `cargo xtask book`: prose, sources and one record in, a book out.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::record::Record;
use crate::render::render;
use crate::workspace::Workspace;

/// Makes the book and says where it is.
///
/// # Errors
/// If the record or the prose cannot be read, or mdBook fails.
pub fn run(record: Option<&Path>) -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    let source = record.map(Path::to_owned).or_else(|| workspace.best_record());
    let record = source.as_deref().map(Record::load).transpose()?;
    match &source {
        Some(path) => println!("figures from {}", path.display()),
        None => println!("no figures: nothing was measured yet, and no record is committed"),
    }
    println!("the book: {}", render(&workspace, record.as_ref())?.display());
    Ok(ExitCode::SUCCESS)
}
