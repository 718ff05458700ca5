//! How trials, grades and guesses read. Words alone: what a colour would say stands there, so that
//! it is the same in a pipe, without colours, and read aloud.

use judge::stats::{Interval, median};
use judge::words::format;
use labs::{Checked, Disagreement, Folder, Grade, Guess, Lab, Level, Outcome, Place, guess};
use record::ScenarioRecord;

use super::trial::Measured;

/// "the best hundred, n = 100,000".
pub fn place(place: &Place) -> String {
    format!("{}, n = {}", place.input, format::count(place.n))
}

/// "3.2× [3.0, 3.4]".
pub fn ratio(ratio: Interval) -> String {
    let [mid, low, high] = format::interval(ratio, &[1.0]);
    format!("{mid}× [{low}, {high}]")
}

/// Where an attempt is wrong, and what to do next.
pub fn disagreement(lab: &Lab, wrong: &Disagreement, seed: u64) -> String {
    let Disagreement { at, difference, pattern, wrong: [count, of] } = wrong;
    let difference = difference.replace("this rung", "yours");
    format!(
        "{name}: your result differs from naive's.\n  \
         smallest input: {at}\n  first difference: {difference}\n  pattern: {pattern} ({count} of \
         {of} inputs)\n  again: cargo xtask lab check {name} --seed {seed}\n\
         next: work that one input out by hand; `cargo xtask lab watch {name}` tries again at each \
         save.",
        name = lab.name
    )
}

/// The three times at a place, and the ratio there.
pub fn times(measured: &Measured, grade: &Grade) -> String {
    let Some(record) = measured.record() else { return String::new() };
    let [naive, attempt, reference] = typical(&record).map(format::time);
    format!(
        "  naive {naive}, yours {attempt}, the book's solution {reference}\n  yours is {} as fast as naive, the book's solution \
         {}\n",
        ratio(grade.ratio),
        ratio(grade.reference)
    )
}

/// Nanoseconds a call of naive, the attempt and the reference in a typical process.
pub fn typical(record: &ScenarioRecord) -> [f64; 3] {
    [0, 1, 2].map(|rung| {
        let times = record.times.iter().map(|process| process[rung]);
        median(&mut times.collect::<Vec<f64>>())
    })
}

/// What an attempt has reached.
pub fn level(grade: &Grade) -> String {
    let share = grade.share.map_or_else(String::new, |share| {
        format!(
            "  that is {:.2} [{:.2}, {:.2}] of the way from naive to the book's solution: a tenth of \
             it is bronze, half is silver, nine tenths are gold, and certainly ahead is beyond\n",
            share.mid, share.low, share.high
        )
    });
    let level = match grade.outcome {
        Outcome::Certain(Level::None) => "none: not a tenth of the way".to_owned(),
        Outcome::Certain(level) => level.to_string(),
        Outcome::Between(least, most) => format!(
            "{least} or {most}: cannot tell yet; 12 s more may decide (`cargo xtask lab check \
             --longer`)"
        ),
        Outcome::NotGradable => {
            "not gradable here: on this machine the book's solution is not ahead of \
                                 naive by three noise floors; your guess counts all the same"
                .to_owned()
        }
        Outcome::TooBusy => {
            "cannot tell: other programs kept the machine busy; end them and check \
                             again (`cargo xtask doctor` names them)"
                .to_owned()
        }
    };
    format!("{share}level: {level}\n")
}

/// What to do after a check.
pub fn next(lab: &Lab, checked: &Checked, hints: u8) -> String {
    let name = &lab.name;
    if !checked.tampered.is_empty() {
        return "next: write it yourself, or put the tree back (`git status` shows what differs); \
                then check again."
            .to_owned();
    }
    if !checked.gradable {
        return format!(
            "next: check again when less is running; or go on with `cargo xtask lab why {name}`."
        );
    }
    // What is certain: who is perhaps ahead is not told to be.
    match checked.level {
        Level::Beyond => format!(
            "next: you are ahead of the rung that is measured here. `cargo xtask lab reveal {name}` \
             shows it; if you are ahead of all rungs of the case, the book wants yours: \
             docs/src/contributing.md."
        ),
        Level::Gold => {
            format!("next: `cargo xtask lab reveal {name}` shows the book's beside yours.")
        }
        _ if hints < 3 => format!(
            "next: `cargo xtask lab why {name}` shows where the time goes; `cargo xtask lab hint \
             {name}` shows hint {} of 3.",
            hints + 1
        ),
        _ => format!(
            "next: `cargo xtask lab why {name}` shows where the time goes; `cargo xtask lab reveal \
             {name}` the book's solution."
        ),
    }
}

/// How a guess turned out.
pub fn guessed(guess: &Guess, checked: &Checked) -> String {
    let truth = checked.truth();
    let hit = if guess.holds(truth) { "a hit" } else { "a miss" };
    format!(
        "your guess for the book's solution: {}× to {}×; it is {}: {hit}, with a range whose upper end \
         is {:.1} times the lower; `cargo xtask lab reveal` answers the rest of it\n",
        guess.low,
        guess.high,
        format::ratio(truth),
        guess.width()
    )
}

/// All that a guess says.
pub fn guess_noted(guess: &Guess) -> String {
    let Guess { low, high, limit, stops_at } = guess;
    let limit = limit.as_deref().map_or_else(String::new, |what| format!("; bounded by {what}"));
    let stops =
        stops_at.map_or_else(String::new, |n| format!("; does not pay below {}", format::count(n)));
    format!("noted: {low}× to {high}×{limit}{stops}")
}

/// How to enter a guess.
pub fn how_to_guess(lab: &Lab, folder: &Folder) -> String {
    format!(
        "Before you measure, guess: fill in {}, or\n  cargo xtask lab start {} --low LOW --high \
         HIGH --limit WHAT --stops-at N\nHow many times as fast as naive is the book's solution \
         at {}? A range that you would bet four to one on. WHAT bounds naive: {}. Below which N \
         does it no longer pay?",
        folder.guess(lab).display(),
        lab.name,
        place(&lab.headline),
        labs::form::LIMITS.join(", ")
    )
}

/// How good a learner's ranges are, once that can be said.
pub fn calibration(progress: &labs::Progress) -> String {
    guess::calibration(progress).map_or_else(String::new, |said| format!("{said}\n"))
}
