//! `cargo xtask compare --base REV`: another revision against the tree as it is.
//!
//! Both are asked for rounds of their benches, in turns, and not run as `measure::programs` runs
//! whole programs: a rung is a function, which a bench calls until its time can be told, on inputs
//! that it has made before. As a program it would be measured with its start and its reading, and
//! only a job that takes a second could be seen to change by a few per cent. And the programs
//! that rows are read beside, as polars, are the same in every revision.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use anyhow::{Result, bail};
use protocol::Effort;

use super::{lines_table, print_names, words};
use crate::outcome::Outcome;
use cases::Workspace;
use judge::revisions::Change;
use judge::stats::{self, Verdict};
use judge::words::format;
use measure::build;
use measure::interrupt;
use measure::revisions::checkout::{Benches, Revision};
use measure::revisions::{self, Budget, Contest, Line};
use record::Circumstance;

/// Files that make every case differ, and how.
const COMMON: [(&str, &str); 4] = [
    ("xtask/harness", "what times the rungs"),
    ("Cargo.lock", "dependencies"),
    ("Cargo.toml", "versions, and the profile; that of the tree is used for both"),
    (".cargo/config.toml", "flags; those of the tree are used for both"),
];

/// The revision, and how much of it.
#[derive(Debug, PartialEq)]
pub(super) struct Wanted<'a> {
    /// As git names it.
    pub(super) revision: &'a str,
    /// The cases; empty for all.
    pub(super) only: &'a [String],
    /// How much is measured.
    pub(super) effort: Effort,
}

/// What there is to say of a comparison, beside its figures.
#[derive(Default)]
struct Report {
    /// Circumstances.
    notes: Vec<String>,
    /// Cases, scenarios and rungs that only the tree has.
    added: Vec<String>,
    /// Those that only the base has.
    removed: Vec<String>,
    /// Cases that fail in the base: they cannot be compared.
    base_fails: Vec<String>,
    /// Cases that fail in the tree alone.
    regressions: Vec<String>,
    /// Cases whose binaries are equal.
    identical: usize,
}

/// Measures a revision against the tree as it is, and prints what changed, or with `all` every
/// line. Found is what is slower or fails.
///
/// # Errors
/// If there is no such revision, or nothing of it can be compared.
pub(super) fn run(wanted: &Wanted, all: bool) -> Result<Outcome> {
    let Wanted { revision: name, only, effort } = *wanted;
    let workspace = Workspace::load()?;
    let chosen = workspace.select(only)?;
    let base = Revision::check_out(&workspace, name)?;
    interrupt::listen()?;

    let mut report = Report::default();
    let names: Vec<&str> = chosen.iter().map(|case| case.name.as_str()).collect();
    let known = base.cases()?;
    let common: Vec<&str> = names.iter().copied().filter(|name| known.contains(*name)).collect();
    report.lists(&names, &known, only);
    if common.is_empty() {
        bail!(
            "{name} has none of the chosen cases ({}), so nothing was compared",
            names.join(", ")
        );
    }
    record::errln!(
        "building {} {} of {name} and of the tree; the first time, everything below them too",
        common.len(),
        format::plural("case", common.len())
    );
    let built = base.build(&workspace, &common)?;
    if interrupt::came() {
        return Ok(interrupted());
    }
    let mut contests = Vec::new();
    for case in common {
        contests.extend(report.contest(case, &built, effort, name));
    }
    let same_ruler = !base.differs(&workspace, &["xtask/harness"]);
    report.note(&workspace, &base, &contests);
    let budget = Budget::of(effort);
    if !contests.is_empty() {
        revisions::run(&mut contests, budget, same_ruler);
    }
    if interrupt::came() {
        return Ok(interrupted());
    }

    let mut out = String::new();
    let tree = build::commit(&workspace);
    let tree = Circumstance::commit(tree.as_deref());
    writeln!(out, "base: {name} ({})\nnew:  the tree as it is ({tree})", base.commit)?;
    let slower = report.print(&mut out, &contests, name, all, same_ruler)?;
    record::output::out(&out);
    let compared = contests.iter().any(|contest| contest.failure.is_none());
    if !compared && report.identical == 0 && report.regressions.is_empty() {
        bail!("no case could be compared with {name}");
    }
    Ok(Outcome::found(slower > 0 || !report.regressions.is_empty()))
}

fn interrupted() -> Outcome {
    record::errln!("interrupted: too little was measured to tell anything");
    Outcome::Interrupted
}

impl Report {
    /// What only one of the two has; of the base nothing that was not asked for.
    fn lists(&mut self, names: &[&str], known: &BTreeSet<String>, only: &[String]) {
        let added = names.iter().filter(|name| !known.contains(**name));
        self.added = added.map(|name| (*name).to_owned()).collect();
        if only.is_empty() {
            let removed = known.iter().filter(|name| !names.contains(&name.as_str()));
            self.removed = removed.cloned().collect();
        }
    }

    /// A case of both, if it is to be measured.
    fn contest(
        &mut self,
        case: &str,
        [old, new]: &[Benches; 2],
        effort: Effort,
        base: &str,
    ) -> Option<Contest> {
        let does_not = "does not compile; cargo's messages above say why";
        let (old, new) = match (old.get(case), new.get(case)) {
            (Some(old), Some(new)) => (old, new),
            (Some(_), None) => {
                self.regressions.push(format!("{case} {does_not}"));
                return None;
            }
            (None, _) => {
                self.base_fails.push(format!("{case} of {base} {does_not}"));
                return None;
            }
        };
        if revisions::identical(old, new) {
            self.identical += 1;
            self.notes.push(format!(
                "{case}: both binaries are equal, byte by byte; nothing can differ, so nothing was \
                 measured"
            ));
            return None;
        }
        match Contest::new(case, [old, new], effort) {
            Ok(contest) => {
                self.added.extend(contest.added.iter().cloned());
                self.removed.extend(contest.removed.iter().cloned());
                Some(contest)
            }
            Err((at, failure)) => {
                self.fails(case, at, &failure, base);
                None
            }
        }
    }

    fn fails(&mut self, case: &str, at: usize, failure: &str, base: &str) {
        if at == 0 {
            self.base_fails.push(format!("{case} of {base}: {failure}"));
        } else {
            self.regressions.push(format!("{case}: {failure}"));
        }
    }

    /// What else differs that figures may come from.
    fn note(&mut self, workspace: &Workspace, base: &Revision, contests: &[Contest]) {
        if contests.is_empty() {
            return;
        }
        for (path, what) in COMMON {
            if base.differs(workspace, &[path]) {
                self.notes.push(format!("{path} differs too: {what}"));
            }
        }
        for contest in contests {
            let case = &contest.name;
            let paths = [format!("crates/{case}/src/lib.rs"), format!("benches/{case}.rs")];
            if base.differs(workspace, &paths.each_ref().map(String::as_str)) {
                self.notes.push(format!(
                    "{case}: its lib.rs or its bench differs too; if that changes its inputs, inputs \
                     are compared as well"
                ));
            }
        }
    }

    /// Everything, figures included. The number of slower rungs.
    fn print(
        &mut self,
        out: &mut String,
        contests: &[Contest],
        base: &str,
        all: bool,
        same_ruler: bool,
    ) -> Result<usize, fmt::Error> {
        for contest in contests {
            if let Some((at, failure)) = &contest.failure {
                self.fails(&contest.name, *at, failure, base);
            }
        }
        for note in &self.notes {
            writeln!(out, "{note}")?;
        }
        let lines: Vec<(&Contest, Vec<Line>)> =
            contests.iter().map(|contest| (contest, contest.lines(same_ruler))).collect();
        let all_lines = || lines.iter().flat_map(|(_, lines)| lines);
        let count = |verdict| all_lines().filter(|line| line.change.verdict == verdict).count();
        print_lines(out, &lines, all)?;
        for (contest, scenario) in
            contests.iter().flat_map(|c| c.inconclusive().map(move |scenario| (c, scenario)))
        {
            writeln!(out, "{} at {scenario}: undecided, neighbours were busy", contest.name)?;
        }
        for failure in &self.base_fails {
            writeln!(out, "not compared: {failure}")?;
        }
        for failure in &self.regressions {
            writeln!(out, "REGRESSION: {failure}")?;
        }
        print_names(out, "added, only in the tree", &self.added)?;
        print_names(out, &format!("removed, only in {base}"), &self.removed)?;
        let slower = count(Verdict::Slower);
        writeln!(
            out,
            "{} compared: {} faster, {slower} slower, {} undecided or unchanged",
            all_lines().count(),
            count(Verdict::Faster),
            count(Verdict::CannotTell),
        )?;
        Ok(slower)
    }
}

/// Naive is a rung like the others here: its times are compared directly too.
fn print_lines(out: &mut String, cases: &[(&Contest, Vec<Line>)], all: bool) -> fmt::Result {
    let shown = |line: &&Line| all || line.change.verdict != Verdict::CannotTell;
    if !cases.iter().any(|(_, lines)| lines.iter().any(|line| shown(&line))) {
        return Ok(());
    }
    let mut table = lines_table(["base", "new"]);
    for (contest, lines) in cases {
        for line in lines.iter().filter(shown) {
            table.row([
                &contest.name,
                &line.scenario.to_string(),
                line.rung,
                &format::time(line.change.old),
                &format::time(line.change.new),
                &words::change(line.change.speed),
                &verdict(&line.change),
            ]);
        }
    }
    writeln!(out, "\n{table}")
}

fn verdict(change: &Change) -> String {
    let (speed, floor) = (change.speed, change.floor);
    match change.verdict {
        Verdict::Faster => "faster".to_owned(),
        Verdict::Slower => "SLOWER".to_owned(),
        Verdict::CannotTell if speed.low <= 1.0 && speed.high >= 1.0 => "undecided".to_owned(),
        Verdict::CannotTell if stats::verdict(speed, floor) == Verdict::CannotTell => {
            format!("undecided: below the noise floor of {}", format::share(floor))
        }
        Verdict::CannotTell => "undecided: it did not happen twice".to_owned(),
    }
}
