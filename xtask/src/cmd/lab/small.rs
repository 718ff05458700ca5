//! What needs nothing to be built: `lab list`, `status`, `hint` and `reset`.

use anyhow::Result;
use labs::{Event, Kind, Lab, Progress};

use super::{Desk, OfLab, called, for_here, told};
use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;

/// What the learner has reached in a lab, in a word or two.
fn reached(progress: &Progress, lab: &Lab) -> String {
    if let Some(best) = progress.best(&lab.name) {
        return best.to_string();
    }
    let checked = progress.checks(&lab.name).next().is_some();
    let begun = progress.of(&lab.name).next().is_some();
    if checked {
        "checked, not graded"
    } else if begun {
        "begun"
    } else {
        ""
    }
    .to_owned()
}

/// Every lab, with what is asked and what was reached.
///
/// # Errors
/// If the log cannot be read.
pub fn list(desk: &Desk) -> Result<Outcome> {
    let progress = desk.folder.progress()?;
    let mut table = Table::new([Left, Left, Right, Left, Left]);
    table.row(["lab", "part", "minutes", "kind", "reached"]);
    for lab in &desk.labs {
        let kind = match lab.kind {
            Kind::Rebuild => "rebuild",
            Kind::Diagnosis => "diagnosis",
        };
        let (minutes, reached) = (lab.minutes.to_string(), reached(&progress, lab));
        table.row([&lab.name, &lab.part, &minutes, kind, &reached]);
    }
    record::output::out(&table);
    record::outln!(
        "next: {} start NAME; your files are in {}",
        called(),
        desk.folder.root.display()
    );
    Ok(Outcome::Fine)
}

/// How far the learner is.
///
/// # Errors
/// If the log cannot be read.
pub fn status(desk: &Desk) -> Result<Outcome> {
    let progress = desk.folder.progress()?;
    if let Some(unreadable) = progress.says_unreadable() {
        record::errln!("{}: {unreadable}", desk.folder.log().display());
    }
    if progress.lines.is_empty() {
        record::outln!(
            "nothing was begun in {}.\nnext: `{lab} list` shows the labs, `{lab} start NAME` begins \
             one; if your files are elsewhere, name their folder with --dir.",
            desk.folder.root.display(),
            lab = called()
        );
        return Ok(Outcome::Fine);
    }
    let mut table = Table::new([Left, Left, Right, Right, Left]);
    table.row(["lab", "reached", "checks", "hints", "guess"]);
    for lab in desk.labs.iter().filter(|lab| progress.of(&lab.name).next().is_some()) {
        let mut checks = progress.checks(&lab.name);
        let truth = checks.find(|checked| checked.gradable).map(labs::Checked::truth);
        let guess = match (progress.guess(&lab.name), truth) {
            (Some(guess), Some(truth)) if guess.holds(truth) => "hit",
            (Some(_), Some(_)) => "miss",
            (Some(_), None) => "made",
            (None, _) => "none",
        };
        let count = progress.checks(&lab.name).count().to_string();
        let hints = progress.hints(&lab.name).to_string();
        table.row([&lab.name, &reached(&progress, lab), &count, &hints, guess]);
    }
    record::output::out(&table);
    record::output::out(told::calibration(&progress));
    Ok(Outcome::Fine)
}

/// The next hint, and those before it.
///
/// # Errors
/// If there are none, or the log cannot be written.
pub fn hint(desk: &Desk, args: &OfLab) -> Result<Outcome> {
    let lab = desk.begun(args.name.as_deref())?;
    let hints = lab.hints()?;
    let next = (desk.folder.progress()?.hints(&lab.name) + 1).min(3);
    for (number, hint) in (1..=next).zip(&hints) {
        record::outln!("hint {number} of 3\n{}\n", for_here(hint));
    }
    desk.note(lab, Event::Hinted { hint: next })?;
    let name = &lab.name;
    if next < 3 {
        record::outln!("next: try that; `{} hint {name}` shows the next one.", called());
    } else {
        record::outln!("next: try that; `{} reveal {name}` shows the solution.", called());
    }
    Ok(Outcome::Fine)
}

/// Puts the attempt back to the start.
///
/// # Errors
/// If it cannot be written.
pub fn reset(desk: &Desk, args: &OfLab) -> Result<Outcome> {
    let lab = desk.begun(args.name.as_deref())?;
    let kept = desk.folder.reset(lab)?;
    desk.note(lab, Event::Reset)?;
    record::outln!(
        "{} is as it was at the start; what you had is {}",
        desk.folder.attempt(lab).display(),
        kept.display()
    );
    Ok(Outcome::Fine)
}
