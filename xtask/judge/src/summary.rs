//! What a record says: times, ratios with verdicts, shares of the limit, claims held or broken.
//! Everything that shows figures (the table, the book) reads this and computes nothing of its own.

use std::collections::BTreeMap;

use protocol::{Allocations, Axis, Claim, Description, Expect, Items, Machine, Scenario, Tail};

use crate::headline;
use crate::pairing;
use crate::stats::{self, Interval, Verdict};
use record::{CaseRecord, Record, ScenarioRecord, Solo};

/// Where criterion's ratio is further than this from the paired one, the book says so.
const SOLO_DIFFERS: f64 = 0.15;

/// A case in one run.
pub struct CaseSummary<'a> {
    /// The record behind it.
    pub record: &'a CaseRecord,
    /// Rung names in table order.
    pub rungs: Vec<&'a str>,
    /// Index of our best rung.
    pub optimized: usize,
    /// Index of the peer.
    pub peer: Option<usize>,
    /// One entry per measured scenario.
    pub scenarios: Vec<ScenarioSummary<'a>>,
    /// Index of the scenario that stands for the case.
    pub headline: usize,
    /// Every claim and what became of it.
    pub claims: Vec<(&'a Claim, Outcome)>,
}

/// A scenario in one run.
pub struct ScenarioSummary<'a> {
    /// The record behind it.
    pub record: &'a ScenarioRecord,
    /// By rung; `None` where it is unavailable.
    pub rungs: Vec<Option<RungSummary>>,
    /// The noise floor, as a share.
    pub floor: f64,
    /// Whether enough blocks were quiet.
    pub believable: bool,
    /// Our best rung against the peer.
    pub against_peer: Option<Compared>,
    /// The least time per call that this machine allows, in nanoseconds.
    pub least: Option<f64>,
    /// All that were held against each other, the base first.
    pairs: BTreeMap<(usize, usize), Compared>,
}

/// A rung in one scenario.
pub struct RungSummary {
    /// Nanoseconds per call.
    pub time: Interval,
    /// Against naive; `None` for naive itself.
    pub against_naive: Option<Compared>,
    /// Against the rung before it.
    pub against_previous: Option<Compared>,
    /// criterion's ratio to naive, where it differs materially from the paired one.
    pub solo_ratio: Option<f64>,
    /// Share of what the limit allows.
    pub share: Option<f64>,
    /// Bytes of data it works on.
    pub data: Option<u64>,
    /// Allocations of one call.
    pub allocations: Option<Allocations>,
    /// How long its slowest calls took.
    pub tail: Option<Tail>,
}

/// A ratio of times with its verdict; above 1 is faster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Base time over rung time.
    pub ratio: Interval,
    /// What it means.
    pub verdict: Verdict,
}

/// What was measured of a claim.
pub struct Claimed<'s, 'a> {
    /// Where it applies.
    pub scenario: &'s ScenarioSummary<'a>,
    /// What it holds its rung against.
    pub base: &'s RungSummary,
    /// What it speaks of.
    pub rung: &'s RungSummary,
    /// The two held against each other.
    pub compared: Option<Compared>,
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The run bears it out.
    Held,
    /// The run contradicts it.
    Broken,
    /// The interval allows both.
    Undecided,
    /// Its scenario or rung was not measured.
    NotMeasured,
}

/// Everything that was measured in a run, by case.
pub type Summaries<'a> = BTreeMap<&'a str, CaseSummary<'a>>;

/// Summarizes a run.
pub fn summaries(record: &Record) -> Summaries<'_> {
    let summarize = |case| CaseSummary::new(case, &record.machine);
    let cases = record.cases.iter();
    cases.filter_map(|(name, case)| Some((name.as_str(), summarize(case)?))).collect()
}

impl<'a> CaseSummary<'a> {
    /// Summarizes a case; `None` if nothing was measured.
    pub fn new(record: &'a CaseRecord, machine: &Machine) -> Option<Self> {
        let description = record.description.as_ref()?;
        let rungs: Vec<&str> = description.rungs.iter().map(|rung| rung.name.as_str()).collect();
        let (peer, optimized) = (pairing::peer(description), pairing::optimized(description));
        let scenarios: Vec<ScenarioSummary> = record
            .scenarios
            .iter()
            .map(|scenario| {
                ScenarioSummary::new(scenario, description, |work, within, naive| {
                    machine.least_time(description.limit?, work, within, naive)
                })
            })
            .collect();
        let headline = headline::index(record)?;
        let mut summary =
            Self { record, rungs, optimized, peer, scenarios, headline, claims: Vec::new() };
        summary.claims =
            description.claims.iter().map(|claim| (claim, summary.judge(claim))).collect();
        Some(summary)
    }

    /// Our best rung in the headline scenario.
    pub fn best(&self) -> Option<&RungSummary> {
        self.scenarios[self.headline].rungs[self.optimized].as_ref()
    }

    /// The scenario that stands for the case.
    pub fn headline(&self) -> &ScenarioSummary<'a> {
        &self.scenarios[self.headline]
    }

    /// What an input has many of, in the singular: "row".
    pub fn item(&self) -> &'a str {
        self.record.description.as_ref().map_or("item", |description| description.item.as_str())
    }

    /// What `n` is in a distribution, where it is not a size.
    pub fn axis(&self, input: &str) -> Option<&'a Axis> {
        self.record.description.as_ref()?.axis(input)
    }

    /// How many items an input of a scenario has.
    pub fn items(&self, scenario: &Scenario) -> usize {
        let description = self.record.description.as_ref();
        description.map_or(scenario.n, |description| description.items(scenario))
    }

    /// Distributions in their order, each with its scenarios from small to large.
    pub fn distributions(&self) -> Vec<(&'a str, Vec<&ScenarioSummary<'a>>)> {
        let mut distributions: Vec<(&str, Vec<&ScenarioSummary>)> = Vec::new();
        for scenario in &self.scenarios {
            let name = scenario.record.scenario.input.as_str();
            match distributions.iter_mut().find(|(known, _)| *known == name) {
                Some((_, scenarios)) => scenarios.push(scenario),
                None => distributions.push((name, vec![scenario])),
            }
        }
        for (_, scenarios) in &mut distributions {
            scenarios.sort_by_key(|scenario| scenario.record.scenario.n);
        }
        distributions
    }

    /// The first distribution along which the size varies.
    pub fn sizes(&self) -> Option<(&'a str, Vec<&ScenarioSummary<'a>>)> {
        let fixed = |input: &str| {
            self.axis(input).is_some_and(|axis| matches!(axis.items, Items::Always(_)))
        };
        self.distributions().into_iter().find(|(input, _)| !fixed(input))
    }

    /// The size from which our best rung stays ahead of naive in the first distribution, between
    /// measured sizes in proportion to the logarithm. `None` if it is ahead from the smallest on,
    /// or never.
    pub fn break_even(&self) -> Option<f64> {
        let (_, scenarios) = self.sizes()?;
        let points: Vec<(f64, f64)> = scenarios
            .iter()
            .filter_map(|scenario| {
                let ratio = scenario.rungs[self.optimized].as_ref()?.against_naive?.ratio.mid;
                Some(((scenario.record.scenario.n as f64).max(1.0).ln(), ratio.ln()))
            })
            .collect();
        let behind = points.iter().rposition(|(_, ratio)| *ratio <= 0.0)?;
        let (before, after) = (points[behind], *points.get(behind + 1)?);
        let share = -before.1 / (after.1 - before.1);
        Some((before.0 + share * (after.0 - before.0)).exp())
    }

    /// What was measured of a claim; `None` if its scenario or a rung of it was not.
    pub fn claimed(&self, claim: &Claim) -> Option<Claimed<'_, 'a>> {
        let scenario = &self.scenarios[self.record.claimed(claim)?];
        let (base, rung) = (self.rung_index(claim.base())?, self.rung_index(&claim.rung)?);
        Some(Claimed {
            scenario,
            base: scenario.rungs[base].as_ref()?,
            rung: scenario.rungs[rung].as_ref()?,
            compared: scenario.compared(base, rung),
        })
    }

    /// Where a rung stands in the table.
    pub fn rung_index(&self, name: &str) -> Option<usize> {
        self.rungs.iter().position(|rung| *rung == name)
    }

    fn judge(&self, claim: &Claim) -> Outcome {
        let Some(Claimed { scenario, base, rung, compared }) = self.claimed(claim) else {
            return Outcome::NotMeasured;
        };
        if let Expect::MemoryAtMost(share) = claim.expect {
            return match (rung.data, base.data) {
                (Some(bytes), Some(all)) if bytes as f64 <= share * all as f64 => Outcome::Held,
                (Some(_), Some(_)) => Outcome::Broken,
                _ => Outcome::NotMeasured,
            };
        }
        match compared {
            None => Outcome::NotMeasured,
            Some(_) if !scenario.believable => Outcome::Undecided,
            Some(compared) => judge_ratio(claim.expect, compared.ratio),
        }
    }
}

fn judge_ratio(expect: Expect, ratio: Interval) -> Outcome {
    let (held, broken) = match expect {
        Expect::AtLeast(least) => (ratio.low >= least, ratio.high < least),
        Expect::DoesNotPay => (ratio.high <= stats::PAYS, ratio.low > stats::PAYS),
        Expect::MemoryAtMost(_) => (false, false),
    };
    match (held, broken) {
        (true, _) => Outcome::Held,
        (_, true) => Outcome::Broken,
        _ => Outcome::Undecided,
    }
}

impl<'a> ScenarioSummary<'a> {
    fn new(
        record: &'a ScenarioRecord,
        description: &Description,
        least: impl Fn(f64, f64, f64) -> Option<f64>,
    ) -> Self {
        let intervals = record.pairs.iter().filter_map(|pair| {
            Some(((pair.base, pair.rung), stats::interval(&pair.log_ratios())?))
        });
        let intervals: BTreeMap<(usize, usize), Interval> = intervals.collect();
        let floor = intervals.get(&(0, 0)).copied().map_or(f64::INFINITY, stats::floor);
        let believable = record.quiet >= stats::LEAST_QUIET;
        let judged = intervals.into_iter().map(|(pair, logs)| {
            let ratio = logs.map(f64::exp);
            let verdict =
                if believable { stats::verdict(ratio, floor) } else { Verdict::CannotTell };
            (pair, Compared { ratio, verdict })
        });
        let pairs: BTreeMap<(usize, usize), Compared> = judged.collect();
        let compare = |base: usize, rung: usize| pairs.get(&(base, rung)).copied();
        let time = |rung: usize| {
            let times: Vec<Vec<f64>> =
                record.times.iter().map(|process| vec![process[rung]]).collect();
            stats::interval(&times).filter(|time| time.mid > 0.0)
        };
        let times: Vec<Option<Interval>> = (0..description.rungs.len()).map(time).collect();
        let least = times[0].and_then(|naive| least(record.work, record.within, naive.mid));
        // Alone, a rung has caches and predictors to itself. If it was slower all the same,
        // something disturbed it, and nothing watched.
        let solo = |rung: usize| -> Option<Solo> {
            let alone: Option<Solo> = *record.solo.get(rung)?;
            alone.filter(|alone| {
                times[rung].is_some_and(|paired| alone.ns <= paired.mid * (1.0 + SOLO_DIFFERS))
            })
        };
        let summarize = |rung: usize| {
            let paired = times[rung]?;
            let against_naive = if rung == 0 { None } else { compare(0, rung) };
            let solo_ratio = solo(0).zip(solo(rung)).map(|(naive, own)| naive.ns / own.ns);
            Some(RungSummary {
                time: solo(rung).map_or(paired, |solo| Interval {
                    low: solo.low,
                    mid: solo.ns,
                    high: solo.high,
                }),
                against_naive,
                against_previous: pairing::previous(description, rung)
                    .and_then(|previous| compare(previous, rung)),
                solo_ratio: solo_ratio.filter(|solo| {
                    against_naive
                        .is_some_and(|paired| (solo / paired.ratio.mid).ln().abs() > SOLO_DIFFERS)
                }),
                // Both from the paired run: limit and time then belong to the same machine state.
                share: least.map(|least| least / paired.mid),
                data: record.data_bytes.get(rung).copied().flatten(),
                allocations: record.allocations.get(rung).copied().flatten(),
                tail: record.tails.get(rung).copied().flatten(),
            })
        };
        Self {
            record,
            rungs: (0..times.len()).map(summarize).collect(),
            floor,
            believable,
            against_peer: pairing::peer(description)
                .and_then(|peer| compare(peer, pairing::optimized(description))),
            least,
            pairs,
        }
    }

    /// How a rung compares with a base, if the two were held against each other.
    pub fn compared(&self, base: usize, rung: usize) -> Option<Compared> {
        self.pairs.get(&(base, rung)).copied()
    }

    /// Whether enough of so many processes could be heard, and more would hardly change a verdict
    /// against naive, or against the peer.
    pub fn settled(&self, processes: usize) -> bool {
        let heard = self.record.times.len() * 4 >= processes * 3;
        let against_naive = self.rungs.iter().flatten().filter_map(|rung| rung.against_naive);
        let mut verdicts = against_naive.chain(self.against_peer);
        self.believable
            && heard
            && verdicts.all(|compared| stats::settled(compared.ratio, self.floor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Description, Effort, LimitKind, RungInfo, Scenario};
    use record::Pair;

    /// naive, optimized and peer at 10 and 1,000 items: optimized twice as slow at first, four
    /// times as fast then.
    fn case() -> CaseRecord {
        let rung = |name: &str| RungInfo { name: name.into(), unavailable: None };
        let scenario = |n: usize, log: i32| ScenarioRecord {
            scenario: Scenario { input: "words".into(), n, effort: Effort::Quick },
            inputs: 1,
            work: 100.0,
            within: 100.0,
            data_bytes: vec![Some(800), Some(100), None],
            blocks: 100,
            quiet: 1.0,
            times: vec![vec![100.0, 100.0 * (-f64::from(log) * 1e-4).exp(), 50.0]; 4],
            pairs: [((0, 0), 0), ((0, 1), log), ((0, 2), 6931), ((2, 1), log - 6931)]
                .map(|((base, rung), log)| Pair { base, rung, logs: vec![vec![log; 5]; 4] })
                .to_vec(),
            solo: Vec::new(),
            allocations: Vec::new(),
            tails: Vec::new(),
        };
        let claim = |n, expect| Claim {
            rung: "optimized".into(),
            input: "words".into(),
            n,
            expect,
            over: None,
        };
        CaseRecord {
            failure: None,
            description: Some(Description {
                item: "word".into(),
                rungs: vec![rung("naive"), rung("optimized"), rung("peer")],
                scenarios: Vec::new(),
                claims: vec![
                    claim(1_000, Expect::AtLeast(3.9)),
                    claim(1_000, Expect::AtLeast(4.1)),
                    claim(10, Expect::DoesNotPay),
                    claim(1_000, Expect::DoesNotPay),
                    claim(1_000, Expect::MemoryAtMost(0.125)),
                    claim(1_000, Expect::MemoryAtMost(0.1)),
                    claim(7, Expect::DoesNotPay),
                ],
                limit: Some(LimitKind::Read),
                reads_files: false,
                axes: Vec::new(),
                tails: Vec::new(),
            }),
            scenarios: vec![scenario(10, -6931), scenario(1_000, 13_863)],
            evidence: None,
            seconds: 1.0,
        }
    }

    #[test]
    fn claims_are_held_against_what_was_measured() {
        let (case, machine) = (case(), Machine::default());
        let summary = CaseSummary::new(&case, &machine).unwrap();
        let outcomes: Vec<Outcome> = summary.claims.iter().map(|(_, outcome)| *outcome).collect();
        use Outcome::*;
        assert_eq!(outcomes, [Held, Broken, Held, Broken, Held, Broken, NotMeasured]);
        assert_eq!(summary.headline, 1);
    }

    #[test]
    fn an_interval_across_the_claim_decides_nothing() {
        let wide = Interval { low: 2.0, mid: 3.0, high: 4.0 };
        assert_eq!(judge_ratio(Expect::AtLeast(3.0), wide), Outcome::Undecided);
        assert_eq!(
            judge_ratio(Expect::DoesNotPay, Interval { low: 0.9, mid: 1.0, high: 1.1 }),
            Outcome::Undecided
        );
    }

    #[test]
    fn ratios_peers_limits_and_break_even() {
        let machine = Machine { read: vec![(1.0, 8.0)], ..Machine::default() };
        let case = case();
        let summary = CaseSummary::new(&case, &machine).unwrap();
        let best = summary.best().unwrap();
        assert!((best.against_naive.unwrap().ratio.mid - 4.0).abs() < 0.01);
        assert!((best.share.unwrap() - 0.5).abs() < 0.01);
        let peer = summary.headline().against_peer.unwrap();
        assert!((peer.ratio.mid - 2.0).abs() < 0.01 && peer.verdict == Verdict::Faster);
        // From half to four times over two decades of size: a third of the way.
        assert!((summary.break_even().unwrap().log10() - (1.0 + 2.0 / 3.0)).abs() < 0.01);
    }

    #[test]
    fn a_time_alone_counts_unless_it_was_disturbed() {
        let mut case = case();
        let alone = |ns: f64| Some(Solo { ns, low: ns, high: ns });
        case.scenarios[1].solo = vec![alone(90.0), alone(80.0), None];
        let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
        let times: Vec<f64> =
            summary.headline().rungs.iter().flatten().map(|rung| rung.time.mid).collect();
        assert_eq!(times[0], 90.0);
        assert!((times[1] - 25.0).abs() < 0.01 && times[2] == 50.0, "{times:?}");
        assert_eq!(summary.best().unwrap().solo_ratio, None);
    }

    #[test]
    fn a_contended_run_gives_no_verdicts() {
        let mut case = case();
        for scenario in &mut case.scenarios {
            scenario.quiet = 0.2;
        }
        let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
        assert_eq!(summary.best().unwrap().against_naive.unwrap().verdict, Verdict::CannotTell);
        assert_eq!(summary.claims[0].1, Outcome::Undecided);
    }
}
