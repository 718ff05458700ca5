//! Our rungs against the crates that a professional would pick, over all that was measured: by how
//! much, and where a crate is faster than everything of ours.

use protocol::Scenario;

use crate::stats::Verdict;
use crate::summary::{CaseSummary, Compared, ScenarioSummary, Summaries};

/// A record's answer.
#[derive(Debug, Default)]
pub struct Against<'a> {
    /// Ratios of the peer's time over that of the fastest rung of ours, one for each scenario.
    ratios: Vec<f64>,
    /// Scenarios in which ours is ahead.
    pub ahead: usize,
    /// Scenarios in which it is behind, the furthest first.
    pub behind: Vec<Behind<'a>>,
}

/// A scenario in which the peer is faster than all rungs of ours.
#[derive(Debug, Clone, Copy)]
pub struct Behind<'a> {
    /// The case.
    pub case: &'a str,
    /// Distribution and size.
    pub scenario: &'a Scenario,
    /// Our fastest there.
    pub rung: &'a str,
    /// It against the peer.
    pub compared: Compared,
}

impl<'a> Against<'a> {
    /// Over all cases with a peer that ran.
    pub fn of(summaries: &'a Summaries<'a>) -> Self {
        let mut against = Self::default();
        for (case, summary) in summaries {
            for scenario in &summary.scenarios {
                let Some((rung, compared)) = fastest(summary, scenario) else { continue };
                against.ratios.push(compared.ratio.mid);
                match compared.verdict {
                    Verdict::Faster => against.ahead += 1,
                    Verdict::CannotTell => {}
                    Verdict::Slower => against.behind.push(Behind {
                        case,
                        scenario: &scenario.record.scenario,
                        rung: summary.rungs[rung],
                        compared,
                    }),
                }
            }
        }
        against.behind.sort_by(|a, b| a.compared.ratio.mid.total_cmp(&b.compared.ratio.mid));
        against
    }

    /// Scenarios that have both.
    pub fn scenarios(&self) -> usize {
        self.ratios.len()
    }

    /// The geometric mean of all ratios, of which each counts alike; `None` without any.
    pub fn geometric_mean(&self) -> Option<f64> {
        let logs = self.ratios.iter().map(|ratio| ratio.ln()).sum::<f64>();
        (!self.ratios.is_empty()).then(|| (logs / self.ratios.len() as f64).exp())
    }
}

/// Our fastest rung of a scenario, naive among them: a reader may take that. By its ratio to the
/// peer.
fn fastest(summary: &CaseSummary, scenario: &ScenarioSummary) -> Option<(usize, Compared)> {
    let peer = summary.peer?;
    let ours = summary.ours().filter_map(|rung| Some((rung, scenario.between(peer, rung)?)));
    ours.max_by(|a, b| a.1.ratio.mid.total_cmp(&b.1.ratio.mid))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::summaries;
    use record::fixture::{record, set_times};

    #[test]
    fn each_scenario_counts_once_by_our_fastest_there() {
        let mut record = record();
        let case = record.cases.get_mut("words").unwrap();
        case.description.as_mut().unwrap().rungs[2].name = "peer".to_owned();
        // Naive is the only one of ours: the peer is twice as fast as it in the first scenario, and
        // takes four times as long in the second.
        case.scenarios = [(10, 2.0_f64), (1_000, 0.25)]
            .map(|(n, over_naive)| {
                let mut scenario = case.scenarios[0].clone();
                scenario.scenario.n = n;
                let log = (over_naive.ln() * 1e4) as i32;
                let of_peer = scenario.pairs.iter_mut().filter(|pair| pair.rung == 2);
                of_peer.flat_map(|pair| &mut pair.logs).flatten().for_each(|known| *known = log);
                set_times(&mut scenario);
                scenario
            })
            .to_vec();
        let summaries = summaries(&record);
        let against = Against::of(&summaries);
        assert_eq!((against.scenarios(), against.ahead), (2, 1));
        let [behind] = against.behind[..] else { panic!("{:?}", against.behind) };
        assert_eq!((behind.rung, behind.scenario.n), ("naive", 10));
        assert!((against.geometric_mean().unwrap() - 2.0_f64.sqrt()).abs() < 0.01);
        assert!(Against::of(&Summaries::new()).geometric_mean().is_none());
    }
}
