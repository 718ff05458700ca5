//! Which rung wins at a size: often another one than at the next.

use judge::card::Subject;
use judge::summary::{CaseSummary, ScenarioSummary, Summaries};
use judge::words::{format, marks, scenario};

use super::{OFFERED, Question, idea, title};
use judge::stats::Dice;

/// A question for every scenario in which one rung is certainly ahead of all others.
pub fn all(summaries: &Summaries, subjects: &[Subject], dice: &mut Dice) -> Vec<Question> {
    let mut questions = Vec::new();
    for (case, summary) in summaries {
        // One of a case: two would answer each other.
        let asked = |scenario| question(case, summary, scenario, subjects, dice);
        let mut of_case: Vec<Question> = summary.scenarios.iter().filter_map(asked).collect();
        dice.shuffle(&mut of_case);
        questions.extend(of_case.pop());
    }
    questions
}

fn question(
    case: &str,
    summary: &CaseSummary,
    scenario: &ScenarioSummary,
    subjects: &[Subject],
    dice: &mut Dice,
) -> Option<Question> {
    let [winner] = *scenario.fastest(0..summary.rungs.len()) else { return None };
    // Whoever won must be held against each that is offered, not against the next alone.
    let beaten = |rung: &usize| scenario.is_faster(winner, *rung);
    let mut others: Vec<usize> = (0..summary.rungs.len()).filter(beaten).collect();
    if others.len() < OFFERED - 1 {
        return None;
    }
    dice.shuffle(&mut others);
    let offered: Vec<usize> = [winner].into_iter().chain(others).take(OFFERED).collect();
    let name = |rung: usize| summary.rungs[rung];
    let answer = |rung: &usize| match idea(subjects, case, name(*rung)) {
        Some(idea) => format!("`{}`: {}", name(*rung), idea.trim_end_matches('.')),
        None => format!("`{}`", name(*rung)),
    };
    let at = marks::text(&scenario::long(summary, &scenario.record.scenario));
    let against = scenario.between(0, winner).filter(|_| winner > 0);
    let because = match against {
        Some(found) => format!("Against naive: {}.", format::with_interval(found.ratio)),
        None => "None of the others is as fast as naive here.".to_owned(),
    };
    Some(Question {
        title: format!("{}: which rung wins", marks::text(title(subjects, case))),
        asks: format!("Which of these is the fastest at {at}?"),
        answers: offered.iter().map(answer).collect(),
        right: 0,
        because,
        any_order: true,
    })
}
