//! The book's program, from outside: it is built when something is to be drawn, and handed records.

use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use cases::Workspace;
use courses::cohort::Cohort;
use judge::drawing::Drawing;
use measure::{build, child};

/// The program that makes the book.
pub struct Drawer {
    program: PathBuf,
}

impl Drawer {
    /// Builds it.
    ///
    /// # Errors
    /// If it does not compile.
    pub fn build(workspace: &Workspace) -> Result<Self> {
        Self::built(build::book(workspace, false)?)
    }

    /// The same without a word, while something else is built that says how far it is.
    ///
    /// # Errors
    /// If it does not compile.
    pub fn build_beside(workspace: &Workspace) -> Result<Self> {
        Self::built(build::book(workspace, true)?)
    }

    fn built(program: Option<PathBuf>) -> Result<Self> {
        let program =
            program.context("xtask/book does not compile; cargo's messages above say why")?;
        Ok(Self { program })
    }

    /// Makes the book of the first record, with the others beside it; the path of its first page.
    ///
    /// # Errors
    /// If a record or the prose cannot be read, or mdBook fails.
    pub fn book(&self, records: &[&Path]) -> Result<PathBuf> {
        self.make(self.command().args(records))
    }

    /// The same of one record, with the committed references of other processors beside it.
    ///
    /// # Errors
    /// As of [`book`](Self::book).
    pub fn book_with_references(&self, record: Option<&Path>) -> Result<PathBuf> {
        self.make(self.command().arg("--with-references").args(record))
    }

    /// Checks every link of the book that is there.
    ///
    /// # Errors
    /// If one is broken; the program has said which.
    pub fn check_links(&self) -> Result<()> {
        answer(self.command().arg("--check"), None).map(drop)
    }

    /// Draws a single picture, as SVG; empty if there is nothing to be seen.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub fn draw(&self, drawing: &Drawing) -> Result<String> {
        answer(self.command().arg("--draw"), Some(&serde_json::to_vec(drawing)?))
    }

    /// The slides of a course from a record, as one page.
    ///
    /// # Errors
    /// If the outline, a chapter, a lab or the record cannot be read.
    pub fn slides(&self, course: &str, record: &Path) -> Result<String> {
        answer(self.command().args(["--slides", course]).arg(record), None)
    }

    /// The page about a class.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn cohort(&self, cohort: &Cohort) -> Result<String> {
        answer(self.command().arg("--cohort"), Some(&serde_json::to_vec(cohort)?))
    }

    fn make(&self, command: &mut Command) -> Result<PathBuf> {
        Ok(PathBuf::from(answer(command, None)?.trim_end()))
    }

    fn command(&self) -> Command {
        child::command(&self.program)
    }
}

/// What a command prints, once it has read all that it is given. Its complaints go to the user as
/// they come.
fn answer(command: &mut Command, input: Option<&[u8]>) -> Result<String> {
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut child = command
        .stdin(stdin)
        .stdout(Stdio::piped())
        .spawn()
        .context("the book's program cannot be started")?;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        stdin.write_all(input).context("the book's program does not listen")?;
    }
    let mut text = String::new();
    let stdout = child.stdout.take().context("the book's program has an output")?;
    BufReader::new(stdout).read_to_string(&mut text)?;
    match child.wait()? {
        status if status.success() => Ok(text),
        status if status.code().is_some() => bail!("the book's program gave up; it says above why"),
        status => {
            bail!("the book's program ended with {status}: perhaps there is too little memory")
        }
    }
}
