//! Ten ratios of a record to guess before one sees them: some of the greatest gains and some of the
//! smallest, and places where a technique loses, so that no habit of answering fits them all.

use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared, Summaries};
use judge::words::scenario;

use judge::stats::Dice;

/// Ratios that are asked for.
pub const QUESTIONS: usize = 10;
/// Share of the answers that ranges should hold: what readers are told to aim at.
pub const AIM: f64 = 0.8;
/// Of those, at most so many from where a technique loses.
const LOSSES: usize = 3;
/// Intervals wider than this, end over end, answer nothing.
const WIDEST: f64 = 1.25;
/// The order of the questions is always the same.
const ORDER: u64 = 1;

/// A ratio to guess.
pub struct Ratio<'a> {
    /// The case.
    pub case: &'a str,
    /// The rung whose speed is asked for, against naive's.
    pub rung: &'a str,
    /// The scenario, in words.
    pub at: String,
    /// What was measured.
    pub found: Compared,
}

/// The least and the most hits that are usual of so many ranges which hold as often as they
/// should: fewer, or more, come about once in twenty such quizzes each.
pub fn usual(questions: usize) -> [usize; 2] {
    const RARE: f64 = 0.05;
    let exactly = |hits: usize| {
        let orders: f64 = (0..hits).map(|at| (questions - at) as f64 / (at + 1) as f64).product();
        orders * AIM.powi(hits as i32) * (1.0 - AIM).powi((questions - hits) as i32)
    };
    let up_to = |hits: usize| (0..=hits).map(exactly).sum::<f64>();
    let least = (0..questions).find(|hits| up_to(*hits) > RARE);
    let most = (0..=questions).find(|hits| up_to(*hits) >= 1.0 - RARE);
    [least.unwrap_or(questions), most.unwrap_or(questions)]
}

/// The ratios, as many as the record has, each of another case.
pub fn ratios<'a>(summaries: &Summaries<'a>) -> Vec<Ratio<'a>> {
    let told = |ratio: &Ratio| {
        let interval = ratio.found.ratio;
        ratio.found.verdict != Verdict::CannotTell && interval.high / interval.low <= WIDEST
    };
    let of = |place: fn(&str, &CaseSummary<'a>) -> Option<(usize, usize)>| {
        let ratio = |(name, summary): (&&'a str, &CaseSummary<'a>)| {
            let (scenario, rung) = place(name, summary)?;
            ratio(name, summary, scenario, rung)
        };
        let mut ratios: Vec<Ratio> = summaries.iter().filter_map(ratio).filter(told).collect();
        ratios.sort_by(|a, b| a.found.by_gain(&b.found));
        ratios
    };
    let losing = of(|_, summary| worst(summary));
    let mut chosen = spread(losing, LOSSES);
    let mut headlines = of(|_, summary| Some((summary.headline, summary.best()?)));
    headlines.retain(|ratio| chosen.iter().all(|other| other.case != ratio.case));
    chosen.extend(spread(headlines, QUESTIONS - chosen.len()));
    Dice(ORDER).shuffle(&mut chosen);
    chosen
}

fn ratio<'a>(
    case: &'a str,
    summary: &CaseSummary<'a>,
    scenario: usize,
    rung: usize,
) -> Option<Ratio<'a>> {
    let scenario = &summary.scenarios[scenario];
    let found = scenario.compared(0, rung)?;
    let at = scenario::long(summary, &scenario.record.scenario);
    Some(Ratio { case, rung: summary.rungs[rung], at, found })
}

/// Where the rung that stands for a case is slowest against naive, if it is slower anywhere.
fn worst(summary: &CaseSummary) -> Option<(usize, usize)> {
    let rung = summary.best()?;
    let found = |at: usize| Some((at, summary.scenarios[at].compared(0, rung)?));
    let slower = (0..summary.scenarios.len()).filter_map(found);
    let slower = slower.filter(|(_, found)| found.verdict == Verdict::Slower);
    let worst = slower.min_by(|a, b| a.1.ratio.mid.total_cmp(&b.1.ratio.mid))?;
    Some((worst.0, rung))
}

/// So many values, evenly from the first to the last.
fn spread<T>(values: Vec<T>, most: usize) -> Vec<T> {
    let (last, most) = (values.len().saturating_sub(1), most.min(values.len()));
    let places: Vec<usize> =
        (0..most).map(|at| at * last / most.saturating_sub(1).max(1)).collect();
    values.into_iter().enumerate().filter(|(at, _)| places.contains(at)).map(|it| it.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::tests::committed;
    use judge::summary::summaries;

    #[test]
    fn ten_ratios_are_of_ten_cases_and_some_are_losses() {
        let record = committed();
        let summaries = summaries(&record);
        let ratios = ratios(&summaries);
        let cases: std::collections::BTreeSet<&str> = ratios.iter().map(|it| it.case).collect();
        assert_eq!((ratios.len(), cases.len()), (QUESTIONS, QUESTIONS));
        let losses = ratios.iter().filter(|it| it.found.verdict == Verdict::Slower).count();
        assert!((1..=LOSSES).contains(&losses), "{losses}");
        assert!(!ratios.is_sorted_by_key(|ratio| (ratio.found.ratio.mid * 1e6) as u64));
    }

    #[test]
    fn six_to_ten_of_ten_are_usual_where_four_of_five_should_hold() {
        assert_eq!([usual(10), usual(5), usual(1)], [[6, 10], [2, 5], [0, 1]]);
    }

    #[test]
    fn a_record_of_one_case_asks_one_question() {
        let record = record::fixture::record();
        let summaries = summaries(&record);
        let ratios = ratios(&summaries);
        assert_eq!((ratios.len(), ratios[0].case, ratios[0].rung), (1, "words", "optimized"));
        assert!(spread(Vec::<u8>::new(), 3).is_empty());
        assert_eq!(spread(vec![1, 2, 3, 4, 5], 3), [1, 3, 5]);
    }
}
