//! `cargo xtask bench-all`: build, prove agreement, measure, write the record and the book.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use protocol::Effort;

use crate::binary::Binary;
use crate::calibrate::saved;
use crate::doctor;
use crate::machine;
use crate::page::format;
use crate::record::{Record, UserFile};
use crate::render::render;
use crate::schedule::{self, Budget, INTERRUPTED};
use crate::summary::{CaseSummary, Outcome};
use crate::workspace::{Case, Workspace};

/// Exit status of a run that Ctrl-C ended, as shells expect it.
const INTERRUPTED_STATUS: u8 = 130;

/// Measures the named cases, or all.
///
/// # Errors
/// If nothing can be built or the record cannot be written.
pub fn run(effort: Effort, only: &[String], input: Option<&Path>) -> Result<ExitCode> {
    let start = Instant::now();
    let workspace = Workspace::load()?;
    let cases = workspace.select(only)?;
    let file = input.map(user_file).transpose()?;
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl-C")?;

    announce(&cases, effort, file.as_ref().map(|(_, file)| file));
    // Before the build, or the build is what it finds.
    let findings = doctor::examine();
    eprint!("{}", doctor::short(&findings));
    let built = workspace.build(&cases)?;
    eprintln!("built in {} s; measuring the machine's limits", start.elapsed().as_secs());
    let limits = || machine::measure(built.get("machine").map(PathBuf::as_path));
    let machine = limits();
    let mut record = Record::new(effort, workspace.commit(), workspace.toolchain(), machine);
    record.calibration = saved::load(&workspace, &record.machine.processor);
    record.conditions = findings.iter().map(doctor::Finding::condition).collect();
    record.file = file.as_ref().map(|(_, file)| file.clone());

    let mut binaries = Vec::new();
    for case in &cases {
        match built.get(&case.name) {
            Some(path) => {
                let file = file.as_ref().map(|(path, _)| path.clone());
                binaries.push((*case, Binary { path: path.clone(), file }));
            }
            None => {
                let failure = "it does not compile; cargo's messages above say why";
                record.cases.insert(case.name.clone(), schedule::failed(&failure));
            }
        }
    }
    if file.is_some() {
        binaries.retain(|(_, binary)| reads_files(binary));
        if binaries.is_empty() {
            bail!(
                "none of the chosen cases reads files; `cargo xtask bench-all --input FILE` without --only finds those that do"
            );
        }
    }

    let path = if file.is_some() { workspace.file_record() } else { workspace.latest_record() };
    schedule::run(&mut record, binaries, &path, &workspace.scratch())?;
    if !INTERRUPTED.load(Ordering::Relaxed) {
        record.machine = record.machine.best(&limits());
        record.save(&path)?;
    }
    finish(&workspace, &record, &path, start)
}

/// Prints the table, makes the book, and turns failures into an exit status.
fn finish(workspace: &Workspace, record: &Record, path: &Path, start: Instant) -> Result<ExitCode> {
    print_table(&workspace.cases, record);
    let standard =
        if record.file.is_some() { standard_record(workspace) } else { Some(record.clone()) };
    let book = render(workspace, standard.as_ref())?;
    println!("record: {}", path.display());
    println!("book:   {}", book.display());
    println!("took {} s", start.elapsed().as_secs());
    let failed: Vec<&str> = record
        .cases
        .iter()
        .filter(|(_, case)| case.failure.is_some())
        .map(|(name, _)| name.as_str())
        .collect();
    if INTERRUPTED.load(Ordering::Relaxed) {
        eprintln!("interrupted: what was measured until then is kept");
        return Ok(ExitCode::from(INTERRUPTED_STATUS));
    }
    if !failed.is_empty() {
        eprintln!("failed: {}", failed.join(", "));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The seeded figures that the other pages of the book keep when only a file was measured.
fn standard_record(workspace: &Workspace) -> Option<Record> {
    let latest = workspace.latest_record();
    latest.exists().then(|| Record::load(&latest).ok())?
}

fn user_file(path: &Path) -> Result<(PathBuf, UserFile)> {
    let absolute =
        path.canonicalize().with_context(|| format!("there is no file {}", path.display()))?;
    let metadata = std::fs::metadata(&absolute)?;
    if !metadata.is_file() {
        bail!("{} is not a file", path.display());
    }
    let name = absolute.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((absolute, UserFile { name, bytes: metadata.len() }))
}

fn reads_files(binary: &Binary) -> bool {
    let seeded = Binary { file: None, ..binary.clone() };
    seeded.describe().is_ok_and(|description| description.reads_files)
}

fn announce(cases: &[&Case], effort: Effort, file: Option<&UserFile>) {
    let budget = Budget::of(effort);
    let seconds = budget.seconds * cases.len() as u64;
    let about = match (file, seconds) {
        (Some(_), _) => "under a minute".to_owned(),
        (None, 0..100) => format!("about {seconds} s"),
        (None, _) => format!("about {} min", seconds.div_ceil(60)),
    };
    let what = match file {
        Some(file) => format!(
            "{} ({}) in every chosen case that reads files",
            file.name,
            format::bytes(file.bytes as f64)
        ),
        None => format!("{} {}", cases.len(), format::plural("case", cases.len())),
    };
    eprintln!(
        "Measuring {what}, {} processes per scenario: {about} after building. Ctrl-C keeps what is \
         measured.",
        budget.rounds,
    );
}

/// One line per case at its headline scenario.
fn print_table(cases: &[Case], record: &Record) {
    println!(
        "\n{:<20} {:<28} {:>22}  {:<24} {:>9}  claims",
        "case", "at", "against naive", "against peer", "of limit"
    );
    let titles: BTreeMap<&str, &Case> =
        cases.iter().map(|case| (case.name.as_str(), case)).collect();
    for (name, case) in &record.cases {
        if let Some(failure) = &case.failure {
            println!("{name:<20} FAILED: {failure}");
        }
        let Some(summary) = CaseSummary::new(case, &record.machine) else { continue };
        let scenario = &summary.headline().record.scenario;
        let Some(best) = summary.best() else { continue };
        let against_naive = best.against_naive.map_or(String::new(), |compared| {
            let ratio = compared.ratio;
            format!(
                "{} [{}, {}]",
                format::ratio(ratio.mid),
                format::ratio(ratio.low),
                format::ratio(ratio.high)
            )
        });
        let peer = titles.get(name.as_str()).map_or("peer", |case| case.peer.as_str());
        let against_peer = summary.headline().against_peer.map_or("–".to_owned(), |compared| {
            format!("{} {peer}", format::ratio(compared.ratio.mid))
        });
        let at = format!("{} {}", format::short_count(scenario.n as f64), scenario.input);
        let share = best.share.map_or("–".to_owned(), format::share);
        println!(
            "{name:<20} {at:<28} {against_naive:>22}  {against_peer:<24} {share:>9}  {}",
            claims(&summary)
        );
    }
    println!();
}

/// "5 held", "4 held, 1 broken".
fn claims(summary: &CaseSummary) -> String {
    let words = [
        (Outcome::Held, "held"),
        (Outcome::Broken, "broken"),
        (Outcome::Undecided, "undecided"),
        (Outcome::NotMeasured, "not measured"),
    ];
    let counts = words.iter().filter_map(|(outcome, word)| {
        let count = summary.claims.iter().filter(|(_, got)| got == outcome).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}
