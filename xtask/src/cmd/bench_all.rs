//! `cargo xtask bench-all`: build, prove agreement, measure, write the record and the book.

mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use protocol::{Effort, Machine, machine};

use cases::{Case, Workspace};
use judge::records::code;
use judge::words::format;
use measure::binary::Binary;
use measure::build;
use measure::calibrate::saved;
use measure::doctor;
use measure::file_limit;
use measure::interrupt;
use measure::journal::{self, Entry, InputFile, Journal, Plan};
use measure::limits;
use measure::schedule::{self, Budget};
use measure::shard::Shard;
use measure::user_file;
use record::{Condition, Record, Shards, UserFile};

use crate::drawn::Drawer;
use crate::effort::EffortArgs;

/// What the command line says.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    #[command(flatten)]
    effort: EffortArgs,
    /// Only this case (may be repeated)
    #[arg(long, value_name = "CASE")]
    only: Vec<String>,
    /// Measure on this file of yours, in the cases that can read one
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Only the K-th of N parts, so that N machines share the work
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
    /// Go on with the run that was cut short
    #[arg(long)]
    resume: bool,
}

/// Measures the chosen cases.
///
/// # Errors
/// If nothing can be built, a record or journal cannot be written, or the run to go on with is
/// another one.
pub fn run(options: &Args) -> Result<ExitCode> {
    let start = Instant::now();
    let workspace = Workspace::load()?;
    let mut cases = workspace.select(&options.only)?;
    if let Some(shard) = options.shard {
        cases = shard.of(cases)?;
    }
    let file = options
        .input
        .as_deref()
        .map(|path| user_file::open(path, options.effort.effort()))
        .transpose()?;
    let user_path = file.as_ref().map(|(path, _)| path.as_path());
    let file_facts = file.as_ref().map(|(_, file)| file);
    // Two records and two journals: a look at a file must not end a long run.
    let (path, journal_path) = match &file {
        Some(_) => (workspace.file_record(), workspace.file_journal()),
        None => (workspace.latest_record(), workspace.journal()),
    };
    let mut plan = plan(&workspace, options, &cases, user_path)?;
    let earlier = earlier(&journal_path, &plan, options.resume)?;
    interrupt::listen()?;
    file_limit::turn_into_error();

    announce(&cases, options.effort.effort(), file_facts);
    // Before the build, or the build is what it finds.
    let findings = doctor::examine();
    eprint!("{}", doctor::short(&findings));
    let built = build::build(&workspace, &cases)?;
    if interrupt::came() {
        eprintln!("interrupted: nothing was measured yet");
        return Ok(interrupt::status());
    }
    plan.binaries = fingerprints(&cases, &built)?;
    let mut record = Record::new(
        options.effort.effort(),
        plan.commit.clone(),
        plan.toolchain.clone(),
        Machine::default(),
    );
    record.file = file_facts.cloned();
    record.shards = options.shard.map(Shards::from);
    let by_name = !options.only.is_empty();
    let binaries = binaries(&mut record, &cases, &built, user_path, by_name)?;
    let mut journal = match earlier {
        Some(journal) => journal.go_on(&plan)?,
        None => Journal::create(&journal_path, plan.clone())?,
    };

    eprintln!("built in {} s; measuring the machine's limits", start.elapsed().as_secs());
    let limits = || limits::measure(built.get("machine").map(PathBuf::as_path));
    let conditions = findings.iter().map(doctor::Finding::condition).collect();
    let kept = || format!("what was measured until then is kept; go on with `{}`", plan.command());
    begin_session(&mut journal, &mut record, limits(), conditions).with_context(kept)?;
    record.calibration = saved::load(&workspace, &record.machine.processor);
    schedule::run(&mut record, binaries, &path, &workspace.scratch(), &mut journal)
        .with_context(kept)?;
    if !interrupt::came() {
        record.machine = machine::combined(record.machine, &limits());
    }
    record.save(&path).with_context(kept)?;
    let answer = finish(&workspace, &record, &path, start, by_name)?;
    // The last moment in which Ctrl-C is heard.
    if interrupt::came() {
        eprintln!("interrupted: {}", kept());
        return Ok(interrupt::status());
    }
    journal.finish()?;
    Ok(answer)
}

/// What is to be measured, as far as it is known before the build.
fn plan(
    workspace: &Workspace,
    options: &Args,
    cases: &[&Case],
    file: Option<&Path>,
) -> Result<Plan> {
    Ok(Plan {
        commit: build::commit(workspace),
        toolchain: build::toolchain(workspace),
        effort: options.effort.effort(),
        only: options.only.clone(),
        shard: options.shard,
        cases: cases.iter().map(|case| case.name.clone()).collect(),
        file: file.map(InputFile::new).transpose()?,
        binaries: BTreeMap::new(),
    })
}

/// The journal of the run that is to go on. Otherwise says that one could.
fn earlier(path: &Path, plan: &Plan, resume: bool) -> Result<Option<Journal>> {
    if resume {
        let journal = Journal::resume(path, plan)?;
        eprintln!(
            "going on with a run that was cut short: {} answers are there",
            journal.answers()
        );
        return Ok(Some(journal));
    }
    if let Some(notice) = journal::notice(path)? {
        eprintln!("{notice}");
    }
    Ok(None)
}

fn fingerprints(
    cases: &[&Case],
    built: &BTreeMap<String, PathBuf>,
) -> Result<BTreeMap<String, String>> {
    let binaries = cases.iter().filter_map(|case| built.get_key_value(&case.name));
    binaries.map(|(name, path)| Ok((name.clone(), journal::fingerprint(path)?))).collect()
}

/// The cases that can be measured; of the others the record says why not.
fn binaries<'a>(
    record: &mut Record,
    cases: &[&'a Case],
    built: &BTreeMap<String, PathBuf>,
    file: Option<&Path>,
    by_name: bool,
) -> Result<Vec<(&'a Case, Binary)>> {
    let mut binaries = Vec::new();
    for case in cases {
        match built.get(&case.name) {
            Some(path) => {
                let file = file.map(Path::to_owned);
                binaries.push((*case, Binary { path: path.clone(), file }));
            }
            None => {
                let failure = "it does not compile; cargo's messages above say why";
                record.cases.insert(case.name.clone(), schedule::failed(&failure));
            }
        }
    }
    // Before the machine is measured: a bad file is said at once.
    if let Some(file) = &mut record.file {
        binaries = user_file::keep_readers(binaries, file, by_name)?;
        for (case, why) in &file.refused {
            eprintln!("{case} does not read this file: {why}");
        }
    }
    Ok(binaries)
}

/// Notes in journal and record on what machine and under what conditions this run begins, or goes
/// on: the record then has what held for either.
fn begin_session(
    journal: &mut Journal,
    record: &mut Record,
    machine: Machine,
    conditions: Vec<Condition>,
) -> Result<()> {
    for (earlier, found) in journal.sessions() {
        if !machine::same_kind(earlier, &machine) {
            bail!(
                "it is of another machine ({}): go on there, or begin a new run without --resume",
                machine::differences(earlier, &machine).join(", ")
            );
        }
        record.machine = machine::combined(std::mem::take(&mut record.machine), earlier);
        record.add_conditions(found);
    }
    record.started = journal.head.started;
    record.add_conditions(&conditions);
    record.machine = machine::combined(std::mem::take(&mut record.machine), &machine);
    journal.write(&Entry::Session { machine, conditions })
}

/// Prints the table, makes the book, and turns failures into an exit status.
fn finish(
    workspace: &Workspace,
    record: &Record,
    path: &Path,
    start: Instant,
    by_name: bool,
) -> Result<ExitCode> {
    table::print(&workspace.cases, record);
    let standard =
        if record.file.is_some() { standard_record(workspace) } else { Some(path.to_owned()) };
    let book = Drawer::build(workspace)?.book_with_references(standard.as_deref())?;
    print_changes(workspace, record);
    println!("record: {}", path.display());
    println!("book:   {}", book.display());
    println!("took {} s", start.elapsed().as_secs());
    let failed = record.cases.iter().filter(|(_, case)| case.failure.is_some());
    // Who asks for a case by name wants it measured; who asks for all wants those that can.
    let refused = record.file.iter().filter(|_| by_name).flat_map(|file| file.refused.keys());
    let failed: Vec<&str> =
        failed.map(|(name, _)| name.as_str()).chain(refused.map(String::as_str)).collect();
    if !failed.is_empty() {
        eprintln!("failed: {}", failed.join(", "));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The alarm of a compiler that makes other code of the same sources.
fn print_changes(workspace: &Workspace, record: &Record) {
    let known = Record::load_all(&workspace.committed_records());
    let Some(reference) = record.reference(known) else { return };
    let changes = code::changes(&reference, record);
    if !changes.list.is_empty() {
        println!("machine code changed since {}:", changes.since);
        for (case, rung, what) in &changes.list {
            println!("  {case}/{rung}: {what}");
        }
        println!();
    }
}

/// The seeded figures that the other pages of the book keep when only a file was measured.
fn standard_record(workspace: &Workspace) -> Option<PathBuf> {
    let latest = workspace.latest_record();
    Record::load(&latest).is_ok().then_some(latest)
}

fn announce(cases: &[&Case], effort: Effort, file: Option<&UserFile>) {
    let budget = Budget::of(effort);
    let seconds = budget.seconds * cases.len() as u64;
    let about = match (file, seconds) {
        (Some(_), _) => "some seconds for each case that reads it".to_owned(),
        (None, 0..100) => format!("about {seconds} s"),
        (None, _) => format!("about {} min", seconds.div_ceil(60)),
    };
    let what = match file {
        Some(file) if file.measured < file.bytes => format!(
            "the first {} of {} ({})",
            format::bytes(file.measured as f64),
            file.name,
            format::bytes(file.bytes as f64)
        ),
        Some(file) => format!("{} ({})", file.name, format::bytes(file.bytes as f64)),
        None => format!("{} {}", cases.len(), format::plural("case", cases.len())),
    };
    eprintln!(
        "Measuring {what}, at least {} processes per scenario: {about} after building. Ctrl-C keeps \
         what is measured, and --resume goes on.",
        budget.rounds,
    );
}
