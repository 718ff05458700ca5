//! `cargo xtask compare`: two records in, what got faster or slower out.

mod base;
mod words;

use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::effort::EffortArgs;
use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;
use anyhow::{Result, bail};
use judge::records::{Comparison, Fact, Grounds, Line};
use judge::stats::{self, Verdict};
use judge::words::format;
use protocol::Effort;
use record::{Aspect, Record};
use words::{change, flip_text, percent, ratio, verdict};

/// What `--help` says beyond the arguments.
pub const HELP: &str = "\
Examples:
  cargo xtask compare before.json after.json
  cargo xtask compare --base HEAD --only bitsets --quick   # what do my changes do?
  cargo xtask compare --base main                          # what does my branch do?

Two records: where both have simulated instruction counts of a rung, they decide. More than 3 % \
more instructions is a regression, unless paired times are certainly more than 10 % faster; times \
that are certainly more than 10 % slower than the counts explain are one too (layout, branches, \
caches, memory). Elsewhere paired ratios to naive decide. Counts are compared for one target and \
one set of vector extensions only.

--base: both revisions are built with the same compiler and flags, and their processes take turns. \
What seems to have changed is measured again, and told only if it did so twice, by more than 3 %. \
The other revision lives in the target folder; the tree and the branch are not touched. Rungs are \
compared inside the harness, not as whole programs, as `cargo xtask rows` does: the start of a \
process and the reading of a file would hide what a call gained.

Status 1 if something got slower, a claim broke, or a case fails that did not.";

/// What the command line says.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A record of the run before
    #[arg(required_unless_present = "base")]
    old: Option<PathBuf>,
    /// A record of the run after
    #[arg(required_unless_present = "base")]
    new: Option<PathBuf>,
    /// Build this git revision too, and measure it against the tree as it is, interleaved
    #[arg(long, value_name = "REV", conflicts_with_all = ["old", "new"])]
    base: Option<String>,
    /// Only this case (may be repeated); with --base
    #[arg(long, value_name = "CASE", conflicts_with_all = ["old", "new"])]
    only: Vec<String>,
    #[command(flatten)]
    effort: EffortArgs,
    /// Show what did not change too
    #[arg(long)]
    all: bool,
}

/// The two things that the command can do.
#[derive(Debug, PartialEq)]
enum Wanted<'a> {
    /// Two records, without measuring anything.
    Records { old: &'a Path, new: &'a Path },
    /// A revision against the tree as it is.
    Base(base::Wanted<'a>),
}

impl Args {
    fn wanted(&self) -> Result<Wanted<'_>> {
        let effort = self.effort.effort();
        match (&self.old, &self.new, &self.base) {
            (_, _, Some(revision)) => {
                Ok(Wanted::Base(base::Wanted { revision, only: &self.only, effort }))
            }
            (Some(old), Some(new), None) if self.only.is_empty() && effort == Effort::default() => {
                Ok(Wanted::Records { old, new })
            }
            (Some(_), Some(_), None) => {
                bail!(
                    "two records are compared as they are: --only, --quick and --full go with --base"
                )
            }
            _ => bail!("name two records, or a revision with --base"),
        }
    }
}

/// Compares what was asked for.
///
/// # Errors
/// If the two cannot be compared.
pub fn run(args: &Args) -> Result<Outcome> {
    match args.wanted()? {
        Wanted::Records { old, new } => records(old, new, args.all),
        Wanted::Base(wanted) => base::run(&wanted, args.all),
    }
}

/// Prints what changed between two records, or with `all` every line. Found is what is slower, a
/// claim that broke, or a case that fails and did not.
///
/// # Errors
/// If a record cannot be read, or the two have no rung in common.
fn records(old: &Path, new: &Path, all: bool) -> Result<Outcome> {
    let (before, after) = (Record::load(old)?, Record::load(new)?);
    let comparison = Comparison::new(&before, &after);
    let mut out = String::new();
    for (which, path, record) in [("old", old, &before), ("new", new, &after)] {
        let (date, effort) = (record.date(), record.effort);
        writeln!(out, "{which}: {}, {date}, {effort} effort", path.display())?;
    }
    print_all(&mut out, &comparison, all)?;
    warn(&comparison);
    record::output::out(&out);
    if comparison.rungs().next().is_none() && comparison.failures.is_empty() {
        bail!(
            "{} and {} have no rung of a scenario in common, so nothing was compared: measure both \
             with the same --only and the same effort",
            old.display(),
            new.display()
        );
    }
    Ok(Outcome::found(comparison.regressions() > 0))
}

fn print_all(out: &mut String, comparison: &Comparison, all: bool) -> fmt::Result {
    print_facts(out, &comparison.facts)?;
    print_lines(out, comparison, all)?;
    for naive in comparison.naive_changed() {
        writeln!(
            out,
            "{} at {}: the rungs changed alike and naive the other way; perhaps it is naive that \
             changed",
            naive.case, naive.scenario
        )?;
    }
    for flip in &comparison.flips {
        writeln!(out, "{}", flip_text(flip))?;
    }
    for (case, failure) in &comparison.failures {
        writeln!(out, "REGRESSION: {case} fails now: {failure}")?;
    }
    print_names(out, "added, only in the new record", &comparison.added)?;
    print_names(out, "removed, only in the old record", &comparison.removed)?;
    print_summary(out, comparison)
}

fn print_facts(out: &mut String, facts: &[Fact]) -> fmt::Result {
    let equal: Vec<&str> = facts.iter().filter(|f| f.equal).map(|f| f.name).collect();
    writeln!(
        out,
        "equal: {}",
        if equal.is_empty() { "nothing".to_owned() } else { equal.join(", ") }
    )?;
    for fact in facts.iter().filter(|fact| !fact.equal) {
        let how = match fact.aspect {
            Aspect::Unrecorded => "perhaps equal",
            _ if fact.old == fact.new => "perhaps not equal",
            _ => "not equal",
        };
        writeln!(out, "{how}: {}: {} → {}", fact.name, fact.old, fact.new)?;
    }
    Ok(())
}

fn warn(comparison: &Comparison) {
    if !comparison.equal(Aspect::Machine) {
        record::errln!("warning: different machines: the verdicts compare machines, not code");
    }
    if !comparison.equal(Aspect::Toolchain) {
        record::errln!(
            "warning: different toolchains: the verdicts compare compilers as well as code"
        );
    }
    if !comparison.equal(Aspect::Input) {
        record::errln!(
            "warning: different files: where a case read one, the verdicts compare inputs"
        );
    }
}

/// Naive is shown wherever another rung of its scenario is: if naive got faster, every other rung's
/// ratio falls.
fn print_lines(out: &mut String, comparison: &Comparison, all: bool) -> fmt::Result {
    let told = |line: &Line| {
        line.verdict != Verdict::CannotTell || line.grounds == Grounds::FewerYetNoFaster
    };
    let changed = |line: &Line| line.is_judged() && told(line);
    let shown = |line: &&Line| {
        let beside = |other: &Line| changed(other) && other.is_beside(line);
        all || changed(line) || (line.naive && comparison.lines.iter().any(beside))
    };
    let lines: Vec<&Line> = comparison.lines.iter().filter(shown).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let same_setup = comparison.equal(Aspect::Machine) && comparison.equal(Aspect::Toolchain);
    let mut table = lines_table(["old ratio", "new ratio"]);
    for line in lines {
        let figure = if line.naive { format::time } else { ratio };
        table.row([
            &line.case,
            &line.scenario.to_string(),
            &line.rung,
            &figure(line.old.mid),
            &figure(line.new.mid),
            &change(line.change),
            verdict(line, same_setup),
        ]);
        if let Some(counts) = line.instructions {
            table.note(format!("    {}", words::instructions(counts)));
        }
    }
    writeln!(out, "\n{table}")
}

/// The head of a table of rungs, before and after.
fn lines_table([old, new]: [&str; 2]) -> Table<7> {
    let mut table = Table::new([Left, Left, Left, Right, Right, Left, Left]);
    table.row(["case", "scenario", "rung", old, new, "speed changed by", "verdict"]);
    table
}

fn print_names(out: &mut String, what: &str, names: &[String]) -> fmt::Result {
    if !names.is_empty() {
        writeln!(out, "{what}:")?;
        for name in names {
            writeln!(out, "  {name}")?;
        }
    }
    Ok(())
}

fn print_summary(out: &mut String, comparison: &Comparison) -> fmt::Result {
    let naive: Vec<f64> =
        comparison.lines.iter().filter(|line| line.naive).map(|line| line.change.mid).collect();
    if !naive.is_empty() {
        let at = |share| percent(stats::quantile(&mut naive.clone(), share));
        writeln!(
            out,
            "naive, by absolute time: speed changed by {} at the median of {} scenarios, by {} to \
             {} at the extremes; that drifts with the machine and is no regression",
            at(0.5),
            naive.len(),
            at(0.0),
            at(1.0)
        )?;
    }
    let agreement = comparison.agreement;
    if agreement.all > 0 {
        writeln!(
            out,
            "verdicts against naive: {} of {} agree ({}), {} are opposite",
            agreement.same,
            agreement.all,
            format::share(agreement.same as f64 / agreement.all as f64),
            agreement.opposite
        )?;
    }
    if let Some(why) = comparison.incomparable_counts {
        writeln!(out, "instruction counts are not compared: {why}")?;
    }
    writeln!(out, "{}", counts(comparison))
}

/// "412 compared: 3 faster, 1 slower, 408 undecided or unchanged; 1 claim broke".
fn counts(comparison: &Comparison) -> String {
    let mut text = format!(
        "{} compared: {} faster, {} slower, {} undecided or unchanged",
        comparison.judged().count(),
        comparison.count(Verdict::Faster),
        comparison.count(Verdict::Slower),
        comparison.count(Verdict::CannotTell),
    );
    let by_counts = comparison.judged().filter(|line| line.instructions.is_some()).count();
    for (count, item, what) in [
        (by_counts, "rung", "judged by instruction counts"),
        (comparison.broken(), "claim", "broke"),
        (comparison.failures.len(), "case", "fails that did not"),
    ] {
        if count > 0 {
            text += &format!("; {count} {} {what}", format::plural(item, count));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(line: &str) -> Result<String, String> {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            args: Args,
        }
        let words = std::iter::once("compare").chain(line.split_whitespace());
        let line = <Line as clap::Parser>::try_parse_from(words).map_err(|e| e.to_string())?;
        line.args.wanted().map(|wanted| format!("{wanted:?}")).map_err(|e| e.to_string())
    }

    #[test]
    fn two_records_or_a_revision_are_compared_and_never_both() {
        assert_eq!(wanted("a b --all").unwrap(), "Records { old: \"a\", new: \"b\" }");
        let base = wanted("--base HEAD --only bitsets --quick").unwrap();
        for part in ["Base", "revision: \"HEAD\"", "bitsets", "Quick"] {
            assert!(base.contains(part), "{base}");
        }
        for wrong in ["", "a", "a b --base c", "a b --only c", "a b --quick", "--quick"] {
            assert!(wanted(wrong).is_err(), "{wrong}");
        }
        assert!(wanted("a b --full").unwrap_err().contains("go with --base"));
    }

    #[test]
    fn records_that_share_nothing_are_an_error_that_names_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.json");
        let mut record = record::fixture::record();
        record.cases.get_mut("words").unwrap().scenarios.clear();
        record.save(&path).unwrap();
        let error = records(&path, &path, false).unwrap_err().to_string();
        assert!(error.contains("record.json") && error.contains("--only"), "{error}");
    }
}
