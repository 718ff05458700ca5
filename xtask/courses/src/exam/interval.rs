//! What may be said of an interval: faster, slower, or nothing.

use judge::card::Subject;
use judge::stats::{self, Interval, Verdict};
use judge::summary::{CaseSummary, ScenarioSummary, Summaries};
use judge::words::{format, marks, scenario};

use super::{Question, title};
use judge::stats::Dice;

/// Beyond this factor, either way, anybody sees the answer.
const FAR: f64 = 1.4;
/// By so much of its length an interval may be longer or shorter without another verdict: digits
/// that are not printed decide nothing.
const SLACK: f64 = 0.2;

/// As many questions for each of the three answers.
pub fn all(summaries: &Summaries, subjects: &[Subject], dice: &mut Dice) -> Vec<Question> {
    let mut by_answer = [Verdict::Faster, Verdict::Slower, Verdict::CannotTell].map(|verdict| {
        let of = |(case, summary): (&&str, &CaseSummary)| {
            let at = |scenario| question(case, summary, scenario, subjects, verdict);
            summary.scenarios.iter().find_map(at)
        };
        let mut questions: Vec<Question> = summaries.iter().filter_map(of).collect();
        dice.shuffle(&mut questions);
        questions
    });
    let fewest = by_answer.iter().map(Vec::len).min().unwrap_or(0);
    by_answer.iter_mut().for_each(|questions| questions.truncate(fewest));
    by_answer.concat()
}

fn question(
    case: &str,
    summary: &CaseSummary,
    scenario: &ScenarioSummary,
    subjects: &[Subject],
    verdict: Verdict,
) -> Option<Question> {
    let (rung, floor) = (summary.optimized, scenario.floor);
    let ratio = scenario.compared(0, rung).filter(|it| it.verdict == verdict)?.ratio;
    let near = ratio.mid < FAR && ratio.mid > 1.0 / FAR;
    if !near || !scenario.believable || !is_clear(ratio, floor, verdict) {
        return None;
    }
    let name = summary.rungs[rung];
    let asks = format!(
        "`{name}` against naive at {}: {}, an interval of 95 %. The noise floor is {}. By the \
         book's rule a verdict needs both: a middle beyond the noise floor, and an interval of \
         99 %, about a third longer at each end, that does not hold one. What may be said?",
        marks::text(&scenario::long(summary, &scenario.record.scenario)),
        format::with_interval(ratio),
        format::share(floor),
    );
    let right = match verdict {
        Verdict::Faster => 0,
        Verdict::Slower => 1,
        Verdict::CannotTell => 2,
    };
    let because = match verdict {
        Verdict::CannotTell if (ratio.mid - 1.0).abs() <= floor => {
            "The middle is within the noise floor."
        }
        Verdict::CannotTell => "The longer interval holds one.",
        _ => "The middle is beyond the noise floor, and the longer interval does not hold one.",
    };
    Some(Question {
        title: format!("{}: what an interval says", marks::text(title(subjects, case))),
        asks,
        answers: vec![
            format!("`{name}` is faster"),
            format!("`{name}` is slower"),
            "this run cannot tell".to_owned(),
        ],
        right,
        because: because.to_owned(),
        any_order: false,
    })
}

/// Whether the verdict does not hang by a hair.
fn is_clear(ratio: Interval, floor: f64, verdict: Verdict) -> bool {
    let mid = ratio.mid.ln();
    let scaled = |by: f64| ratio.map(|end| (mid + (end.ln() - mid) * by).exp());
    let same = |by: f64, floor: f64| stats::verdict(scaled(by), floor) == verdict;
    [1.0 - SLACK, 1.0 + SLACK].into_iter().all(|by| same(by, floor) && same(1.0, floor * by))
}
