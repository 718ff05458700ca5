//! `cargo xtask mutants`: whether a wrong rung would be caught. cargo-mutants changes a case's
//! rungs in one place at a time, and the case's tests, the gate among them, must notice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::check::succeed;
use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;
use crate::tidy::files::below;
use cases::rungs::{rung_modules, table_modules};
use cases::source::Source;
use cases::text::read;
use cases::{Case, Workspace, cargo};
use labs::{Kind, Lab};

/// The share of mutants that must be caught in every case, of those that are not equal.
const CAUGHT: f64 = 0.95;

/// Mutants of a case that a turn tries: as many as fit into a few minutes.
const OF_A_TURN: usize = 18;

/// A mutant that takes longer hangs, however fast the case's tests are, and counts as caught.
const SHORTEST: Duration = Duration::from_secs(30);

/// How many times as long as the tests of the case itself.
const LONGER: u32 = 4;

/// Kilobytes that a mutant may ask for before it is ended: some ask without end.
const MEMORY: u64 = 8 << 20;

/// Files of a case that no rung is: what the tests and the gate are made of.
const FRAME: [&str; 3] = ["edges", "lib", "tests"];

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Only these cases; all without any
    cases: Vec<String>,
    /// Of the cases with a mutants.toml the two whose turn it is at this number, and of each a part
    /// that takes a minute or two: count up, and all have their turn
    #[arg(long, value_name = "NUMBER", conflicts_with = "cases")]
    turn: Option<usize>,
    /// Only what has changed since this revision
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,
}

/// Tries the mutants and says of each case how many were caught.
///
/// # Errors
/// If cargo-mutants is missing, a revision is unknown, a case's own tests fail, or a case's list of
/// equal mutants does not fit.
pub fn run(args: &Args) -> Result<Outcome> {
    let workspace = with_labs()?;
    installed()?;
    let selected = match args.turn {
        Some(turn) => {
            // All lists, whosever turn it is: a rung that moves leaves its mutants in one.
            workspace.cases.iter().try_for_each(|case| up_to_date(&workspace, case))?;
            two_of(&held(&workspace.cases), turn)
        }
        None => workspace.select(&args.cases)?,
    };
    let changes = args.since.as_ref().map(|revision| changes(&workspace, revision)).transpose()?;
    let mut table = Table::new([Left, Right, Left]);
    let mut misses = false;
    for case in selected {
        let Some(tried) = try_case(&workspace, case, args.turn, changes.as_deref())? else {
            continue;
        };
        misses |= !tried.suffices();
        let verdict = if tried.suffices() { "" } else { "too few" };
        table.row([&case.name, &tried.to_string(), verdict]);
        tried.missed.iter().for_each(|mutant| record::outln!("missed: {mutant}"));
    }
    record::output::out(table);
    Ok(Outcome::found(misses))
}

/// The workspace; labs that are no cases have rungs as those have, and are tried like them.
fn with_labs() -> Result<Workspace> {
    let mut workspace = Workspace::load()?;
    let labs = Lab::find(&workspace)?.into_iter().filter(|lab| lab.kind == Kind::Diagnosis);
    workspace.cases.extend(labs.map(|lab| lab.case()));
    Ok(workspace)
}

/// Cases whose mutants were all looked at once: a list says which of them are equal.
fn held(cases: &[Case]) -> Vec<&Case> {
    let proven = |case: &&Case| {
        Known::list(case).exists() && !Known::read(case).is_ok_and(|known| known.unproven)
    };
    cases.iter().filter(proven).collect()
}

/// The two cases whose turn it is.
fn two_of<'a>(cases: &[&'a Case], turn: usize) -> Vec<&'a Case> {
    cases.iter().copied().cycle().skip(2 * turn % cases.len()).take(2).collect()
}

/// Refuses a list with something that there is not.
fn up_to_date(workspace: &Workspace, case: &Case) -> Result<()> {
    let known = Known::read(case)?;
    known.must_exist(case, &list(workspace, case, &files(case, &known)?, None)?)
}

/// What became of a case's mutants, those left out that are equal.
struct Tried {
    caught: usize,
    missed: Vec<String>,
}

impl Tried {
    fn suffices(&self) -> bool {
        let all = self.caught + self.missed.len();
        self.caught as f64 >= CAUGHT * all as f64
    }
}

impl std::fmt::Display for Tried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} caught", self.caught, self.caught + self.missed.len())
    }
}

/// Writes down what has changed since a revision: where.
fn changes(workspace: &Workspace, revision: &str) -> Result<PathBuf> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root).args(["diff", "--relative", revision, "--", "*.rs"]);
    let output = git.stderr(Stdio::inherit()).output().context("cannot run git")?;
    if !output.status.success() {
        bail!("{git:?} ended with {}", output.status);
    }
    let folder = workspace.scratch().join("mutants");
    let file = folder.join("changes.diff");
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, output.stdout));
    written.with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// Has a case's rungs changed in one place after the other; `None` if there is no such place in
/// what has changed.
fn try_case(
    workspace: &Workspace,
    case: &Case,
    turn: Option<usize>,
    changes: Option<&Path>,
) -> Result<Option<Tried>> {
    let known = Known::read(case)?;
    let files = files(case, &known)?;
    let all = list(workspace, case, &files, None)?;
    known.must_exist(case, &all)?;
    let wanted = if changes.is_some() { list(workspace, case, &files, changes)? } else { all };
    if wanted.is_empty() {
        return Ok(None);
    }
    record::outln!("{}: {} mutants, after its own tests", case.name, wanted.len());
    let longest = SHORTEST.max(own_tests(workspace, case)? * LONGER);
    let output = workspace.scratch().join("mutants").join(&case.name);
    fs::create_dir_all(&output).with_context(|| format!("cannot make {}", output.display()))?;
    let mut command = mutants(workspace, case, &files, changes);
    command.args(["--baseline=skip", "--jobs=1", "--no-shuffle", "--colors=never"]);
    command.arg("--timeout").arg(longest.as_secs().to_string()).arg("--output").arg(&output);
    command.args(["--cargo-test-arg=--tests", "--build-timeout=600", "--no-times"]);
    // One folder for all cases, in which dependencies are built once; and not the usual one, where
    // another cargo may hold the lock until a mutant seems to hang.
    command.env("CARGO_TARGET_DIR", workspace.scratch().join("mutants/target"));
    if let Some(turn) = turn {
        let shards = wanted.len().div_ceil(OF_A_TURN).max(1);
        let number = turn * 2 / workspace.cases.len() % shards;
        command.arg("--sharding=round-robin").arg(format!("--shard={number}/{shards}"));
    }
    let status = command.status().with_context(|| format!("cannot run {command:?}"))?;
    // All caught; some missed; some hung.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        bail!("{command:?} ended with {status}");
    }
    known.judge(case, &Tally::read(&output.join("mutants.out"))?).map(Some)
}

/// `cargo mutants` over these files or what has changed in them, within a bound on memory where the
/// system has one.
fn mutants(
    workspace: &Workspace,
    case: &Case,
    files: &[PathBuf],
    changes: Option<&Path>,
) -> Command {
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")).arg(cargo());
        shell
    } else {
        Command::new(cargo())
    };
    command.current_dir(&workspace.root).args(["mutants", "--no-config", "--package", &case.name]);
    for file in files {
        command.arg("--file").arg(file.strip_prefix(&workspace.root).unwrap_or(file));
    }
    if let Some(changes) = changes {
        command.arg("--in-diff").arg(changes);
    }
    command
}

/// The names of all mutants of these files, or of what has changed in them.
fn list(
    workspace: &Workspace,
    case: &Case,
    files: &[PathBuf],
    changes: Option<&Path>,
) -> Result<BTreeSet<String>> {
    let mut command = mutants(workspace, case, files, changes);
    let output = command.args(["--list", "--colors=never"]).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} ended with {}", output.status);
    }
    let names = String::from_utf8_lossy(&output.stdout);
    Ok(names.lines().map(|name| within(case, name)).collect())
}

/// A mutant's name without the case's folder.
fn within(case: &Case, name: &str) -> String {
    name.strip_prefix(&format!("crates/{}/", case.name)).unwrap_or(name).to_owned()
}

/// The files that rungs are: their modules, what calls them, and all to which those refer.
fn files(case: &Case, known: &Known) -> Result<Vec<PathBuf>> {
    let lib = read(&case.source("lib"))?;
    let mut open = [rung_modules(&lib), table_modules(&lib)].concat();
    let (mut seen, mut files) = (BTreeSet::new(), Vec::new());
    while let Some(module) = open.pop() {
        if FRAME.contains(&module.as_str()) || !seen.insert(module.clone()) {
            continue;
        }
        let folder = case.folder.join("src").join(&module);
        let mut found = if folder.is_dir() { below(&folder, "rs")? } else { Vec::new() };
        found.extend(Some(case.source(&module)).filter(|file| file.exists()));
        for file in found {
            let mut source = Source::default();
            source.add(&read(&file)?);
            open.extend(source.references());
            if !known.elsewhere.iter().any(|other| file.ends_with(other)) {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// What a case says of mutants that nobody can catch, in `mutants.toml`.
#[derive(Default)]
struct Known {
    /// Mutants that do the same as the rung, by their names.
    equal: BTreeSet<String>,
    /// What other machines alone would show: files that they compile, and mutants, by their names,
    /// that only a processor with other instructions tells from the rung.
    elsewhere: BTreeSet<String>,
    /// Whether not all of the case's mutants were tried yet: then it takes no turns.
    unproven: bool,
}

impl Known {
    fn list(case: &Case) -> PathBuf {
        case.folder.join("mutants.toml")
    }

    fn read(case: &Case) -> Result<Self> {
        let path = Self::list(case);
        if !path.exists() {
            return Ok(Self::default());
        }
        Self::parse(&read(&path)?).with_context(|| format!("in {}", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        type Reasons = BTreeMap<String, String>;
        let mut sections: BTreeMap<String, Reasons> = toml::from_str(text)?;
        let mut section = |name: &str| {
            let reasons = sections.remove(name).unwrap_or_default();
            if let Some((known, _)) = reasons.iter().find(|(_, reason)| reason.trim().is_empty()) {
                bail!("`{known}` has no reason");
            }
            Ok(reasons.into_keys().collect())
        };
        let known = Self {
            equal: section("equal")?,
            elsewhere: section("elsewhere")?,
            unproven: !section("unproven")?.is_empty(),
        };
        match sections.keys().next() {
            Some(other) => {
                bail!("there is `[equal]`, `[elsewhere]` and `[unproven]`, not `[{other}]`")
            }
            None => Ok(known),
        }
    }

    /// # Errors
    /// If a mutant is listed that there is no longer, or a file.
    fn must_exist(&self, case: &Case, all: &BTreeSet<String>) -> Result<()> {
        if let Some(gone) = self.equal.iter().find(|mutant| !all.contains(*mutant)) {
            bail!("{}: there is no mutant `{gone}` any more: mend mutants.toml", case.name);
        }
        let there = |other: &String| all.contains(other) || case.folder.join(other).exists();
        match self.elsewhere.iter().find(|other| !there(other)) {
            Some(gone) => {
                bail!("{}: there is no file or mutant `{gone}`: mend mutants.toml", case.name)
            }
            None => Ok(()),
        }
    }

    /// Counts what was caught.
    ///
    /// # Errors
    /// If a mutant was caught that is listed as equal.
    fn judge(&self, case: &Case, outcome: &Tally) -> Result<Tried> {
        let within = |names: &[String]| -> Vec<String> {
            let names = names.iter().map(|name| within(case, name));
            names.filter(|name| !self.elsewhere.contains(name)).collect()
        };
        let caught = within(&outcome.caught);
        if let Some(wrong) = caught.iter().find(|mutant| self.equal.contains(*mutant)) {
            bail!("{}: `{wrong}` is not equal, it was caught: mend mutants.toml", case.name);
        }
        let mut missed = within(&outcome.missed);
        missed.retain(|mutant| !self.equal.contains(mutant));
        Ok(Tried { caught: caught.len(), missed })
    }
}

/// What cargo-mutants found; a mutant that does not compile is none.
struct Tally {
    /// Those that hang, too.
    caught: Vec<String>,
    missed: Vec<String>,
}

impl Tally {
    fn read(folder: &Path) -> Result<Self> {
        let names = |file: &str| -> Result<Vec<String>> {
            Ok(read(&folder.join(file))?.lines().map(str::to_owned).collect())
        };
        let mut caught = names("caught.txt")?;
        caught.extend(names("timeout.txt")?);
        Ok(Self { caught, missed: names("missed.txt")? })
    }
}

/// How long a case's tests take: its own and its bench's, which is the gate.
///
/// # Errors
/// If one fails: then it would fail whatever is changed.
fn own_tests(workspace: &Workspace, case: &Case) -> Result<Duration> {
    let test = |how: &str| {
        let mut command = Command::new(cargo());
        command.current_dir(&workspace.root);
        succeed(command.args(["test", "--quiet", "--tests", "--package", &case.name, how]))
    };
    test("--no-run")?;
    let start = Instant::now();
    test("--no-fail-fast").map(|()| start.elapsed())
}

fn installed() -> Result<()> {
    let mut command = Command::new(cargo());
    let output = command.args(["mutants", "--version"]).output().context("cannot run cargo")?;
    if !output.status.success() {
        bail!("cargo-mutants is not installed: `cargo install cargo-mutants --locked`");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        let workspace = Workspace::load().unwrap();
        workspace.select(&["bitsets".to_owned()]).unwrap()[0].clone()
    }

    const KNOWN: &str = "[equal]\n\"src/a.rs:1:2: replace < with <=\" = \"the same there\"\n";

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| format!("crates/bitsets/{name}")).collect()
    }

    #[test]
    fn an_equal_mutant_has_a_reason_exists_and_is_not_caught() {
        let (case, known) = (case(), Known::parse(KNOWN).unwrap());
        let missed = names(&["src/a.rs:1:2: replace < with <="]);
        let tried = known.judge(&case, &Tally { caught: names(&["src/b.rs"]), missed }).unwrap();
        assert_eq!((tried.to_string().as_str(), tried.suffices()), ("1 of 1 caught", true));
        let caught = names(&["src/a.rs:1:2: replace < with <="]);
        let wrong = known.judge(&case, &Tally { caught, missed: Vec::new() });
        assert!(wrong.err().unwrap().to_string().contains("is not equal, it was caught"));
        let gone = known.must_exist(&case, &BTreeSet::new()).unwrap_err().to_string();
        assert!(gone.contains("there is no mutant"), "{gone}");
        assert!(Known::parse("[equal]\na = \"  \"").is_err(), "no reason");
        assert!(Known::parse("[equals]\na = \"b\"").is_err(), "no such section");
    }

    #[test]
    fn what_another_machine_would_show_counts_neither_way_here() {
        let case = case();
        let name = "src/a.rs:1:2: replace needs -> bool with true";
        let known = Known::parse(&format!("[elsewhere]\n\"{name}\" = \"old ones\"")).unwrap();
        for caught in [names(&[name]), Vec::new()] {
            let missed = if caught.is_empty() { names(&[name]) } else { Vec::new() };
            let tried = known.judge(&case, &Tally { caught, missed }).unwrap();
            assert_eq!(tried.to_string(), "0 of 0 caught");
        }
        assert!(known.must_exist(&case, &BTreeSet::from([name.to_owned()])).is_ok());
        assert!(known.must_exist(&case, &BTreeSet::new()).is_err());
    }

    #[test]
    fn nineteen_of_twenty_must_be_caught() {
        let tried = |caught, missed| Tried { caught, missed: vec![String::new(); missed] };
        assert!(tried(19, 1).suffices() && tried(0, 0).suffices());
        assert!(!tried(18, 1).suffices());
    }

    #[test]
    fn every_case_has_its_turn() {
        let workspace = with_labs().unwrap();
        let cases = held(&workspace.cases);
        let two = |turn| two_of(&cases, turn).into_iter().map(|case| &case.name);
        let all: BTreeSet<&String> = (7..7 + cases.len().div_ceil(2)).flat_map(two).collect();
        assert_eq!(all.len(), cases.len());
        assert!(cases.len() > 1);
        let proven = |case: &Case| !Known::read(case).unwrap().unproven;
        assert!(cases.iter().all(|case| Known::list(case).exists() && proven(case)));
        let unproven = Known::parse("[unproven]\nwhole = \"takes an hour\"").unwrap();
        assert!(unproven.unproven && !Known::parse(KNOWN).unwrap().unproven);
    }

    #[test]
    fn rungs_and_what_they_are_made_of_are_tried_and_nothing_else() {
        let case = case();
        let files = files(&case, &Known::default()).unwrap();
        let names: Vec<&str> = files.iter().filter_map(|file| file.file_stem()?.to_str()).collect();
        assert_eq!(
            names,
            ["blocks", "croaring", "eights", "naive", "one_bit", "optimized", "peer", "words"]
        );
    }

    #[test]
    fn every_list_of_equal_mutants_can_be_read() {
        for case in &with_labs().unwrap().cases {
            Known::read(case).unwrap();
        }
    }
}
