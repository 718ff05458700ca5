//! Guesses: the file in which a learner writes his, and how good they are.

use anyhow::{Context, Result, bail};
use cases::names::known;
use serde::Deserialize;

use crate::form::{LIMITS, Lab};
use crate::progress::{Guess, Progress};

/// Labs from which on it is said how well guesses are calibrated: of fewer, chance alone decides.
const ENOUGH: usize = 5;

/// What `guess.toml` holds; zeros and empty texts until the learner fills them in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    low: f64,
    high: f64,
    #[serde(default)]
    limit: String,
    #[serde(default)]
    stops_at: usize,
}

/// The file to fill in.
pub fn empty(lab: &Lab) -> String {
    form(lab, 0.0, 0.0, "", 0)
}

/// The file, with a guess in it.
pub fn filled(lab: &Lab, guess: &Guess) -> String {
    let limit = guess.limit.as_deref().unwrap_or_default();
    form(lab, guess.low, guess.high, limit, guess.stops_at.unwrap_or(0))
}

fn form(lab: &Lab, low: f64, high: f64, limit: &str, stops_at: usize) -> String {
    let place = &lab.headline;
    let limits = LIMITS.join(", ");
    format!(
        "# How many times as fast as naive is the book's solution, here, at \"{}\" with n = {}?\n\
         # Between these two, so that you would bet four to one on it:\n\
         low = {low}\nhigh = {high}\n\n\
         # What bounds naive? One of: {limits}.\n\
         limit = \"{limit}\"\n\n\
         # Below which n does it no longer pay? 0 if it always does.\n\
         stops_at = {stops_at}\n",
        place.input, place.n
    )
}

/// Reads the file; `None` while nothing is filled in.
///
/// # Errors
/// If it is no such file, or what it says is no range.
pub fn read(text: &str) -> Result<Option<Guess>> {
    let file: File = toml::from_str(text).context("guess.toml is not as it was")?;
    if file.low == 0.0 && file.high == 0.0 {
        return Ok(None);
    }
    new(file.low, file.high, Some(file.limit), Some(file.stops_at)).map(Some)
}

/// A guess, if it is one.
///
/// # Errors
/// Says what is wrong with it.
pub fn new(low: f64, high: f64, limit: Option<String>, stops_at: Option<usize>) -> Result<Guess> {
    if !(low.is_finite() && high.is_finite() && 0.0 < low && low <= high) {
        bail!("a guess is a range above 0, the lower end first: not {low} to {high}");
    }
    let limit = limit.filter(|limit| !limit.is_empty());
    if let Some(limit) = &limit {
        known("limit", limit, LIMITS.into_iter())
            .with_context(|| format!("what bounds naive is one of: {}", LIMITS.join(", ")))?;
    }
    Ok(Guess { low, high, limit, stops_at: stops_at.filter(|n| *n > 0) })
}

impl Guess {
    /// Whether the range holds a ratio.
    pub fn holds(&self, ratio: f64) -> bool {
        (self.low..=self.high).contains(&ratio)
    }

    /// How many times its lower end the upper one is.
    pub fn width(&self) -> f64 {
        self.high / self.low
    }
}

/// How many of a learner's ranges held, of how many, and what that says of them; `None` before
/// there are enough labs.
pub fn calibration(progress: &Progress) -> Option<String> {
    let mut labs: Vec<&str> = progress.lines.iter().map(|line| line.lab.as_str()).collect();
    labs.sort_unstable();
    labs.dedup();
    let known = labs.iter().filter_map(|lab| {
        let truth = progress.checks(lab).find(|checked| checked.gradable)?.truth();
        Some(progress.guess(lab)?.holds(truth))
    });
    let known: Vec<bool> = known.collect();
    (known.len() >= ENOUGH).then(|| words(known.iter().filter(|held| **held).count(), known.len()))
}

fn words(held: usize, of: usize) -> String {
    let (least, most) = (of * 4 / 5, (of * 4).div_ceil(5));
    let expected = if least == most { least.to_string() } else { format!("{least} or {most}") };
    let judged = match held {
        held if held < least => "your ranges are too narrow",
        held if held > most => "your ranges could be narrower",
        _ => "your ranges are as wide as they should be",
    };
    format!("{held} of {of} ranges held the answer; 80 % would be {expected}: {judged}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Event;
    use crate::level::Level;
    use crate::progress::tests::{checked, line};

    #[test]
    fn a_file_is_a_guess_once_it_is_filled_in() {
        let text = "# words\nlow = 2\nhigh = 4.5\n\nlimit = \"allocations\"\nstops_at = 0\n";
        let guess = read(text).unwrap().unwrap();
        assert_eq!((guess.low, guess.high, guess.stops_at), (2.0, 4.5, None));
        assert_eq!(guess.limit.as_deref(), Some("allocations"));
        assert!(guess.holds(2.0) && !guess.holds(4.6) && guess.width() == 2.25);
        assert_eq!(read("low = 0\nhigh = 0\n").unwrap(), None);
        let error = |text: &str| format!("{:#}", read(text).unwrap_err());
        assert!(error("low = 4\nhigh = 2\n").contains("the lower end first"));
        assert!(error("low = 1\nhigh = 2\nlimit = \"locsk\"\n").contains("did you mean `locks`"));
        assert!(error("low = 1\nhihg = 2\n").contains("hihg"));
    }

    #[test]
    fn calibration_is_said_from_five_labs_on() {
        let progress = |held: usize, of: usize| {
            let lines = (0..of).flat_map(|at| {
                let name = format!("lab-{at}");
                let low = if at < held { 3.0 } else { 5.0 };
                let guess = new(low, 9.0, None, None).unwrap();
                let check = Event::Checked(checked(Level::Silver));
                [line(&name, Event::Guessed(guess)), line(&name, check)]
            });
            Progress { lines: lines.collect(), unreadable: Vec::new() }
        };
        assert_eq!(calibration(&progress(4, 4)), None);
        let narrow =
            "4 of 7 ranges held the answer; 80 % would be 5 or 6: your ranges are too narrow.";
        assert_eq!(calibration(&progress(4, 7)).as_deref(), Some(narrow));
        assert!(
            calibration(&progress(4, 5))
                .unwrap()
                .ends_with("be 4: your ranges are as wide as they should be.")
        );
        assert!(calibration(&progress(7, 7)).unwrap().contains("could be narrower"));
    }
}
