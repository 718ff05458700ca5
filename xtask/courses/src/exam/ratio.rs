//! How many times as fast, told from two listings and what the machine can do.

use judge::card::Subject;
use judge::stats::{Interval, Verdict};
use judge::summary::{CaseSummary, Compared, Summaries};
use judge::words::{format, marks, scenario};
use record::Assembly;

use super::{OFFERED, Question, idea, title};
use judge::stats::Dice;

/// Gains of less are told by no listing.
const LEAST: f64 = 1.5;
/// Two ratios that are offered differ by at least this factor, end to end, so that one is right.
const APART: f64 = 1.6;
/// Lines of a listing that are shown.
const LINES: usize = 14;

/// A question for every case whose machine code was found and whose gain is worth a question.
pub fn all(summaries: &Summaries, subjects: &[Subject], dice: &mut Dice) -> Vec<Question> {
    let others: Vec<Interval> = summaries.values().filter_map(gain).map(|it| it.ratio).collect();
    let of =
        |(case, summary): (&&str, &CaseSummary)| question(case, summary, subjects, &others, dice);
    summaries.iter().filter_map(of).collect()
}

/// What the rung that stands for a case gains at its headline.
fn gain(summary: &CaseSummary) -> Option<Compared> {
    summary.best_rung()?.against_naive.filter(|found| found.verdict == Verdict::Faster)
}

fn question(
    case: &str,
    summary: &CaseSummary,
    subjects: &[Subject],
    others: &[Interval],
    dice: &mut Dice,
) -> Option<Question> {
    let (rung, found) = (summary.best()?, gain(summary)?);
    let listings = summary.record.evidence.as_ref()?.assembly.here()?;
    let place = &summary.headline().record.scenario;
    let (naive, best) = (listings.of(place, 0)?, listings.of(place, rung)?);
    if found.ratio.low < LEAST {
        return None;
    }
    let mut offered = vec![found.ratio];
    let mut others = others.to_vec();
    dice.shuffle(&mut others);
    for other in others {
        if offered.len() < OFFERED && offered.iter().all(|known| apart(*known, other)) {
            offered.push(other);
        }
    }
    if offered.len() < OFFERED {
        return None;
    }
    let (name, at) = (summary.rungs[rung], scenario::long(summary, place));
    let says = idea(subjects, case, name).map_or_else(String::new, |idea| format!(" {idea}"));
    let asks = format!(
        "At {}, how many times as fast as naive is `{name}`?{says} The hottest part of each, with \
         shares of the samples:\n\n{}\n\n{}",
        marks::text(&at),
        shown("naive", naive),
        shown(name, best)
    );
    Some(Question {
        title: format!("{}: a ratio from its listing", marks::text(title(subjects, case))),
        asks,
        answers: offered.iter().map(|ratio| format::middle(*ratio)).collect(),
        right: 0,
        because: format!("Measured: {}.", format::with_interval(found.ratio)),
        any_order: true,
    })
}

/// Whether nobody could take one ratio for the other.
fn apart(one: Interval, other: Interval) -> bool {
    one.low > other.high * APART || other.low > one.high * APART
}

/// The part of a listing that most samples fell into.
fn shown(rung: &str, code: &Assembly) -> String {
    let lines: Vec<&str> = code.text.lines().collect();
    let share = |line: &&str| {
        let number = line.trim_start().split_once(" %").and_then(|(number, _)| number.parse().ok());
        number.unwrap_or(0.0)
    };
    let sum = |lines: &[&str]| lines.iter().map(share).sum::<f64>();
    let windows = lines.windows(LINES.min(lines.len()).max(1));
    let hottest = windows.reduce(|best, next| if sum(next) > sum(best) { next } else { best });
    let text = hottest.unwrap_or_default().join("\n");
    format!("`{rung}`:\n\n{}", marks::listing("text", &text))
}
