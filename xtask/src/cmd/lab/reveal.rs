//! `lab reveal`: the book's solution beside the learner's, the curve of both, and questions that
//! follow from where they differ; a page in the learner's folder that needs no network.

mod page;

use std::io::Write as _;

use anyhow::{Result, anyhow};
use cases::text;
use judge::stats::PAYS;
use judge::words::format;
use labs::{Event, Grade, Lab};
use measure::interrupt;
use protocol::Effort;
use record::whole;

use self::page::{Page, Point};
use super::package::Place;
use super::trial::{Budget, Trial};
use super::{Desk, OfLab, fresh_seed, told, why};
use crate::outcome::Outcome;

/// Sizes of the curve at most.
const SIZES: usize = 6;

/// Shows the solution.
///
/// # Errors
/// If it cannot be read, or the page cannot be written.
pub fn run(desk: &Desk, args: &OfLab) -> Result<Outcome> {
    let lab = desk.begun(args.name.as_deref())?;
    let attempt = text::read(&desk.folder.attempt(lab))?;
    let reference = text::read(&lab.source(&lab.reference))?;
    desk.note(lab, Event::Revealed)?;
    record::outln!("{}\n\n{reference}", lab.source(&lab.reference).display());
    if let Some(decoy) = &lab.decoy {
        record::outln!("what looked like the cause and was not: {decoy}");
    }
    let mut page = Page {
        lab,
        sources: [("yours", attempt), ("the book's solution", reference)],
        curve: Vec::new(),
        facts: Vec::new(),
        limits: limits(desk, lab)?,
        stops: String::new(),
    };
    let place = Place::new(&desk.workspace, lab);
    if let Some(binary) = place.build(&desk.folder.attempt(lab))? {
        let trial = Trial::new(lab, binary, fresh_seed())?;
        match curve(&trial) {
            Ok(curve) => {
                page.stops = stops(desk, lab, &curve)?;
                page.curve = curve;
                let found = why::look(&trial, &lab.headline).ok().and_then(Result::ok);
                page.facts = found.map(|found| why::rows(&found)).unwrap_or_default();
            }
            Err(error) => record::errln!("no curve: {error:#}"),
        }
    }
    if interrupt::came() {
        return Ok(Outcome::Interrupted);
    }
    record::output::out(&page.limits);
    record::output::out(&page.stops);
    let path = desk.folder.of(lab).join("reveal.html");
    whole::replace(&path, |file| file.write_all(page.html().as_bytes()))?;
    record::outln!(
        "next: open {} in a browser: the curve, both sources, and questions",
        path.display()
    );
    Ok(Outcome::Fine)
}

/// All three rungs at sizes of the graded distribution.
fn curve(trial: &Trial) -> Result<Vec<Point>> {
    let input = &trial.lab.headline.input;
    let known = trial.description.scenarios.iter();
    let sizes = known.filter(|known| known.input == *input && known.effort <= Effort::Standard);
    let mut curve = Vec::new();
    for scenario in sizes.take(SIZES) {
        let place = labs::Place { input: input.clone(), n: scenario.n };
        let mut measured = trial.at(&place)?;
        let timed = trial.measure(&mut measured, Budget::SHOWN);
        timed.map_err(|failure| anyhow!("{failure}"))?;
        if let (Some(record), Some(grade)) = (measured.record(), measured.grade()) {
            curve.push(Point { n: scenario.n, ns: told::typical(&record), grade });
        }
    }
    Ok(curve)
}

/// What bounds naive, beside what the learner said.
fn limits(desk: &Desk, lab: &Lab) -> Result<String> {
    let progress = desk.folder.progress()?;
    let said = progress.guess(&lab.name).and_then(|guess| guess.limit.clone());
    Ok(bounds(&lab.limits, said.as_deref()))
}

fn bounds(limits: &[String], said: Option<&str>) -> String {
    let Some((first, others)) = limits.split_first() else { return String::new() };
    let others = others.iter().map(|other| format!("; \"{other}\" is right, too"));
    let others = others.collect::<String>();
    let said = said.map_or_else(String::new, |said| {
        let right = if limits.iter().any(|it| it == said) { ", and are right" } else { "" };
        format!("; you said {said}{right}")
    });
    format!("naive is bounded by {first}{others}{said}\n")
}

/// From which size on the reference pays, beside what the learner said.
fn stops(desk: &Desk, lab: &Lab, curve: &[Point]) -> Result<String> {
    let pays = |grade: &Grade| grade.reference.low > 1.0 && grade.reference.mid >= PAYS;
    let least = curve.iter().filter(|point| pays(&point.grade)).map(|point| point.n).min();
    let Some(least) = least else {
        return Ok("the book's solution pays at none of these sizes here\n".to_owned());
    };
    let progress = desk.folder.progress()?;
    let said = progress.guess(&lab.name).and_then(|guess| guess.stops_at);
    let said = said.map_or_else(String::new, |n| format!("; you said that it stops below {n}"));
    let below = curve.iter().map(|point| point.n).filter(|n| *n < least).max();
    let least = format::count(least);
    Ok(match below {
        Some(below) => format!(
            "the book's solution pays from somewhere between {} and {least} on{said}\n",
            format::count(below)
        ),
        None => format!("the book's solution pays at {least} still, the least size here{said}\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_that_can_be_said_with_reason_is_right() {
        let limits = ["allocations", "instructions"].map(str::to_owned);
        let right = bounds(&limits, Some("instructions"));
        assert!(right.contains("bounded by allocations; \"instructions\" is right, too; you said"));
        assert!(right.ends_with("instructions, and are right\n"), "{right}");
        assert!(bounds(&limits, Some("locks")).ends_with("; you said locks\n"));
        assert_eq!(bounds(&limits[..1], None), "naive is bounded by allocations\n");
        assert_eq!(bounds(&[], Some("locks")), "");
    }
}
