//! The statements of the chapters, held against records.

use std::path::PathBuf;

use anyhow::Result;

use cases::footnotes::Footnotes;
use cases::names::known;
use cases::rungs::rung_modules;
use cases::text::read;
use cases::{Case, Workspace};
use judge::statement::{Outcome, Statement};
use judge::summary::CaseSummary;
use record::Record;

/// A statement where it stands.
pub struct Tied<'w> {
    /// Whose chapter.
    pub case: &'w Case,
    /// In which line.
    pub line: usize,
    /// As it stands there.
    pub text: String,
    /// As it is understood.
    pub statement: Statement,
}

/// What a chapter says.
pub struct Chapter<'w> {
    /// Its statements.
    pub tied: Vec<Tied<'w>>,
    /// What cannot be understood, each with its line.
    pub problems: Vec<String>,
}

/// Reads a chapter's statements.
///
/// # Errors
/// If chapter or table of rungs cannot be read.
pub fn chapter(case: &Case) -> Result<Chapter<'_>> {
    let Footnotes { notes, mut problems, .. } =
        Footnotes::of(&read(&case.folder.join("README.md"))?);
    let rungs = rung_modules(&read(&case.source("lib"))?);
    let mut tied = Vec::new();
    for note in notes {
        for text in note.statements {
            match understood(&text, &rungs) {
                Ok(statement) => tied.push(Tied { case, line: note.line, text, statement }),
                Err(why) => problems.push(format!("line {}: `{text}`: {why}", note.line)),
            }
        }
    }
    Ok(Chapter { tied, problems })
}

/// A statement of rungs that the case has.
fn understood(text: &str, rungs: &[String]) -> Result<Statement, String> {
    let statement: Statement = text.parse()?;
    for rung in statement.rungs() {
        known("rung", rung, rungs.iter().map(String::as_str)).map_err(|why| why.to_string())?;
    }
    Ok(statement)
}

/// A record by the name of its file.
pub struct Named {
    /// The name.
    pub name: String,
    /// What it holds.
    pub record: Record,
}

/// Loads records.
///
/// # Errors
/// If one cannot be read.
pub fn load(paths: &[PathBuf]) -> Result<Vec<Named>> {
    let load = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().display().to_string();
        Ok(Named { name, record: Record::load(path)? })
    };
    paths.iter().map(load).collect()
}

impl Tied<'_> {
    /// What each record says of it.
    pub fn held<'r>(&self, records: &'r [Named]) -> Vec<(&'r str, Outcome)> {
        let held = |known: &'r Named| (known.name.as_str(), self.judge(&known.record));
        records.iter().map(held).collect()
    }

    fn judge(&self, record: &Record) -> Outcome {
        let case = record.cases.get(&self.case.name);
        match case.and_then(|case| CaseSummary::new(case, &record.machine)) {
            Some(summary) => self.statement.judge(&summary, &record.machine),
            None => Outcome::Cannot("this record has no figures of the case".to_owned()),
        }
    }
}

/// Whether a record bears a statement out, and none contradicts it.
pub fn is_borne_out(held: &[(&str, Outcome)]) -> bool {
    let fails = held.iter().any(|(_, outcome)| matches!(outcome, Outcome::Fails(_)));
    !fails && held.iter().any(|(_, outcome)| matches!(outcome, Outcome::Holds(_)))
}

/// What committed records say against the chapters: each statement that one of them contradicts, or
/// that none bears out.
///
/// # Errors
/// If a chapter or a record cannot be read.
pub fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let records = load(&workspace.committed_records())?;
    let mut problems = Vec::new();
    for case in &workspace.cases {
        let Chapter { tied, problems: wrong } = chapter(case)?;
        let against = tied.iter().filter_map(|tied| against(tied, &tied.held(&records)));
        let of_chapter = |problem| format!("crates/{}/README.md: {problem}", case.name);
        problems.extend(wrong.into_iter().chain(against).map(of_chapter));
    }
    Ok(problems)
}

/// What records say against a statement, if they do.
fn against(tied: &Tied, held: &[(&str, Outcome)]) -> Option<String> {
    let said = held.iter().filter_map(|(name, outcome)| match outcome {
        Outcome::Holds(_) => None,
        Outcome::Fails(said) => Some(format!("{name} says: {said}")),
        Outcome::Cannot(why) => Some(format!("{name} cannot say: {why}")),
    });
    let said: Vec<String> = said.collect();
    let said = || format!("line {}: `{}`: {}", tied.line, tied.text, said.join("; "));
    (!is_borne_out(held)).then(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_of_a_chapter_is_borne_out_by_a_record_and_contradicted_by_none() {
        let problems = problems(&Workspace::load().unwrap()).unwrap();
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    }
}
