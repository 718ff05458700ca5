//! `cargo xtask book`: prose, sources and records in, a book out.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::record::Record;
use crate::render::{render, render_beside};
use crate::workspace::Workspace;

/// Makes the book and says where it is.
///
/// # Errors
/// If a record or the prose cannot be read, or mdBook fails.
pub fn run(records: &[PathBuf]) -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    let book = if records.is_empty() {
        let source = workspace.best_record();
        let record = source.as_deref().map(Record::load).transpose()?;
        match &source {
            Some(path) => println!("figures from {}", path.display()),
            None => println!("no figures: nothing was measured yet, and no record is committed"),
        }
        render(&workspace, record.as_ref())?
    } else {
        let loaded: Vec<Record> =
            records.iter().map(|path| Record::load(path)).collect::<Result<_>>()?;
        for (at, path) in records.iter().enumerate() {
            let word = if at == 0 { "figures from" } else { "beside them" };
            println!("{word} {}", path.display());
        }
        render_beside(&workspace, &loaded.iter().collect::<Vec<_>>())?
    };
    println!("the book: {}", book.display());
    Ok(ExitCode::SUCCESS)
}
