//! The book's program: prose, sources and records in, pages out. Nothing here measures.
//!
//! [`page`] writes of what `judge` says of the records that stand side by side in [`across`], with
//! the pictures of [`plot`]; [`render`] hands it to mdBook; [`copies`] has every page in Markdown,
//! which [`places`] reads; [`links`] checks what came out. A record may be anybody's: its words get
//! into a page as HTML alone, in which maud has escaped them, and [`markdown`] keeps that HTML
//! apart from prose. [`flame`] and [`heap`] draw single pictures for `cargo xtask profile`,
//! [`mod@slides`] and [`mod@cohort`] make pages for teachers, each [`alone`] in its file. A program
//! of its own, so that the tool does not wait for mdBook to be compiled. Knows `courses`,
//! `diagnose`, `labs`, `judge`, `record`, `cases` and `protocol`.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)] // `record::output` prints

mod across;
mod alone;
mod cohort;
mod copies;
mod flame;
mod heap;
mod html;
mod links;
mod markdown;
mod page;
mod places;
mod plot;
mod render;
mod search;
mod slides;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use cases::Workspace;
use clap::Parser;
use courses::outline::Outline;
use judge::drawing::Drawing;
use record::{Record, output};

/// Makes the book; called by `cargo xtask`, which builds it first.
#[derive(Parser)]
#[command(name = "book")]
struct Args {
    /// Records; the first is the book's, the others stand beside it
    records: Vec<PathBuf>,
    /// Put the committed references of other processors beside the record
    #[arg(long)]
    with_references: bool,
    /// Make nothing, but check every link of the book that is there
    #[arg(long, conflicts_with_all = ["records", "with_references"])]
    check: bool,
    /// Make no book, but draw the picture that standard input describes, as SVG on standard output
    #[arg(long, conflicts_with_all = ["records", "with_references", "check"])]
    draw: bool,
    /// Make no book, but the slides of this course from the record, on standard output
    #[arg(long, value_name = "COURSE", conflicts_with_all = ["with_references", "check", "draw"])]
    slides: Option<String>,
    /// Make no book, but the page about the class that standard input describes
    #[arg(long, conflicts_with_all = ["records", "with_references", "check", "draw", "slides"])]
    cohort: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args {
        Args { check: true, .. } => check(),
        Args { draw: true, .. } => draw(),
        Args { cohort: true, .. } => cohort(),
        Args { slides: Some(course), .. } => slides(course, &args),
        _ => make(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            record::errln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the book and prints the path of its first page.
fn make(args: &Args) -> Result<()> {
    let workspace = Workspace::load()?;
    let records = args.records.iter().map(|path| Record::load(path)).collect::<Result<Vec<_>>>()?;
    let book = if args.with_references {
        render::render(&workspace, records.first())?
    } else {
        render::render_beside(&workspace, &records.iter().collect::<Vec<_>>())?
    };
    output::write(&format!("{}\n", book.display()), None)
}

fn check() -> Result<()> {
    let broken = links::broken(&Workspace::load()?.book())?;
    if !broken.is_empty() {
        bail!("broken links:\n{}", broken.join("\n"));
    }
    Ok(())
}

fn slides(course: &str, args: &Args) -> Result<()> {
    let workspace = Workspace::load()?;
    let outline = Outline::find(&workspace.root, course)?;
    let record = Record::load(args.records.first().context("slides need a record")?)?;
    output::write(&slides::html(&workspace, &outline, &record)?, None)
}

fn cohort() -> Result<()> {
    let cohort = serde_json::from_reader(std::io::stdin().lock())
        .context("standard input describes no class")?;
    output::write(&cohort::html(&Workspace::load()?.root, &cohort)?, None)
}

fn draw() -> Result<()> {
    let drawing = serde_json::from_reader(std::io::stdin().lock())
        .context("standard input describes no drawing")?;
    let svg = match drawing {
        Drawing::Flame { cut, title, how } => flame::draw(&cut, &title, &how)?,
        Drawing::Heap { heap, title } => heap::draw(&heap, &title).unwrap_or_default(),
    };
    output::write(&svg, None)
}
