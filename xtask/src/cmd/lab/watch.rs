//! `lab watch`: after each save whether the attempt is right, and roughly how fast it is. The time
//! of one file is looked at again and again: no way to be told of changes works everywhere.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Result;
use labs::{Event, Lab};
use measure::interrupt;

use super::package::Place;
use super::trial::{Budget, Trial};
use super::{Desk, check, fresh_seed, start, told};
use crate::outcome::Outcome;

/// How often the file is looked at.
const EVERY: Duration = Duration::from_millis(150);

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// The lab; without a name, the one that you worked at last
    name: Option<String>,
    /// Look once, and end; status 1 if the attempt is wrong
    #[arg(long)]
    once: bool,
}

/// Looks at the attempt now and after each save, until Ctrl-C.
///
/// # Errors
/// If it cannot be built or asked.
pub fn run(desk: &Desk, args: &Args) -> Result<Outcome> {
    let lab = desk.begun(args.name.as_deref())?;
    let attempt = desk.folder.attempt(lab);
    let mut last = None;
    while !interrupt::came() {
        let now = saved(&attempt);
        if now == last {
            sleep(EVERY);
            continue;
        }
        last = now;
        let right = look(desk, lab, &attempt)?;
        if args.once {
            return Ok(Outcome::found(!right));
        }
        record::outln!("watching {}; Ctrl-C ends it", attempt.display());
    }
    Ok(Outcome::Interrupted)
}

/// When a file was saved; `None` while an editor replaces it.
fn saved(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// One look; whether the attempt is right.
fn look(desk: &Desk, lab: &Lab, attempt: &Path) -> Result<bool> {
    let start = Instant::now();
    let seconds = || format!("{:.1} s", start.elapsed().as_secs_f64());
    let place = Place::new(&desk.workspace, lab);
    let Some(binary) = place.build(attempt)? else {
        record::outln!("{}: it does not compile ({})", lab.name, seconds());
        return Ok(false);
    };
    let seed = fresh_seed();
    let trial = Trial::new(lab, binary, seed)?;
    match trial.agree()? {
        Ok(count) => {
            record::outln!("{}: agrees with naive on {count} inputs ({})", lab.name, seconds());
        }
        Err(wrong) => {
            record::outln!("{} ({})", told::disagreement(lab, &wrong, seed), seconds());
            check::note_wrong(desk, lab, wrong)?;
            return Ok(false);
        }
    }
    desk.note(lab, Event::Agreed)?;
    let mut headline = trial.at(&lab.headline)?;
    if let Err(failure) = trial.measure(&mut headline, Budget::ROUGH) {
        let wrong = trial.failed(failure, &headline.scenario.to_string())?;
        record::outln!("{} ({})", told::disagreement(lab, &wrong, seed), seconds());
        return Ok(false);
    }
    if let Some(grade) = headline.grade() {
        // Who has not guessed is not told what there is to guess.
        let reference = if start::collect(desk, lab)? {
            told::ratio(grade.reference)
        } else {
            "has a ratio that is told once you have guessed it".to_owned()
        };
        record::outln!(
            "roughly {} as fast as naive; the book's solution {reference} ({})",
            told::ratio(grade.ratio),
            seconds()
        );
    }
    Ok(true)
}
