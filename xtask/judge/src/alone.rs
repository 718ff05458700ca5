//! Ratios of paired rounds beside those of rungs measured alone: whether rungs that take turns
//! disturb each other.

use protocol::Scenario;

use crate::rate::{Rate, Target};
use crate::summary::{ScenarioSummary, Summaries};

/// This share of the ratios must be near.
pub const LEAST_WITHIN: f64 = 0.95;
/// Two ratios are near if the greater one is greater by this share at most.
pub const NEAR: f64 = 0.15;
/// Two ratios are far apart if the greater one is more than so many times the other.
pub const FAR: f64 = 1.5;
/// Processes that took turns must be as far off as the one alone, for the process to be why: a
/// single one may have been disturbed.
const AS_FAR: usize = 2;

/// A rung's ratio to naive, measured both ways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratios {
    /// The middle of the one that stands in the book: all rungs in turns.
    pub paired: f64,
    /// Of times in processes in which only the one or only the other was called.
    pub alone: f64,
}

impl Ratios {
    /// How many times the lesser one the greater one is: 1 where they agree.
    pub fn apart(self) -> f64 {
        (self.paired / self.alone).ln().abs().exp()
    }

    /// Whether they agree.
    pub fn near(self) -> bool {
        (self.paired / self.alone).ln().abs() <= NEAR.ln_1p()
    }

    /// Whether they are so far apart that the page must say so.
    pub fn far(self) -> bool {
        self.apart() > FAR
    }
}

/// What a scenario says of a rung, if it was measured both ways.
pub fn ratios(scenario: &ScenarioSummary, rung: usize) -> Option<Ratios> {
    let time = |rung: usize| scenario.record.alone.get(rung).copied().flatten();
    let paired = scenario.rungs.get(rung)?.as_ref()?.against_naive?.ratio.mid;
    let alone = time(0)? / time(rung)?;
    Some(Ratios { paired, alone })
}

/// The least and the greatest ratio of a rung in the processes that took turns, each by itself, if
/// some of them are as far off as the one alone. Then it is not the company that decides but the
/// process: where its heap begins, and on which core the system puts its threads.
pub fn by_process(scenario: &ScenarioSummary, rung: usize) -> Option<(f64, f64)> {
    let Ratios { paired, alone } = ratios(scenario, rung)?;
    let times = scenario.record.times.iter();
    let known = times.filter_map(|times| Some((*times.first()?, *times.get(rung)?)));
    let of = known.filter(|(naive, rung)| *naive > 0.0 && *rung > 0.0);
    let ratios: Vec<f64> = of.map(|(naive, rung)| naive / rung).collect();
    let as_far = |ratio: &&f64| if alone > paired { **ratio >= alone } else { **ratio <= alone };
    let least = ratios.iter().copied().reduce(f64::min)?;
    let most = ratios.iter().copied().fold(least, f64::max);
    (ratios.iter().filter(as_far).count() >= AS_FAR).then_some((least, most))
}

/// A rung in a scenario that was measured both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Place<'a> {
    /// The case.
    pub case: &'a str,
    /// Distribution and size.
    pub scenario: &'a Scenario,
    /// The rung's name.
    pub rung: &'a str,
    /// What was found.
    pub ratios: Ratios,
    /// Whether the page says why the two need not agree: the ratio depends on the process.
    pub told: bool,
    /// Whether rungs of the scenario have more than one core, or wait: their processor time is
    /// known then.
    pub threads: bool,
}

/// All that was measured both ways.
pub struct Alone<'a> {
    /// Those that are furthest apart first.
    pub places: Vec<Place<'a>>,
}

impl<'a> Alone<'a> {
    /// All that a record has.
    pub fn of(cases: &'a Summaries<'a>) -> Self {
        let mut places = Vec::new();
        for (case, summary) in cases {
            for scenario in &summary.scenarios {
                let threads = !scenario.record.cpu.is_empty();
                let found = summary.rungs.iter().enumerate().filter_map(|(at, rung)| {
                    let ratios = ratios(scenario, at)?;
                    let told = by_process(scenario, at).is_some();
                    let scenario = &scenario.record.scenario;
                    Some(Place { case, scenario, rung, ratios, told, threads })
                });
                places.extend(found);
            }
        }
        places.sort_by(|one, other| other.ratios.apart().total_cmp(&one.ratios.apart()));
        Self { places }
    }

    /// How many are near.
    pub fn within(&self) -> Rate {
        self.count(|place| place.ratios.near())
    }

    /// How many of those are near whose rungs have threads, or of the others.
    pub fn within_of(&self, threads: bool) -> Rate {
        let of = self.places.iter().filter(|place| place.threads == threads);
        let near = of.clone().filter(|place| place.ratios.near()).count();
        Rate { hits: near as u64, of: of.count() as u64 }
    }

    /// How many are far apart.
    pub fn far(&self) -> Rate {
        self.count(|place| place.ratios.far())
    }

    /// How many of them without a word on their page why.
    pub fn untold(&self) -> Rate {
        self.count(|place| place.ratios.far() && !place.told)
    }

    /// Those that are not near.
    pub fn beyond(&self) -> impl Iterator<Item = &Place<'a>> {
        self.places.iter().filter(|place| !place.ratios.near())
    }

    /// What became of the targets: that most are near, and that none is far apart
    /// without its page saying why.
    pub fn targets(&self) -> [Target; 2] {
        [self.within().at_least(LEAST_WITHIN), self.untold().at_most(0.0)]
    }

    fn count(&self, is: fn(&Place) -> bool) -> Rate {
        let hits = self.places.iter().filter(|place| is(place)).count();
        Rate { hits: hits as u64, of: self.places.len() as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::summaries;
    use record::{Record, fixture};

    /// The fixture's rung is four times as fast in pairs; here it is so many times as fast alone.
    fn record(alone: &[f64]) -> Record {
        let mut record = fixture::record();
        let case = record.cases.get_mut("words").unwrap();
        let scenario = case.scenarios.remove(0);
        let scenarios = (0..).zip(alone).map(|(n, ratio)| {
            let mut scenario = scenario.clone();
            scenario.scenario.n = n;
            scenario.alone = vec![Some(100.0), None, Some(100.0 / ratio)];
            scenario
        });
        case.scenarios = scenarios.collect();
        record
    }

    #[test]
    fn near_and_far_are_the_same_both_ways() {
        let ratios = |paired, alone| Ratios { paired, alone };
        for (greater, near, far) in
            [(1.0, true, false), (1.149, true, false), (1.151, false, false), (1.51, false, true)]
        {
            for both in [ratios(2.0, 2.0 * greater), ratios(2.0 * greater, 2.0)] {
                assert_eq!((both.near(), both.far()), (near, far), "{both:?}");
                assert!((both.apart() - greater).abs() < 1e-12, "{both:?}");
            }
        }
    }

    #[test]
    fn processes_differ_by_themselves_if_two_of_them_are_as_far_off() {
        let range = |alone: f64, rung: usize| {
            let mut record = record(&[alone]);
            let scenario = &mut record.cases.get_mut("words").unwrap().scenarios[0];
            scenario.times = vec![
                vec![8.0, 0.0, 4.0],
                vec![8.0, 0.0, 1.0],
                vec![6.0, 0.0, 2.0],
                vec![9.0, 0.0, 0.0],
                vec![6.0, 0.0, 1.0],
            ];
            let cases = summaries(&record);
            by_process(&cases["words"].scenarios[0], rung)
        };
        assert_eq!(range(6.0, 2), Some((2.0, 8.0)));
        assert_eq!(range(7.0, 2), None, "one of them alone");
        assert_eq!(range(3.0, 2), Some((2.0, 8.0)));
        assert_eq!(range(2.9, 2), None, "one of them alone");
        assert_eq!(range(6.0, 1), None, "it cannot run");
    }

    #[test]
    fn the_worst_come_first_and_the_targets_count_them() {
        let found = record(&[4.1, 8.0, 4.0, 3.0]);
        let cases = summaries(&found);
        let alone = Alone::of(&cases);
        let order: Vec<usize> = alone.places.iter().map(|place| place.scenario.n).collect();
        assert_eq!(order, [1, 3, 0, 2]);
        let worst = &alone.places[0];
        assert_eq!((worst.case, worst.rung), ("words", "optimized"));
        assert!((worst.ratios.paired - 4.0).abs() < 1e-3 && worst.ratios.alone == 8.0);
        assert_eq!(alone.within(), Rate { hits: 2, of: 4 });
        assert_eq!(alone.far(), Rate { hits: 1, of: 4 });
        assert_eq!(alone.beyond().count(), 2);
        assert_eq!(alone.targets(), [Target::Missed, Target::Missed]);
        let few = record(&[4.1, 4.7]);
        let cases = summaries(&few);
        let targets = Alone::of(&cases).targets();
        assert_eq!(targets, [Target::MissedPerhaps, Target::Held], "one of two may be chance");
    }

    #[test]
    fn what_differs_by_the_process_is_told_only_as_far_as_processes_differ() {
        let untold = |alone: f64, slow: usize| {
            let mut record = record(&[alone]);
            let scenario = &mut record.cases.get_mut("words").unwrap().scenarios[0];
            let times = |at: usize| if at < slow { 50.0 } else { 25.0 };
            scenario.times = (0..6).map(|at| vec![100.0, 0.0, times(at)]).collect();
            let cases = summaries(&record);
            let found = Alone::of(&cases);
            assert_eq!(found.far().hits, 1, "{alone}");
            found.untold().hits
        };
        assert_eq!(untold(2.0, 2), 0, "as in a third of the processes");
        assert_eq!(untold(1.0, 2), 1, "as in none of them");
        assert_eq!(untold(2.0, 1), 1, "that one may have been disturbed");
    }

    #[test]
    fn what_nobody_measured_alone_is_not_counted() {
        let mut record = record(&[4.0, 4.0]);
        let case = record.cases.get_mut("words").unwrap();
        case.scenarios[0].alone.clear();
        case.scenarios[1].alone[0] = None;
        let cases = summaries(&record);
        let alone = Alone::of(&cases);
        assert!(alone.places.is_empty());
        assert_eq!(alone.targets(), [Target::Unknown; 2]);
    }
}
