//! How trials, grades and guesses read. Words alone: what a colour would say stands there, so that
//! it is the same in a pipe, without colours, and read aloud.

use judge::stats::{Interval, median};
use judge::words::format;
use labs::{Checked, Disagreement, Folder, Grade, Guess, How, Lab, Level, Outcome, Place, guess};
use record::ScenarioRecord;

use super::called;
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
    let Disagreement { how, at, input, difference, pattern, wrong: [count, of] } = wrong;
    let input = input.as_ref().map_or_else(String::new, |input| format!("\n  it is: {input}"));
    let (name, lab) = (&lab.name, called());
    let difference = difference.replace("this rung", "yours");
    let again = format!("  again: {lab} check {name} --seed {seed}");
    let surveyed = || format!("  pattern: {pattern} ({count} of {of} inputs)\n{again}");
    match how {
        How::Differs => format!(
            "{name}: your result differs from naive's.\n  smallest input: {at}{input}\n  first \
             difference: {difference}\n{}\nnext: work that one input out by hand; `{lab} watch \
             {name}` tries again at each save.",
            surveyed()
        ),
        How::Panics => format!(
            "{name}: your attempt panics.\n  smallest input: {at}{input}\n  {difference}\n{}\nnext: \
             look at that line: what is an index, a length or an `unwrap` there with this input?",
            surveyed()
        ),
        How::Endless => format!(
            "{name}: {difference}: an endless loop?\n  input: {at}\n{again}\nnext: look at each \
             loop: what makes it end, and does each turn come nearer to that? If all of them end, \
             yours is far slower than naive at this size.",
        ),
        How::Ends => format!(
            "{name}: your attempt ended the program that called it.\n  input: {at}\n  how: \
             {difference}\n{again}\nnext: return a result instead of ending the process; if the \
             stack overflowed, look for a recursion that goes too deep or a large array on the \
             stack.",
        ),
        How::Prints => format!(
            "{name}: your attempt prints to standard output, which is measured with it.\n  \
             {difference}\nnext: take the print out; to see a value, have your attempt panic with \
             it (`panic!(\"{{value:?}}\")`): its message is shown here.",
        ),
    }
}

/// What is said of an attempt that is right on inputs that were asked for.
pub fn repeated(lab: &Lab, agreed: usize, seed: u64) -> String {
    format!(
        "{name}: {agreed} inputs of seed {seed} agree.\nnot graded: inputs that are known beforehand \
         show whether a mistake is mended, and no more.\nnext: `{} check {name}` makes new inputs, \
         and grades.",
        called(),
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
            "  that is {} [{}, {}] of the way from naive to the book's solution: a tenth of \
             it is bronze, half is silver, nine tenths are gold, and certainly ahead is beyond\n",
            hundredths(share.mid),
            hundredths(share.low),
            hundredths(share.high)
        )
    });
    let level = match grade.outcome {
        Outcome::Certain(Level::None) => "none: not a tenth of the way".to_owned(),
        Outcome::Certain(level) => level.to_string(),
        Outcome::Between(least, most) => format!(
            "{least} or {most}: cannot tell yet; 12 s more may decide (`{} check --longer`)",
            called()
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

/// "0.52": a share, of which what is nearly none is none, and not less.
fn hundredths(share: f64) -> String {
    // Below zero, zero has a sign; adding one takes that away.
    format!("{:.2}", (share * 100.0).round() / 100.0 + 0.0)
}

/// What to do after a check.
pub fn next(lab: &Lab, checked: &Checked, hints: u8) -> String {
    let (name, lab) = (&lab.name, called());
    if !checked.tampered.is_empty() {
        return "next: write it yourself, or put the tree back (`git status` shows what differs); \
                then check again."
            .to_owned();
    }
    if !checked.gradable {
        return format!(
            "next: check again when less is running; or go on with `{lab} why {name}`."
        );
    }
    // What is certain: who is perhaps ahead is not told to be.
    match checked.level {
        Level::Beyond => format!(
            "next: you are ahead of the rung that is measured here. `{lab} reveal {name}` \
             shows it; if you are ahead of all rungs of the case, the book wants yours: \
             docs/src/contributing.md."
        ),
        Level::Gold => {
            format!("next: `{lab} reveal {name}` shows the book's beside yours.")
        }
        _ if hints < 3 => format!(
            "next: `{lab} why {name}` shows where the time goes; `{lab} hint {name}` shows hint {} of 3.",
            hints + 1
        ),
        _ => format!(
            "next: `{lab} why {name}` shows where the time goes; `{lab} reveal {name}` the book's solution."
        ),
    }
}

/// How a guess turned out.
pub fn guessed(guess: &Guess, checked: &Checked) -> String {
    let truth = checked.truth();
    let hit = if guess.holds(truth) { "a hit" } else { "a miss" };
    format!(
        "your guess for the book's solution: {}× to {}×; it is {}: {hit}, with a range whose upper end \
         is {:.1} times the lower; `{} reveal` answers the rest of it\n",
        guess.low,
        guess.high,
        format::ratio(truth),
        guess.width(),
        called()
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
        "Before you measure, guess: fill in {}, or\n  {} start {} --low LOW --high \
         HIGH --limit WHAT --stops-at N\nHow many times as fast as naive is the book's solution \
         at {}? A range that you would bet four to one on. WHAT bounds naive: {}. Below which N \
         does it no longer pay?",
        folder.guess(lab).display(),
        called(),
        lab.name,
        place(&lab.headline),
        labs::form::LIMITS.join(", ")
    )
}

/// How good a learner's ranges are, once that can be said.
pub fn calibration(progress: &labs::Progress) -> String {
    guess::calibration(progress).map_or_else(String::new, |said| format!("{said}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of an attempt that is wrong in this way.
    fn told(how: How, difference: &str) -> String {
        let wrong = Disagreement {
            how,
            at: "all/3, seed 7".to_owned(),
            input: Some("[1, 2, 3]".to_owned()),
            difference: difference.to_owned(),
            pattern: "wrong everywhere".to_owned(),
            wrong: [9, 9],
        };
        let labs = Lab::find(&cases::Workspace::load().unwrap()).unwrap();
        disagreement(&labs[0], &wrong, 7)
    }

    #[test]
    fn a_share_is_never_less_than_nothing_by_nothing() {
        let said = [-0.004, -0.0, 0.0, 0.516, -0.25].map(hundredths);
        assert_eq!(said, ["0.00", "0.00", "0.00", "0.52", "-0.25"]);
    }

    #[test]
    fn each_way_to_be_wrong_is_told_in_its_own_words_with_where_and_what_to_do() {
        let cases = [
            (How::Differs, "element 2: …, this rung …", "differs from naive's"),
            (How::Panics, "it panicked: no, at attempt.rs:7:5", "your attempt panics"),
            (How::Endless, "it did not end within 30 s", "within 30 s: an endless loop?"),
            (How::Ends, "signal: 6 (SIGABRT)", "ended the program that called it"),
        ];
        for (how, difference, says) in cases {
            let told = told(how, difference);
            assert!(told.contains(says) && told.contains("all/3, seed 7"), "{told}");
            let shows = matches!(how, How::Differs | How::Panics);
            assert_eq!(told.contains("it is: [1, 2, 3]"), shows, "{told}");
            assert!(told.contains("--seed 7") && told.contains("\nnext: "), "{told}");
        }
        let prints = told(How::Prints, "its first line: n = 5");
        assert!(prints.contains("prints to standard output") && prints.contains("n = 5"));
    }
}
