//! At which of the measured scenarios a case is looked at.

use judge::headline;
use protocol::Items;
use record::{CaseRecord, ScenarioRecord};

/// The scenario that stands for the case, if its slowest rung takes at most `most` nanoseconds a
/// call; else the largest size of the same distribution that does, else its smallest.
pub fn representative(case: &CaseRecord, most: f64) -> Option<&ScenarioRecord> {
    let headline = headline::of(case)?;
    let fits = |scenario: &&ScenarioRecord| slowest(scenario).is_some_and(|ns| ns <= most);
    if fits(&headline) { Some(headline) } else { largest(case, most) }
}

/// What is counted: the largest size at which the slowest rung takes at most `most` nanoseconds a
/// call. Where all inputs of the distribution have as many items, and `n` is a share of them or
/// what surrounds them, the largest is no more than the others: there it is the scenario that
/// stands for the case, if it is fast enough.
pub fn counted(case: &CaseRecord, most: f64) -> Option<&ScenarioRecord> {
    let input = &headline::of(case)?.scenario.input;
    let axis = case.description.as_ref().and_then(|description| description.axis(input));
    match axis.map(|axis| axis.items) {
        Some(Items::Always(_)) => representative(case, most),
        Some(Items::Power(_)) | None => largest(case, most),
    }
}

/// The largest size at which the slowest rung takes at most `most` nanoseconds a call, in the
/// distribution of the scenario that stands for the case; its smallest if none does.
pub fn largest(case: &CaseRecord, most: f64) -> Option<&ScenarioRecord> {
    let input = &headline::of(case)?.scenario.input;
    let mut sizes: Vec<&ScenarioRecord> =
        case.scenarios.iter().filter(|known| known.scenario.input == *input).collect();
    sizes.sort_by_key(|known| known.scenario.n);
    let fits = |known: &&&ScenarioRecord| slowest(known).is_some_and(|ns| ns <= most);
    sizes.iter().rev().find(fits).or(sizes.first()).copied()
}

/// Nanoseconds that the slowest rung takes for a call, in its typical process.
pub fn slowest(scenario: &ScenarioRecord) -> Option<f64> {
    let rungs = scenario.times.first()?.len();
    (0..rungs).filter_map(|rung| time(scenario, rung)).reduce(f64::max)
}

/// Nanoseconds that a rung takes for a call: the median of its processes.
pub fn time(scenario: &ScenarioRecord, rung: usize) -> Option<f64> {
    let mut times: Vec<f64> = scenario.times.iter().map(|process| process[rung]).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().filter(|ns| *ns > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Axis;
    use record::fixture::record;

    /// "words" at 10, 1,000 and 100,000, where naive takes as many microseconds; and another
    /// distribution. The claim is on the largest.
    fn case() -> CaseRecord {
        let mut case = record().cases["words"].clone();
        let template = case.scenarios[0].clone();
        let input = template.scenario.input.clone();
        let at = |input: &str, n: usize| {
            let mut scenario = template.clone();
            scenario.scenario.input = input.to_owned();
            scenario.scenario.n = n;
            scenario.times = vec![vec![n as f64 * 1e3, 0.0, n as f64 * 500.0]; 3];
            scenario.times[0][2] = 1e12; // one bad process
            scenario
        };
        case.scenarios =
            vec![at(&input, 100_000), at(&input, 10), at("other", 1), at(&input, 1_000)];
        let claims = &mut case.description.as_mut().unwrap().claims;
        claims.iter_mut().for_each(|claim| claim.n = 100_000);
        case
    }

    #[test]
    fn the_headline_is_looked_at_unless_it_takes_too_long() {
        let case = case();
        let n = |most| representative(&case, most).unwrap().scenario.n;
        assert_eq!(n(1e9), 100_000);
        assert_eq!(n(1e7), 1_000);
        assert_eq!(n(1.0), 10, "the smallest where all are slow");
    }

    #[test]
    fn the_largest_size_that_is_fast_enough_is_found() {
        let case = case();
        let n = |most| largest(&case, most).unwrap().scenario.n;
        assert_eq!([n(1e9), n(1e6), n(999_999.0), n(1.0)], [100_000, 1_000, 10, 10]);
        assert_eq!(slowest(largest(&case, 1e6).unwrap()), Some(1e6));
        assert_eq!(time(&case.scenarios[0], 1), None, "unavailable");
    }

    #[test]
    fn a_share_is_counted_where_it_stands_for_the_case() {
        let mut case = case();
        let headline = case.scenarios[3].scenario.clone(); // at 1,000, of up to 100,000
        let description = case.description.as_mut().unwrap();
        description.claims.iter_mut().for_each(|claim| claim.n = headline.n);
        let axis = |items| {
            let (quantity, unit) = ("wanted".to_owned(), " %".to_owned());
            vec![Axis { input: headline.input.clone(), quantity, unit, items }]
        };
        description.axes = axis(Items::Power(2));
        assert_eq!(counted(&case, 1e9).unwrap().scenario.n, 100_000);
        case.description.as_mut().unwrap().axes = axis(Items::Always(64));
        assert_eq!(counted(&case, 1e9).unwrap().scenario.n, 1_000);
        assert_eq!(counted(&case, 1.0).unwrap().scenario.n, 10, "where that takes too long");
    }

    #[test]
    fn without_measurements_there_is_nothing_to_look_at() {
        let mut case = case();
        case.scenarios.clear();
        assert!(representative(&case, 1e9).is_none() && largest(&case, 1e9).is_none());
    }
}
