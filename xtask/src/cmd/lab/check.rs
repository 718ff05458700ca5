//! `lab check`: an attempt is built, held against naive, timed and graded.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use cases::text;
use labs::{Checked, Disagreement, Event, Grade, Lab, Level, Outcome as Reached};
use measure::interrupt;

use super::package::Place;
use super::trial::{Budget, Measured, Trial};
use super::{Desk, evident, fresh_seed, start, told};
use crate::outcome::Outcome;

/// How often a check goes on where it could not decide: who looks again and again until a level
/// falls will see one fall.
const EXTENSIONS: usize = 2;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// The lab; without a name, the one that you worked at last
    name: Option<String>,
    /// Go on for 12 s, and another 12 s, where a level is open
    #[arg(long)]
    longer: bool,
    /// Make the inputs of an earlier check again, to see its mistake; nothing is graded then
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
}

/// What became of an attempt.
pub enum Verdict {
    /// The compiler has said why.
    DoesNotCompile,
    /// It gives something else than naive.
    Wrong(Disagreement),
    /// It was timed.
    Graded(Box<Graded>),
}

/// What was found of an attempt that is right.
pub struct Graded {
    /// The headline.
    pub headline: Measured,
    /// Its grade; `None` where the reference cannot run here.
    pub grade: Option<Grade>,
    /// What is shown and not graded.
    pub second: Measured,
    /// What the log keeps.
    pub checked: Checked,
    /// How many inputs agree beside those that were timed.
    pub agreed: usize,
}

/// Grades the attempt and notes it.
///
/// # Errors
/// If it cannot be done.
pub fn run(desk: &Desk, args: &Args) -> Result<Outcome> {
    let lab = desk.begun(args.name.as_deref())?;
    let guessed = start::collect(desk, lab)?;
    let first = desk.folder.progress()?.checks(&lab.name).next().is_none();
    if first && !guessed && args.seed.is_none() {
        record::outln!(
            "{}\n(this check goes on without a guess)\n",
            told::how_to_guess(lab, &desk.folder)
        );
    }
    let seed = args.seed.unwrap_or_else(fresh_seed);
    let extensions = if args.longer { EXTENSIONS } else { 0 };
    let place = Place::new(&desk.workspace, lab);
    match judged(&place, &desk.folder.attempt(lab), seed, extensions)? {
        Verdict::DoesNotCompile => {
            record::outln!(
                "{}: it does not compile.\nnext: mend what the compiler says above.",
                lab.name
            );
            Ok(Outcome::Found)
        }
        Verdict::Wrong(wrong) => {
            record::outln!("{}", told::disagreement(lab, &wrong, seed));
            note_wrong(desk, lab, wrong)?;
            Ok(Outcome::Found)
        }
        Verdict::Graded(_) if interrupt::came() => Ok(Outcome::Interrupted),
        // No times either: who has not guessed would see what there is to guess.
        Verdict::Graded(graded) if args.seed.is_some() => {
            record::outln!("{}", told::repeated(lab, graded.agreed, seed));
            desk.note(lab, Event::Agreed)?;
            Ok(Outcome::Fine)
        }
        Verdict::Graded(graded) => graded_as(
            desk,
            lab,
            Graded { checked: Checked { guessed, ..graded.checked.clone() }, ..*graded },
            first,
        ),
    }
}

/// Notes that an attempt is wrong.
///
/// # Errors
/// If the log cannot be written.
pub fn note_wrong(desk: &Desk, lab: &Lab, wrong: Disagreement) -> Result<()> {
    let Disagreement { at, difference, pattern, .. } = wrong;
    desk.note(lab, Event::Disagreed { at, difference, pattern })
}

fn graded_as(desk: &Desk, lab: &Lab, graded: Graded, first: bool) -> Result<Outcome> {
    let Graded { headline, grade, second, checked, agreed } = &graded;
    record::outln!("{}: {agreed} inputs agree, edges among them", lab.name);
    if let Some(also) = second.grade() {
        record::outln!("{}, which is not graded:", told::place(&lab.second));
        record::output::out(told::times(second, &also));
    }
    record::outln!("{}:", told::place(&lab.headline));
    if let Some(grade) = grade {
        record::output::out(told::times(headline, grade));
        record::output::out(told::level(grade));
    } else {
        record::outln!("level: not gradable here: the book's solution cannot run on this machine");
    }
    for reason in &checked.tampered {
        record::outln!("not counted: {reason}");
    }
    if checked.copied > 0.8 {
        record::outln!(
            "most of the lines that distinguish the book's solution are in yours: that is reading, \
             which is fine, and no practice"
        );
    }
    desk.note(lab, Event::Agreed)?;
    desk.note(lab, Event::Checked(checked.clone()))?;
    let progress = desk.folder.progress()?;
    if first
        && checked.gradable
        && let Some(guess) = progress.guess(&lab.name)
    {
        record::output::out(told::guessed(guess, checked));
    }
    if first {
        record::output::out(told::calibration(&progress));
    }
    record::outln!("{}", told::next(lab, checked, progress.hints(&lab.name)));
    let nothing = grade.is_some_and(|grade| grade.outcome == Reached::Certain(Level::None));
    Ok(Outcome::found(nothing || !checked.tampered.is_empty()))
}

/// Everything that a check finds out about an attempt.
///
/// # Errors
/// If the lab, its case or its program is not as it must be.
pub fn judged(place: &Place, attempt: &Path, seed: u64, extensions: usize) -> Result<Verdict> {
    let start = Instant::now();
    let mut shown = evident::shown(place, &text::read(attempt)?)?;
    let mut tampered = evident::changed(place);
    tampered.append(&mut shown.reasons);
    let Some(binary) = place.build(attempt)? else { return Ok(Verdict::DoesNotCompile) };
    let trial = Trial::new(place.lab, binary, seed)?;
    let agreed = match trial.agree()? {
        Ok(agreed) => agreed,
        Err(wrong) => return Ok(Verdict::Wrong(wrong)),
    };
    let mut headline = trial.at(&place.lab.headline)?;
    let mut second = trial.at(&place.lab.second)?;
    let timed = trial.measure(&mut headline, Budget::CHECK);
    let timed = timed.and_then(|()| trial.measure(&mut second, Budget::SHOWN));
    let more = |headline: &mut Measured| {
        for _ in 0..extensions {
            if headline.grade().is_some_and(|grade| grade.is_open()) {
                trial.measure(headline, Budget::MORE)?;
            }
        }
        Ok(())
    };
    if let Err(failure) = timed.and_then(|()| more(&mut headline)) {
        let asked = headline.scenario.to_string();
        return trial.failed(failure, &asked).map(Verdict::Wrong);
    }
    tampered.extend(trial.remembers());
    if tampered.is_empty() {
        tampered.extend(trial.borrows(&evident::rungs(place)?));
    }
    let grade = headline.grade();
    let seconds = start.elapsed().as_secs_f64();
    let checked = checked(grade.as_ref(), tampered, shown.copied, seconds);
    Ok(Verdict::Graded(Box::new(Graded { headline, grade, second, checked, agreed })))
}

/// What the log keeps of a grade.
fn checked(grade: Option<&Grade>, tampered: Vec<String>, copied: f64, seconds: f64) -> Checked {
    let ends = |interval: judge::stats::Interval| [interval.low, interval.high];
    let (level, perhaps) = match grade.map(|grade| grade.outcome) {
        Some(Reached::Certain(level)) => (level, None),
        Some(Reached::Between(least, most)) => (least, Some(most)),
        _ => (Level::None, None),
    };
    Checked {
        ratio: grade.map_or([1.0; 2], |grade| ends(grade.ratio)),
        reference: grade.map_or([1.0; 2], |grade| ends(grade.reference)),
        share: grade.and_then(|grade| grade.share).map(ends),
        level,
        perhaps,
        gradable: grade.is_some_and(|grade| {
            matches!(grade.outcome, Reached::Certain(_) | Reached::Between(..))
        }),
        tampered,
        copied,
        guessed: false,
        seconds,
    }
}
