//! `cargo xtask merge`: the records of several shards in, one record out.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::outcome::Outcome;
use cases::Workspace;
use judge::words::format;
use record::Record;
use record::merge::{self, Source};
use record::output;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Records of the same commit, toolchain and effort
    #[arg(required = true, value_name = "RECORD")]
    records: Vec<PathBuf>,
    /// Write here instead of to the latest run's record
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// One record for each kind of machine, into the folder named with -o
    #[arg(long)]
    by_machine: bool,
    /// Cases of later runs on the same machine take the place of those in the first record; each
    /// keeps its own commit
    #[arg(long, conflicts_with = "by_machine")]
    refresh: bool,
}

/// Merges records into one file; without a name, into the latest run's record. With `by_machine`,
/// into one file for each kind of machine in a folder. Standard output gets the paths, so that
/// `cargo xtask book $(cargo xtask merge …)` can be written.
///
/// # Errors
/// If a record cannot be read, two do not fit together, or the result cannot be written.
pub fn run(args: &Args) -> Result<Outcome> {
    let Args { records, output: out, by_machine, refresh } = args;
    let load = |path: &PathBuf| Ok(Source { path: path.clone(), record: Record::load(path)? });
    let sources = records.iter().map(load).collect::<Result<Vec<_>>>()?;
    let written = if *by_machine {
        let folder =
            out.as_deref().context("--by-machine writes several records: name a folder with -o")?;
        if folder.is_file() {
            bail!("--by-machine writes several records, but {} is a file", folder.display());
        }
        each_kind(sources, folder)?
    } else {
        let path = match out {
            Some(path) if path.is_dir() => {
                bail!("{} is a folder; only --by-machine writes into one", path.display())
            }
            Some(path) => path.to_owned(),
            None => Workspace::load()?.latest_record(),
        };
        match sources.split_first() {
            Some((known, later)) if *refresh => refreshed(known, later, &path)?,
            _ => one(&sources, &path)?,
        }
        vec![path]
    };
    let lines = written.iter().map(|path| format!("{}\n", path.display()));
    output::write(&lines.collect::<String>(), None)?;
    Ok(Outcome::Fine)
}

fn refreshed(known: &Source, later: &[Source], path: &Path) -> Result<()> {
    if later.is_empty() {
        bail!("--refresh takes a record and then the later ones: only one is named");
    }
    let record = Record::refreshed(known, later)?;
    record.save(&absolute(path)?)?;
    let names: Vec<&str> = record.again.keys().map(String::as_str).collect();
    record::errln!("{}: measured again: {}", path.display(), names.join(", "));
    Ok(())
}

fn one(sources: &[Source], path: &Path) -> Result<()> {
    let merged = merge::merge(sources)?;
    merged.save(&absolute(path)?)?;
    record::errln!(
        "{}: {} {} from {} {}, {}",
        path.display(),
        merged.cases.len(),
        format::plural("case", merged.cases.len()),
        sources.len(),
        format::plural("record", sources.len()),
        merged.machine.processor
    );
    for warning in merge::warnings(&merged) {
        record::errln!("warning: {}: {warning}", path.display());
    }
    Ok(())
}

/// A file for each kind, named for it; the fullest first.
fn each_kind(sources: Vec<Source>, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut written: Vec<PathBuf> = Vec::new();
    for group in merge::by_machine(sources) {
        let name = file_name(&group[0].record);
        let numbered = |number: usize| match number {
            1 => folder.join(format!("{name}.json")),
            _ => folder.join(format!("{name}-{number}.json")),
        };
        // Kinds may differ in what a name does not say.
        let path = (1..).map(numbered).find(|path| !written.contains(path));
        let path = path.context("every name is taken")?;
        one(&group, &path)?;
        written.push(path);
    }
    Ok(written)
}

/// "amd-epyc-9r14-2-cores".
fn file_name(record: &Record) -> String {
    let machine = &record.machine;
    let text = format!("{} {} cores", machine.processor, machine.cores).to_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// A record is saved through a file beside it, so its folder must have a name.
fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{} is no file name", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Shards;

    fn save(folder: &Path, number: usize, processor: &str) -> PathBuf {
        let mut record = record::fixture::record();
        record.machine.processor = processor.into();
        record.shards = Some(Shards { numbers: [number].into(), of: 3 });
        let case = record.cases.remove("words").unwrap();
        record.cases.insert(format!("case-{number}"), case);
        let path = folder.join(format!("in-{number}.json"));
        record.save(&path).unwrap();
        path
    }

    fn merge_into(records: &[PathBuf], out: Option<&Path>, by_machine: bool) -> Result<Outcome> {
        let output = out.map(Path::to_owned);
        run(&Args { records: records.to_vec(), output, by_machine, refresh: false })
    }

    #[test]
    fn a_later_run_refreshes_its_cases() {
        let folder = tempfile::tempdir().unwrap();
        let known = save(folder.path(), 1, "One");
        let mut record = Record::load(&known).unwrap();
        record.started += 9;
        let later = folder.path().join("later.json");
        record.save(&later).unwrap();
        let out = folder.path().join("out.json");
        let refresh = |records: &[&PathBuf]| {
            let records = records.iter().map(|path| (*path).clone()).collect();
            run(&Args { records, output: Some(out.clone()), by_machine: false, refresh: true })
        };
        refresh(&[&known, &later]).unwrap();
        let out = Record::load(&out).unwrap();
        assert_eq!(out.run_of("case-1").started, out.started + 9);
        assert!(refresh(&[&known]).unwrap_err().to_string().contains("only one"));
        assert!(refresh(&[&later, &known]).unwrap_err().to_string().contains("older"));
    }

    #[test]
    fn shards_of_one_machine_become_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = [1, 2, 3].map(|number| save(folder.path(), number, "One"));
        let out = folder.path().join("new/out.json");
        merge_into(&inputs, Some(&out), false).unwrap();
        assert_eq!(Record::load(&out).unwrap().cases.len(), 3);
        let error = merge_into(&inputs, Some(folder.path()), false).unwrap_err().to_string();
        assert!(error.contains("--by-machine"), "{error}");
    }

    #[test]
    fn a_mixed_fleet_becomes_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let processors = ["Two (R) 2.5GHz", "One", "One"];
        let inputs = [1, 2, 3].map(|number| save(folder.path(), number, processors[number - 1]));
        let out = folder.path().join("out");
        assert!(merge_into(&inputs, Some(&out), false).is_err());
        merge_into(&inputs, Some(&out), true).unwrap();
        assert_eq!(Record::load(&out.join("one-2-cores.json")).unwrap().cases.len(), 2);
        assert_eq!(Record::load(&out.join("two-r-2-5ghz-2-cores.json")).unwrap().cases.len(), 1);
        assert!(merge_into(&inputs, None, true).unwrap_err().to_string().contains("-o"));
        assert!(
            merge_into(&inputs, Some(&inputs[0]), true).unwrap_err().to_string().contains("a file")
        );
    }
}
