//! `cargo xtask book`: prose, sources and records in, a book out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use cases::Workspace;
use record::whole;

use crate::drawn::Drawer;

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
pub fn run(args: &Args) -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    whole::try_place(&workspace.book())?;
    let drawer = Drawer::build(&workspace)?;
    let book = if args.records.is_empty() {
        let source = workspace.best_record();
        match &source {
            Some(path) => println!("figures from {}", path.display()),
            None => println!("no figures: nothing was measured yet, and no record is committed"),
        }
        drawer.book_with_references(source.as_deref())?
    } else {
        for (at, path) in args.records.iter().enumerate() {
            let word = if at == 0 { "figures from" } else { "beside them" };
            println!("{word} {}", path.display());
        }
        drawer.book(&args.records.iter().map(PathBuf::as_path).collect::<Vec<&Path>>())?
    };
    println!("the book: {}", book.display());
    Ok(ExitCode::SUCCESS)
}
