//! `cargo xtask exam`: questions and their key, made of a record by a seed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cases::Workspace;
use courses::exam::Exam;
use courses::subject::subject;
use judge::summary::summaries;
use record::{Record, output};

use crate::outcome::Outcome;
use crate::source;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// What chooses the questions: the same seed and record make the same exam
    #[arg(long, value_name = "N")]
    seed: u64,
    /// How many
    #[arg(long, value_name = "K", default_value_t = 12)]
    questions: usize,
    /// The record of the figures; without one, the latest run or the committed reference
    #[arg(long, value_name = "RECORD")]
    record: Option<PathBuf>,
    /// Where to put exam.md and key.md; without it, here
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// Writes both.
///
/// # Errors
/// If the record has too few questions, or the folder cannot be written to.
pub fn run(args: &Args) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    let source = source::of(&workspace, args.record.as_deref())?;
    let record = Record::load(&source)?;
    let subjects = workspace.cases.iter().map(subject).collect::<Result<Vec<_>>>()?;
    let figures = summaries(&record);
    let exam = Exam::new(&record, &figures, &subjects, args.seed, args.questions)?;
    let folder = args.output.as_deref().unwrap_or(Path::new(""));
    if args.output.is_some() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    for (name, text) in [("exam.md", exam.paper()), ("key.md", exam.key())] {
        let path = folder.join(name);
        output::write(&text, Some(&path))?;
        record::outln!("{}", path.display());
    }
    record::errln!("figures from {}", source.display());
    Ok(Outcome::Fine)
}
