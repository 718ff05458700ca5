//! `cargo xtask slides`: the slides of a course in one file of HTML, made of its outline, chapters,
//! labs and a record.

use std::path::PathBuf;

use anyhow::Result;
use cases::Workspace;
use courses::outline::Outline;
use record::{Record, output, whole};

use crate::drawn::Drawer;
use crate::outcome::Outcome;
use crate::source;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// The course: a file of docs/courses, without its ending
    course: String,
    /// The record of the figures; without one, the latest run or the committed reference
    #[arg(long, value_name = "RECORD")]
    record: Option<PathBuf>,
    /// Write here instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Makes them.
///
/// # Errors
/// If there is no such course, or something that it is made of cannot be read.
pub fn run(args: &Args) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    // Before the book's program is built: what it could not read would be said minutes later.
    Outline::find(&workspace.root, &args.course)?;
    let source = source::of(&workspace, args.record.as_deref())?;
    Record::load(&source)?;
    if let Some(file) = &args.output {
        whole::try_place(file)?;
    }
    let slides = Drawer::build(&workspace)?.slides(&args.course, &source)?;
    output::write(&slides, args.output.as_deref())?;
    record::errln!("figures from {}", source.display());
    if let Some(file) = &args.output {
        record::errln!("slides: {}; arrow keys turn them, N opens the notes", file.display());
    }
    Ok(Outcome::Fine)
}
