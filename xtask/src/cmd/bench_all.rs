//! `cargo xtask bench-all`: build, prove agreement, measure, write the record and the book.

mod coming;
mod kept;
mod table;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;
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
use measure::forecast::{Forecast, about};
use measure::interrupt;
use measure::journal::{self, Entry, InputFile, Journal, Plan};
use measure::limits;
use measure::progress::Progress;
use measure::schedule::{self, Desk};
use measure::shard::Shard;
use measure::user_file;
use record::{Condition, Record, Shards, Toolchain, UserFile};

use self::coming::Coming;
use self::kept::Places;
use crate::drawn::Drawer;
use crate::effort::EffortArgs;
use crate::outcome::Outcome;

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

/// What is measured, and where that is kept.
struct Setting<'a> {
    cases: Vec<&'a Case>,
    effort: Effort,
    file: Option<(PathBuf, UserFile)>,
    places: Places,
    journal: PathBuf,
    scratch: PathBuf,
    /// Whether the user named the cases.
    by_name: bool,
}

impl<'a> Setting<'a> {
    fn new(workspace: &'a Workspace, args: &Args) -> Result<Self> {
        let effort = args.effort.effort();
        let mut cases = workspace.select(&args.only)?;
        if let Some(shard) = args.shard {
            cases = shard.of(cases)?;
        }
        let file = args.input.as_deref().map(|path| user_file::open(path, effort)).transpose()?;
        // Two records and two journals: a look at a file must not end a long run.
        let (path, journal) = match &file {
            Some(_) => (workspace.file_record(), workspace.file_journal()),
            None => (workspace.latest_record(), workspace.journal()),
        };
        let (scratch, by_name) = (workspace.scratch(), !args.only.is_empty());
        Ok(Self { cases, effort, file, places: Places::of(path), journal, scratch, by_name })
    }

    fn file_path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }

    fn file_facts(&self) -> Option<&UserFile> {
        self.file.as_ref().map(|(_, facts)| facts)
    }
}

/// Measures the chosen cases.
///
/// # Errors
/// If nothing can be built, a record or journal cannot be written, or the run to go on with is
/// another one.
pub fn run(args: &Args) -> Result<Outcome> {
    let start = Instant::now();
    let workspace = Workspace::load()?;
    let setting = Setting::new(&workspace, args)?;
    setting.places.try_all(&workspace, &setting.journal)?;
    let mut coming = Coming::new(&workspace, &setting.cases, setting.effort);
    announce(&setting, &coming.forecast);
    let mut settings = build::Settings::of(&workspace)?;
    let mut plan = plan(&workspace, args, &setting)?;
    let earlier = earlier(&setting.journal, &plan, args.resume)?;
    interrupt::listen()?;

    // Before the build, or the build is what it finds.
    let mut findings = doctor::examine(Ok(&settings));
    record::output::err(doctor::short(&findings));
    let built = build_all(&workspace, &setting, &mut settings);
    if interrupt::came() {
        record::errln!("interrupted: nothing was measured yet");
        return Ok(Outcome::Interrupted);
    }
    let (built, drawer) = built?;
    coming.built(&workspace, start.elapsed());
    record::errln!("built in {}", about(start.elapsed().as_secs_f64()));
    doctor::observed(&mut findings, &settings);
    plan.binaries = fingerprints(&setting.cases, &built)?;
    plan.toolchain = settings.toolchain.clone();
    let (effort, commit) = (setting.effort, plan.commit.clone());
    let mut record = Record::new(effort, commit, settings.toolchain, Machine::default());
    record.file = setting.file_facts().cloned();
    record.shards = args.shard.map(Shards::from);
    let binaries = binaries(&mut record, &setting, &built)?;
    let journal = match earlier {
        Some(journal) => journal.go_on(&plan)?,
        None => Journal::create(&setting.journal, plan.clone())?,
    };

    let kept = || format!("what was measured until then is kept; go on with `{}`", plan.command());
    let conditions = findings.iter().map(doctor::Finding::condition).collect();
    let probe = built.get("machine").map(PathBuf::as_path);
    let session = Session { setting: &setting, workspace: &workspace, probe, conditions };
    let journal =
        session.measure(&mut record, binaries, journal, &mut coming).with_context(kept)?;
    let answer = finish(&workspace, &drawer, &record, &setting, start);
    // The last moment in which Ctrl-C is heard: it may have ended what makes the book, too.
    if interrupt::came() {
        record::errln!("interrupted: {}", kept());
        return Ok(Outcome::Interrupted);
    }
    let answer = answer.with_context(kept)?;
    journal.finish()?;
    Ok(answer)
}

/// Builds the benches, and the book's program beside them.
fn build_all(
    workspace: &Workspace,
    setting: &Setting,
    settings: &mut build::Settings,
) -> Result<(BTreeMap<String, PathBuf>, Drawer)> {
    thread::scope(|scope| {
        let mut drawer = None;
        // Without room for a thread it is built afterwards.
        let began = || {
            let build = || Drawer::build_beside(workspace);
            drawer = thread::Builder::new().spawn_scoped(scope, build).ok();
        };
        let built = build::build_recorded(workspace, &setting.cases, settings, began)?;
        let drawer = match drawer {
            Some(drawer) => drawer.join().unwrap_or_else(|panic| resume_unwind(panic)),
            None => Drawer::build(workspace),
        };
        Ok((built, drawer?))
    })
}

/// What is built and looked at, and now to be measured.
struct Session<'a> {
    setting: &'a Setting<'a>,
    workspace: &'a Workspace,
    /// What measures the machine.
    probe: Option<&'a Path>,
    conditions: Vec<Condition>,
}

impl Session<'_> {
    /// Measures the machine, all cases, and the machine again; gives the journal back.
    fn measure(
        self,
        record: &mut Record,
        binaries: Vec<(&Case, Binary)>,
        mut journal: Journal,
        coming: &mut Coming,
    ) -> Result<Journal> {
        let Forecast { build, limits, spent, .. } = coming.forecast;
        let progress = Progress::new(coming.forecast.total(), build);
        let looks = if self.setting.effort == Effort::Quick { 1.0 } else { 2.0 };
        let probe = || {
            progress.say("what this machine can do at best");
            let machine = limits::measure(self.probe);
            progress.did(limits / looks);
            machine
        };
        begin_session(&mut journal, record, probe(), self.conditions)?;
        record.calibration = saved::load(self.workspace, &record.machine.processor);
        let journal = RefCell::new(journal);
        let Setting { places, scratch, effort, .. } = self.setting;
        let path = &places.partial;
        let desk = Desk { journal: &journal, progress: &progress, path, scratch };
        let measured = schedule::run(record, binaries, &desk, spent)?;
        // A neighbour may have disturbed the first look. A quick run leaves it at that.
        if !interrupt::came() && *effort != Effort::Quick {
            record.machine = machine::combined(std::mem::take(&mut record.machine), &probe());
        }
        if !interrupt::came() {
            coming.measured(self.workspace, measured, *effort);
        }
        progress.end();
        record.save(path)?;
        Ok(journal.into_inner())
    }
}

/// What is to be measured, as far as it is known before the build.
fn plan(workspace: &Workspace, args: &Args, setting: &Setting) -> Result<Plan> {
    Ok(Plan {
        commit: build::commit(workspace),
        toolchain: Toolchain::default(),
        effort: setting.effort,
        only: args.only.clone(),
        shard: args.shard,
        cases: setting.cases.iter().map(|case| case.name.clone()).collect(),
        file: setting.file_path().map(InputFile::new).transpose()?,
        binaries: BTreeMap::new(),
    })
}

/// The journal of the run that is to go on. Otherwise says that one could.
fn earlier(path: &Path, plan: &Plan, resume: bool) -> Result<Option<Journal>> {
    if resume {
        let journal = Journal::resume(path, plan)?;
        record::errln!(
            "going on with a run that was cut short: {} answers are there",
            journal.answers()
        );
        return Ok(Some(journal));
    }
    if let Some(notice) = journal::notice(path)? {
        record::errln!("{notice}");
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
    setting: &Setting<'a>,
    built: &BTreeMap<String, PathBuf>,
) -> Result<Vec<(&'a Case, Binary)>> {
    let mut binaries = Vec::new();
    for case in &setting.cases {
        match built.get(&case.name) {
            Some(path) => {
                let file = setting.file_path().map(Path::to_owned);
                binaries.push((*case, Binary { file, ..Binary::new(path) }));
            }
            None => {
                let failure = "it does not compile; cargo's messages above say why";
                record.cases.insert(case.name.clone(), schedule::failed(&failure));
            }
        }
    }
    // Before the machine is measured: a bad file is said at once.
    if let Some(file) = &mut record.file {
        binaries = user_file::keep_readers(binaries, file, setting.by_name)?;
        for (case, why) in &file.refused {
            record::errln!("{case} does not read this file: {why}");
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
    drawer: &Drawer,
    record: &Record,
    setting: &Setting,
    start: Instant,
) -> Result<Outcome> {
    let places = &setting.places;
    table::print(&workspace.cases, record);
    if places.settle(record, !interrupt::came())? {
        let path = &places.whole;
        let standard =
            if record.file.is_some() { standard_record(workspace) } else { Some(path.clone()) };
        let book = drawer.book_with_references(standard.as_deref())?;
        print_changes(workspace, record);
        record::outln!("took {} s; record: {}", start.elapsed().as_secs(), path.display());
        record::outln!("open {}", book.display());
        if let Some(hint) = places.left_behind(record) {
            record::outln!("{hint}");
        }
    } else {
        record::outln!("record: {}, as far as it goes", places.partial.display());
        record::outln!("book:   as it was, and so is {}", places.whole.display());
        record::outln!("took {} s", start.elapsed().as_secs());
    }
    let failed = record.cases.iter().filter(|(_, case)| case.failure.is_some());
    // Who asks for a case by name wants it measured; who asks for all wants those that can.
    let refused =
        record.file.iter().filter(|_| setting.by_name).flat_map(|file| file.refused.keys());
    let failed: Vec<&str> =
        failed.map(|(name, _)| name.as_str()).chain(refused.map(String::as_str)).collect();
    if !failed.is_empty() {
        record::errln!("failed: {}", failed.join(", "));
    }
    Ok(Outcome::found(!failed.is_empty()))
}

/// The alarm of a compiler that makes other code of the same sources.
fn print_changes(workspace: &Workspace, record: &Record) {
    let known = Record::load_all(&workspace.committed_records());
    let Some(reference) = record.reference(known) else { return };
    let changes = code::changes(&reference, record);
    if !changes.list.is_empty() {
        record::outln!("machine code changed since {}:", changes.since);
        for (case, rung, what) in &changes.list {
            record::outln!("  {case}/{rung}: {what}");
        }
        record::outln!("");
    }
}

/// The seeded figures that the other pages of the book keep when only a file was measured.
fn standard_record(workspace: &Workspace) -> Option<PathBuf> {
    let latest = workspace.latest_record();
    Record::load(&latest).is_ok().then_some(latest)
}

/// Says what will be done and how long all of it takes, before any of it begins.
fn announce(setting: &Setting, forecast: &Forecast) {
    let (cases, effort, file) = (&setting.cases, setting.effort, setting.file_facts());
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
    // Which cases read a file is known once they are built.
    let most = if file.is_some() { "at most " } else { "" };
    record::errln!(
        "Measuring {what}, {effort}: {most}about {} in all, longer where others keep the machine \
         busy.\n{forecast}\n\
         Ctrl-C keeps what is measured, and --resume goes on.",
        about(forecast.total()),
    );
}
