//! `cargo xtask book`: prose, sources and records in, a book out.

use std::path::{Path, PathBuf};

use anyhow::Result;
use cases::Workspace;
use record::{Record, whole};

use crate::drawn::Drawer;
use crate::outcome::Outcome;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Records written by `bench-all`; the first is the book's, the others stand beside it
    #[arg(value_name = "RECORD")]
    records: Vec<PathBuf>,
}

/// Makes the book and says where it is.
///
/// # Errors
/// If a record or the prose cannot be read, or mdBook fails.
pub fn run(args: &Args) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    whole::try_place(&workspace.book())?;
    // Before the book's program is built: what it could not read would be said minutes later.
    for path in &args.records {
        Record::load(path)?;
    }
    let drawer = Drawer::build(&workspace)?;
    let book = if args.records.is_empty() {
        let source = workspace.best_record();
        match &source {
            Some(path) => record::outln!("figures from {}", path.display()),
            None => {
                record::outln!("no figures: nothing was measured yet, and no record is committed");
            }
        }
        drawer.book_with_references(source.as_deref())?
    } else {
        for (at, path) in args.records.iter().enumerate() {
            let word = if at == 0 { "figures from" } else { "beside them" };
            record::outln!("{word} {}", path.display());
        }
        drawer.book(&args.records.iter().map(PathBuf::as_path).collect::<Vec<&Path>>())?
    };
    record::outln!("the book: {}", book.display());
    Ok(Outcome::Fine)
}
