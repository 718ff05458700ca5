//! The statements of the chapters, held against records.

mod best;

use std::path::PathBuf;

use anyhow::Result;

use cases::footnotes::Footnotes;
use cases::names::known;
use cases::rungs;
use cases::text::read;
use cases::{Case, Workspace};
use judge::older::Today;
use judge::statement::{Outcome, Statement};
use judge::summary::CaseSummary;
use record::Record;

pub use self::best::untold;

/// A record by the name of its file.
pub type Named = (String, Record);

/// What a chapter says.
pub struct Chapter {
    /// Its statements.
    pub tied: Vec<Tied>,
    /// What cannot be understood, each with its line.
    pub problems: Vec<String>,
    /// The rungs that it tells of.
    today: Today,
}

/// A statement where it stands.
pub struct Tied {
    /// In which line.
    pub line: usize,
    /// As it stands there.
    pub text: String,
    /// As it is understood.
    pub statement: Statement,
}

/// A statement with what each record says of it.
pub type Held<'c> = (&'c Tied, Vec<(&'c str, Outcome)>);

/// Loads records.
///
/// # Errors
/// If one cannot be read.
pub fn load(paths: &[PathBuf]) -> Result<Vec<Named>> {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().display().to_string();
    paths.iter().map(|path| Ok((name(path), Record::load(path)?))).collect()
}

impl Chapter {
    /// Reads a case's chapter.
    ///
    /// # Errors
    /// If it, or the table of the case's rungs, cannot be read.
    pub fn of(case: &Case) -> Result<Self> {
        let chapter = read(&case.folder.join("README.md"))?;
        let rungs = rungs::names(case)?;
        let Footnotes { notes, mut problems, .. } = Footnotes::of(&chapter);
        let mut tied = Vec::new();
        for note in notes {
            for text in note.statements {
                match understood(&text, &rungs) {
                    Ok(statement) => tied.push(Tied { line: note.line, text, statement }),
                    Err(why) => problems.push(format!("line {}: `{text}`: {why}", note.line)),
                }
            }
        }
        tied.sort_by_key(|tied| tied.line);
        let code = rungs::code(case, &rungs);
        Ok(Self { tied, problems, today: Today { rungs, code } })
    }

    /// Holds its statements against what records have of the case. Of a rung that was other code
    /// when a record was made, that says nothing.
    pub fn held<'c>(&'c self, case: &Case, records: &'c [Named]) -> Vec<Held<'c>> {
        // What a record says of a case takes far longer to find than what that means.
        let summarize = |(name, record): &'c Named| {
            let found = record.cases.get(&case.name);
            let summary = found.and_then(|found| CaseSummary::new(found, &record.machine));
            let summary = summary.ok_or("this record has no figures of the case");
            (name.as_str(), summary, &record.machine)
        };
        let summaries: Vec<_> = records.iter().map(summarize).collect();
        let held = |tied: &'c Tied| {
            let says = summaries.iter().map(|(name, summary, machine)| {
                let outcome = match summary {
                    Ok(summary) => {
                        let refused = self.today.refuses(summary, &tied.statement.rungs());
                        let judged = || tied.statement.judge(summary, machine);
                        refused.map_or_else(judged, Outcome::Cannot)
                    }
                    Err(why) => Outcome::Cannot((*why).into()),
                };
                (*name, outcome)
            });
            (tied, says.collect())
        };
        self.tied.iter().map(held).collect()
    }
}

/// A statement of rungs that the case has.
fn understood(text: &str, rungs: &[String]) -> Result<Statement, String> {
    let statement: Statement = text.parse()?;
    for rung in statement.rungs() {
        known("rung", rung, rungs.iter().map(String::as_str)).map_err(|why| why.to_string())?;
    }
    Ok(statement)
}

/// Whether a record bears a statement out, and none contradicts it.
pub fn is_borne_out((_, says): &Held) -> bool {
    let fails = says.iter().any(|(_, outcome)| matches!(outcome, Outcome::Fails(_)));
    !fails && says.iter().any(|(_, outcome)| matches!(outcome, Outcome::Holds(_)))
}

/// What committed records say against the chapters that they know: each statement that one of them
/// contradicts, or that none bears out.
///
/// # Errors
/// If a chapter or a record cannot be read.
pub fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let records = load(&workspace.committed_records())?;
    let mut problems = Vec::new();
    for case in &workspace.cases {
        let chapter = Chapter::of(case)?;
        // Of a case that is new, no committed record knows anything.
        let is_measured = records.iter().any(|(_, record)| record.cases.contains_key(&case.name));
        let held = if is_measured { chapter.held(case, &records) } else { Vec::new() };
        let against = held.iter().filter(|held| !is_borne_out(held)).map(against);
        let untold = records.iter().flat_map(|record| untold(&chapter, case, record));
        let all = chapter.problems.iter().cloned().chain(against).chain(untold);
        problems.extend(all.map(|problem| format!("crates/{}/README.md: {problem}", case.name)));
    }
    Ok(problems)
}

/// What records say against a statement.
fn against((tied, says): &Held) -> String {
    let said = says.iter().filter_map(|(name, outcome)| match outcome {
        Outcome::Holds(_) => None,
        Outcome::Fails(said) => Some(format!("{name} says: {said}")),
        Outcome::Cannot(why) => Some(format!("{name} cannot say: {why}")),
    });
    format!("line {}: `{}`: {}", tied.line, tied.text, said.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_of_a_chapter_is_borne_out_by_a_record_and_contradicted_by_none() {
        let problems = problems(&Workspace::load().unwrap()).unwrap();
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    }

    /// A case whose chapter has this note, as its only one.
    pub(super) fn chapter(note: &str) -> (tempfile::TempDir, Case) {
        let mut case = Workspace::load().unwrap().cases.remove(0);
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        let table =
            "[Rung::new(\"naive\", a), Rung::new(\"wide\", b), Rung::new(\"optimized\", c)]";
        std::fs::write(folder.path().join("src/lib.rs"), table).unwrap();
        let text = format!("# Words\n\nIt wins.[^wins]\n\n[^wins]: {note}\n");
        std::fs::write(folder.path().join("README.md"), text).unwrap();
        (case.name, case.folder) = ("words".into(), folder.path().into());
        (folder, case)
    }

    /// Whether the note is borne out by the shared record, and what is said against it.
    fn held(note: &str) -> Vec<(bool, String)> {
        let (_folder, case) = chapter(note);
        let records = [("shared.json".to_owned(), record::fixture::record())];
        let chapter = Chapter::of(&case).unwrap();
        assert_eq!(chapter.problems, Vec::<String>::new());
        let held = chapter.held(&case, &records);
        held.iter().map(|held| (is_borne_out(held), against(held))).collect()
    }

    #[test]
    fn what_no_record_bears_out_is_named_with_its_line() {
        let says = held(
            "`optimized ahead of naive` and `naive ahead of optimized` and `wide ahead of naive`",
        );
        let borne_out: Vec<bool> = says.iter().map(|says| says.0).collect();
        assert_eq!(borne_out, [true, false, false]);
        let line = "line 5: `naive ahead of optimized`: shared.json says: naive against optimized";
        assert!(says[1].1.starts_with(line), "{}", says[1].1);
        assert!(says[2].1.ends_with("shared.json cannot say: `wide` did not run here: no avx2"));
    }

    #[test]
    fn a_record_of_other_rungs_says_nothing() {
        let (_folder, case) = chapter("`optimized ahead of naive`");
        let mut record = record::fixture::record();
        let description = record.cases.get_mut("words").unwrap().description.as_mut().unwrap();
        description.rungs[1].name = "wider".into();
        let (chapter, records) = (Chapter::of(&case).unwrap(), [("older.json".to_owned(), record)]);
        let held = chapter.held(&case, &records);
        assert!(!is_borne_out(&held[0]));
        let said = "older.json cannot say: the case had other rungs when this record was made";
        assert!(against(&held[0]).ends_with(said), "{}", against(&held[0]));
    }

    #[test]
    fn what_is_not_understood_is_a_problem_of_the_chapter() {
        for (note, problem) in [
            ("`optimised ahead of naive`", "did you mean `optimized`?"),
            ("`optimized wins`", "line 5: `optimized wins`: no statement begins with"),
            ("See the listing.", "line 5: the note `wins` holds no statement"),
        ] {
            let (_folder, case) = chapter(note);
            let problems = Chapter::of(&case).unwrap().problems;
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].contains(problem), "{problems:?}");
        }
    }
}
