//! `cargo xtask export`: one record in, its figures out in a form that other tools read.

mod card;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::outcome::Outcome;
use crate::source;
use cases::Workspace;
use cases::names::known;
use judge::export;
use record::{Record, output};

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// A record written by `bench-all`; without one, the latest run or the committed reference
    record: Option<PathBuf>,
    /// What the other tool reads
    #[arg(long, value_enum)]
    format: Format,
    /// Only this case (may be repeated)
    #[arg(long, value_name = "CASE")]
    only: Vec<String>,
    /// Only this rung of each case (may be repeated)
    #[arg(long, value_name = "RUNG")]
    rung: Vec<String>,
    /// Only the scenario that stands for its case
    #[arg(long)]
    headline: bool,
    /// Write here instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats by their names on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// One line per case, scenario and rung, for a spreadsheet or a data frame
    Csv,
    /// The `customSmallerIsBetter` input of github-action-benchmark
    GithubActionBenchmark,
    /// Bencher Metric Format, for `bencher run --adapter json`
    Bencher,
    /// Prometheus' text format, for the folder of a textfile collector
    Prometheus,
    /// OpenTelemetry's metrics as JSON, for a collector
    OtlpJson,
    /// What to do about what you see, what that gained and where it loses: a page of Markdown
    Card,
    /// The same as JSON
    CardJson,
}

impl Format {
    /// The record's figures so.
    fn text(self, record: &Record, args: &Args) -> Result<String> {
        let figures = |format| export::text(record, format, &choice(args, record)?);
        match self {
            Self::Csv => figures(export::Format::Csv),
            Self::GithubActionBenchmark => figures(export::Format::GithubActionBenchmark),
            Self::Bencher => figures(export::Format::Bencher),
            Self::Prometheus => figures(export::Format::Prometheus),
            Self::OtlpJson => figures(export::Format::OtlpJson),
            Self::Card => card::text(record, args, false),
            Self::CardJson => card::text(record, args, true),
        }
    }
}

/// Exports a record, or the one that the book would be made of, to a file or standard output.
///
/// # Errors
/// If there is no record, it cannot be read or holds no figures, or the file cannot be written.
pub fn run(args: &Args) -> Result<Outcome> {
    let file = args.output.as_deref();
    let source = source::of(&Workspace::load()?, args.record.as_deref())?;
    let record = Record::load(&source)?;
    let text = args
        .format
        .text(&record, args)
        .with_context(|| format!("cannot export {}", source.display()))?;
    // Standard output is for the other tool, so what a person should know goes elsewhere.
    for (case, failure) in
        record.cases.iter().filter_map(|(name, case)| Some((name, case.failure.as_ref()?)))
    {
        record::errln!("{case} is not complete: {failure}");
    }
    output::write(&text, file)?;
    record::errln!("figures from {}", source.display());
    if let Some(file) = file {
        record::errln!("written to {}", file.display());
    }
    Ok(Outcome::Fine)
}

/// What was chosen, if the record has it.
fn choice(args: &Args, record: &Record) -> Result<export::Choice> {
    let Args { only, rung, headline, .. } = args;
    for name in only {
        known("case in the record", name, record.cases.keys().map(String::as_str))?;
    }
    let descriptions = record.cases.values().filter_map(|case| case.description.as_ref());
    let rungs = descriptions.flat_map(|description| &description.rungs);
    for name in rung {
        known("rung in the record", name, rungs.clone().map(|rung| rung.name.as_str()))?;
    }
    Ok(export::Choice { cases: only.clone(), rungs: rung.clone(), headline: *headline })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn without_a_name_the_latest_record_is_meant_then_the_first_committed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let workspace = Workspace { target: root.join("target"), root, cases: Vec::new() };
        assert_eq!(workspace.best_record(), None);

        let committed = workspace.root.join("docs/results");
        fs::create_dir_all(&committed).unwrap();
        for name in ["b.json", "a.json", "README.md"] {
            fs::write(committed.join(name), "").unwrap();
        }
        assert_eq!(workspace.best_record(), Some(committed.join("a.json")));

        fs::create_dir_all(workspace.scratch()).unwrap();
        fs::write(workspace.latest_record(), "").unwrap();
        assert_eq!(workspace.best_record(), Some(workspace.latest_record()));
    }

    #[test]
    fn a_record_is_exported_to_a_file_and_trouble_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let (record, file) = (folder.path().join("record.json"), folder.path().join("out.csv"));
        record::fixture::record().save(&record).unwrap();
        let to = |output: &PathBuf| {
            let (record, output) = (Some(record.clone()), Some(output.clone()));
            let (only, rung, headline) = (Vec::new(), Vec::new(), false);
            run(&Args { record, format: Format::Csv, only, rung, headline, output })
        };
        to(&file).unwrap();
        assert!(fs::read_to_string(&file).unwrap().starts_with("case,input,n,"));

        let nowhere = folder.path().join("missing/out.csv");
        let error = to(&nowhere).unwrap_err();
        assert!(error.to_string().contains(&nowhere.display().to_string()), "{error}");
    }
}
