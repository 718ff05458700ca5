//! `lab start`: the learner's file, the task, what disturbs this machine, and the guess.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Context, Result};
use labs::{Event, Guess, Kind, Lab, form, guess};
use measure::build::Settings;
use measure::doctor;
use record::Severity;

use super::{Desk, called, for_here, told};
use crate::outcome::Outcome;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// The lab: `cargo xtask lab list` shows all
    name: String,
    /// Your guess: how many times as fast as naive the book's solution is, at least …
    #[arg(long, requires = "high", value_name = "LOW")]
    low: Option<f64>,
    /// … and at most
    #[arg(long, requires = "low", value_name = "HIGH")]
    high: Option<f64>,
    /// What you think bounds naive
    #[arg(long, requires = "low", value_name = "WHAT")]
    limit: Option<String>,
    /// Below which size you think it no longer pays
    #[arg(long, requires = "low", value_name = "N")]
    stops_at: Option<usize>,
}

/// Begins a lab, or shows again how it begins.
///
/// # Errors
/// If there is no such lab, or its files cannot be written.
pub fn run(desk: &Desk, args: &Args) -> Result<Outcome> {
    let lab = desk.lab(Some(&args.name))?;
    // Before anything is written: a slip in a guess leaves nothing behind.
    let given = args.low.zip(args.high);
    let given = given.map(|(low, high)| guess::new(low, high, args.limit.clone(), args.stops_at));
    let given = given.transpose()?;
    let attempt = desk.folder.attempt(lab);
    if desk.folder.start(lab)? {
        desk.note(lab, Event::Started)?;
    }
    let kind = match lab.kind {
        Kind::Rebuild => "rebuild: the book has the solution, which you may look at",
        Kind::Diagnosis => "diagnosis: find what is slow before you change anything",
    };
    record::outln!("{} ({} minutes; {kind})\n\n{}", lab.title, lab.minutes, for_here(&lab.task()?));
    record::outln!(
        "graded: {}; also tried: {}",
        told::place(&lab.headline),
        told::place(&lab.second)
    );
    if !lab.crates.is_empty() {
        record::outln!("crates that you may use: {}", lab.crates.join(", "));
    }
    record::outln!("your file: {}\n", attempt.display());
    warn(desk);
    enter(desk, lab, given)?;
    let questions = lab.questions()?;
    if !questions.is_empty() {
        record::outln!("\nQuestions to keep in mind:\n{}", for_here(&questions));
    }
    record::outln!(
        "\nnext: `{here} watch {name}` in one window, your file in another; `{here} check {name}` \
         grades it.",
        here = called(),
        name = lab.name
    );
    Ok(Outcome::Fine)
}

/// What the doctor says disturbs measurements here.
fn warn(desk: &Desk) {
    let settings = Settings::of(&desk.workspace);
    let findings = doctor::examine(settings.as_ref());
    let disturbs = findings.iter().filter(|finding| finding.severity == Severity::Disturbs);
    for finding in disturbs {
        record::outln!("warning: {}: {} ({})", finding.name, finding.found, finding.mend);
    }
}

/// Takes the guess from the flags, from its file, or from a terminal; else says how it is entered.
fn enter(desk: &Desk, lab: &Lab, given: Option<Guess>) -> Result<()> {
    let progress = desk.folder.progress()?;
    if progress.checks(&lab.name).next().is_some() {
        if given.is_some() {
            record::outln!("you have checked already: a guess now would be none");
        }
        return Ok(());
    }
    let known = progress.guess(&lab.name).cloned();
    let asks = io::stdin().is_terminal() && io::stdout().is_terminal();
    let guess = match given.or(desk.folder.read_guess(lab)?) {
        None if known.is_none() && asks => ask(lab)?,
        guess => guess,
    };
    match guess {
        Some(guess) if known.as_ref() == Some(&guess) => {}
        Some(guess) => {
            record::outln!("{}", told::guess_noted(&guess));
            if desk.folder.read_guess(lab)?.as_ref() != Some(&guess) {
                desk.folder.write_guess(lab, &guess)?;
            }
            desk.note(lab, Event::Guessed(guess))?;
        }
        None if known.is_none() => record::outln!("{}", told::how_to_guess(lab, &desk.folder)),
        None => {}
    }
    Ok(())
}

/// Notes what stands in the guess's file by now, if nothing is noted yet; whether there is a guess.
///
/// # Errors
/// If the file says what is no guess, or the log cannot be written.
pub fn collect(desk: &Desk, lab: &Lab) -> Result<bool> {
    let progress = desk.folder.progress()?;
    if progress.guess(&lab.name).is_some() || progress.checks(&lab.name).next().is_some() {
        return Ok(progress.guess(&lab.name).is_some());
    }
    let Some(guess) = desk.folder.read_guess(lab)? else { return Ok(false) };
    desk.note(lab, Event::Guessed(guess))?;
    Ok(true)
}

/// Asks on a terminal; `None` if nothing is answered.
fn ask(lab: &Lab) -> Result<Option<Guess>> {
    record::outln!(
        "Before you measure, guess: how many times as fast as naive is the book's solution here, at \
         {}? A range that you would bet four to one on. (Enter alone: later, in guess.toml.)",
        told::place(&lab.headline)
    );
    loop {
        let low = line("at least")?;
        if low.is_empty() {
            return Ok(None);
        }
        let high = line("at most")?;
        record::outln!("What bounds naive? One of: {}", form::LIMITS.join(", "));
        let limit = line("limit")?;
        let stops_at = line("below which n does it no longer pay")?;
        let number = |text: &str| text.trim_end_matches('×').parse().unwrap_or(f64::NAN);
        let stops_at = stops_at.replace(',', "").parse().ok();
        match guess::new(number(&low), number(&high), Some(limit), stops_at) {
            Ok(guess) => return Ok(Some(guess)),
            Err(error) => record::outln!("{error:#}"),
        }
    }
}

/// One line from the terminal; empty at its end.
fn line(prompt: &str) -> Result<String> {
    record::output::out(format_args!("{prompt}: "));
    io::stdout().flush().context("cannot write to the terminal")?;
    let mut text = String::new();
    io::stdin().lock().read_line(&mut text).context("cannot read from the terminal")?;
    Ok(text.trim().to_owned())
}
