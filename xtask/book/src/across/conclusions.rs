//! The conclusions, one by one: each is asked of every machine, and flips if two machines decide
//! against each other.

use protocol::{Claim, Expect, Scenario};

use super::{Flip, Kind, Machine, find};
use judge::stats::{self, Interval, Verdict};
use judge::summary::{CaseSummary, Compared, Outcome, RungSummary, ScenarioSummary};

/// Break-even sizes further apart than this are another conclusion: they lie between measured sizes
/// and are known only roughly.
const SIZES_APART: f64 = 4.0;

/// What each machine says that measured it: its index, yes or no or undecided, and its figure.
type Answers = Vec<(usize, Option<bool>, f64)>;
/// A case on the machines that have figures of it.
type Seen<'m, 'a> = Vec<(usize, &'m CaseSummary<'a>)>;

/// Every flip, the greatest first; how many conclusions were compared; and how many stay open.
pub fn all<'a>(machines: &[Machine<'a>]) -> (Vec<Flip<'a>>, usize, usize) {
    let mut tally = Tally::default();
    for case in distinct(machines.iter().flat_map(|machine| machine.cases.keys().copied())) {
        let seen: Seen = machines
            .iter()
            .enumerate()
            .filter_map(|(at, machine)| Some((at, machine.cases.get(case)?)))
            .collect();
        // Where a case had other rungs, one of the same name may have been other code.
        for rungs in distinct(seen.iter().map(|(_, case)| &case.rungs)) {
            let alike: Seen =
                seen.iter().copied().filter(|(_, case)| case.rungs == *rungs).collect();
            tally.case(case, &alike);
        }
    }
    tally.flips.sort_by(|a, b| b.by.total_cmp(&a.by));
    (tally.flips, tally.compared, tally.open)
}

#[derive(Default)]
struct Tally<'a> {
    flips: Vec<Flip<'a>>,
    compared: usize,
    open: usize,
}

impl<'a> Tally<'a> {
    fn case(&mut self, case: &'a str, seen: &Seen<'_, 'a>) {
        let all = seen.iter().flat_map(|(_, case)| scenarios(case));
        for key in distinct_by(all, same) {
            let about = About { case, scenario: Some(key) };
            let rungs = distinct(seen.iter().flat_map(|(_, case)| case.rungs[1..].iter().copied()));
            for rung in &rungs {
                self.naive(about, seen, rung);
            }
            self.peer(about, seen);
            self.ahead(about, seen);
        }
        let claims = seen.iter().flat_map(|(_, case)| case.claims.iter().map(|(claim, _)| *claim));
        for claim in distinct(claims) {
            self.claim(case, seen, claim);
        }
        self.break_even(case, seen);
    }

    /// Faster or slower than naive; where no verdicts oppose each other, whether it pays.
    fn naive(&mut self, about: About<'a>, seen: &Seen<'_, 'a>, rung: &'a str) {
        let ask = |answer: fn(Interval, Verdict) -> Option<bool>| -> Answers {
            answers(seen, about.scenario, |case, scenario| {
                let compared = rung_of(case, scenario, rung)?.against_naive?;
                let told = answer(compared.ratio, compared.verdict);
                Some((told.filter(|_| decides(scenario)), compared.ratio.mid))
            })
        };
        let verdicts = ask(|_, verdict| opposite(verdict));
        let pays = ask(|ratio, _| pays(ratio));
        let told = |answers: &Answers| answers.iter().filter(|answer| answer.1.is_some()).count();
        if flips(&verdicts) {
            self.take(about, rung, Kind::Faster, verdicts);
        } else if flips(&pays) || told(&pays) > told(&verdicts) {
            self.take(about, rung, Kind::Pays(false), pays);
        } else {
            self.take(about, rung, Kind::Faster, verdicts);
        }
    }

    /// The last of our rungs against the peer.
    fn peer(&mut self, about: About<'a>, seen: &Seen<'_, 'a>) {
        let Some(optimized) = seen.first().map(|(_, case)| case.rungs[case.optimized]) else {
            return;
        };
        let found = answers(seen, about.scenario, |case, scenario| {
            let compared = scenario.against_peer?;
            let told = opposite(compared.verdict).filter(|_| decides(scenario));
            (case.rungs[case.optimized] == optimized).then_some((told, compared.ratio.mid))
        });
        self.take(about, optimized, Kind::Peer, found);
    }

    /// Which rung is the fastest. Only rungs that certainly are so somewhere are held against each
    /// other: how the others change places helps nobody to decide.
    fn ahead(&mut self, about: About<'a>, seen: &Seen<'_, 'a>) {
        let winner = |(_, case): &(usize, &CaseSummary<'a>)| {
            let scenario = find(case, about.scenario?)?;
            match scenario.fastest(1..case.rungs.len())[..] {
                [fastest] => Some(case.rungs[fastest]),
                _ => None,
            }
        };
        let with_peer = |case: &CaseSummary, pair: [&str; 2]| {
            case.peer.is_some_and(|peer| {
                pair.contains(&case.rungs[peer]) && pair.contains(&case.rungs[case.optimized])
            })
        };
        let winners = distinct(seen.iter().filter_map(winner));
        for (at, rung) in winners.iter().copied().enumerate() {
            for other in winners[at + 1..].iter().copied() {
                // Measured directly, as a pair of its own.
                if seen.iter().any(|(_, case)| with_peer(case, [rung, other])) {
                    continue;
                }
                let found = answers(seen, about.scenario, |case, scenario| {
                    let (base, rung) = (case.rung_index(other)?, case.rung_index(rung)?);
                    let Compared { ratio, verdict } = scenario.between(base, rung)?;
                    Some((opposite(verdict).filter(|_| decides(scenario)), ratio.mid))
                });
                self.take(about, rung, Kind::Ahead(other), found);
            }
        }
    }

    /// A claim held here and broken there. Against naive, "faster" and "does not pay" are the same
    /// conclusions as whether a rung is faster and whether it pays, so they are told only once.
    fn claim(&mut self, case: &'a str, seen: &Seen<'_, 'a>, claim: &'a Claim) {
        if claim.expect == Expect::Faster && claim.over.is_none() {
            return;
        }
        if claim.expect == Expect::DoesNotPay && claim.over.is_none() {
            for flip in &mut self.flips {
                let here = |s: &Scenario| (s.n, &s.input) == (claim.n, &claim.input);
                let about = (flip.case, flip.rung) == (case, claim.rung.as_str());
                if about && flip.scenario.is_some_and(here) && flip.kind == Kind::Pays(false) {
                    flip.kind = Kind::Pays(true);
                }
            }
            return;
        }
        let key = |s: &&Scenario| (s.n, &s.input) == (claim.n, &claim.input);
        let Some(scenario) = seen.iter().flat_map(|(_, case)| scenarios(case)).find(key) else {
            return;
        };
        let found = answers(seen, Some(scenario), |case, _| {
            let (_, outcome) = case.claims.iter().find(|(other, _)| *other == claim)?;
            let told = match outcome {
                Outcome::Held => Some(true),
                Outcome::Broken => Some(false),
                Outcome::Undecided => None,
                Outcome::NotMeasured | Outcome::Absent | Outcome::Elsewhere => return None,
            };
            let found = case.claimed(claim)?;
            if let Expect::MemoryAtMost(_) = claim.expect {
                return Some((told, found.rung.data? as f64 / found.base.data? as f64));
            }
            Some((told.filter(|_| decides(found.scenario)), found.compared?.ratio.mid))
        });
        self.take(About { case, scenario: Some(scenario) }, &claim.rung, Kind::Claim(claim), found);
    }

    /// Break-even sizes, of machines that measured the same sizes: else the larger run's would lie
    /// elsewhere because it looked elsewhere.
    fn break_even(&mut self, case: &'a str, seen: &Seen<'_, 'a>) {
        let sizes = |case: &CaseSummary| -> Vec<usize> {
            let sizes = case.sizes().into_iter().flat_map(|(_, scenarios)| scenarios);
            sizes.map(|scenario| scenario.record.scenario.n).collect()
        };
        let Some((_, main)) = seen.first() else { return };
        let all = sizes(main);
        let same = seen.iter().filter(|(_, case)| sizes(case) == all);
        let found: Vec<(usize, (f64, f64))> =
            same.filter_map(|(at, case)| Some((*at, case.ahead()?.breaks_even()?))).collect();
        // Certainly early is what ends early, certainly late what begins late.
        let least = found.iter().map(|(_, (_, latest))| *latest).fold(f64::MAX, f64::min);
        let most = found.iter().map(|(_, (earliest, _))| *earliest).fold(0.0, f64::max);
        let apart = most / least > SIZES_APART;
        let middle = (least * most).sqrt();
        let told = |(at, (earliest, latest)): (usize, (f64, f64))| match apart {
            true if latest < middle => (at, Some(true), latest),
            true if earliest > middle => (at, Some(false), earliest),
            true => (at, None, latest),
            false => (at, Some(true), latest),
        };
        let found = found.into_iter().map(told).collect();
        let optimized = main.rungs[main.optimized];
        self.take(About { case, scenario: None }, optimized, Kind::BreakEven, found);
    }

    fn take(&mut self, about: About<'a>, rung: &'a str, kind: Kind<'a>, found: Answers) {
        if found.len() < 2 {
            return;
        }
        if found.iter().filter(|answer| answer.1.is_some()).count() < 2 {
            self.open += 1;
            return;
        }
        self.compared += 1;
        if !flips(&found) {
            return;
        }
        let told = |way: bool| -> Vec<(usize, f64)> {
            let of_way = found.iter().filter(|answer| answer.1 == Some(way));
            of_way.map(|(at, _, figure)| (*at, *figure)).collect()
        };
        let (yes, no) = (told(true), told(false));
        let logs = || yes.iter().chain(&no).map(|(_, figure)| figure.ln());
        let by = logs().fold(f64::MIN, f64::max) - logs().fold(f64::MAX, f64::min);
        let About { case, scenario } = about;
        self.flips.push(Flip { case, scenario, rung, kind, yes, no, by });
    }
}

/// What a conclusion is about.
#[derive(Clone, Copy)]
struct About<'a> {
    case: &'a str,
    scenario: Option<&'a Scenario>,
}

/// Asks every machine that measured the scenario.
fn answers<'a>(
    seen: &Seen<'_, 'a>,
    key: Option<&Scenario>,
    ask: impl Fn(&CaseSummary<'a>, &ScenarioSummary<'a>) -> Option<(Option<bool>, f64)>,
) -> Answers {
    let answer = |(at, case): &(usize, &CaseSummary<'a>)| {
        let (told, figure) = ask(case, find(case, key?)?)?;
        Some((*at, told, figure))
    };
    seen.iter().filter_map(answer).collect()
}

fn flips(answers: &Answers) -> bool {
    let says = |way: bool| answers.iter().any(|answer| answer.1 == Some(way));
    says(true) && says(false)
}

fn opposite(verdict: Verdict) -> Option<bool> {
    match verdict {
        Verdict::Faster => Some(true),
        Verdict::Slower => Some(false),
        Verdict::CannotTell => None,
    }
}

/// Whether the whole interval is on one side of what pays.
fn pays(ratio: Interval) -> Option<bool> {
    if ratio.low >= stats::PAYS { Some(true) } else { (ratio.high < stats::PAYS).then_some(false) }
}

fn decides(scenario: &ScenarioSummary) -> bool {
    scenario.believable && scenario.record.times.len() >= stats::LEAST_PROCESSES
}

fn rung_of<'s>(
    case: &CaseSummary,
    scenario: &'s ScenarioSummary,
    name: &str,
) -> Option<&'s RungSummary> {
    scenario.rungs.get(case.rung_index(name)?)?.as_ref()
}

fn scenarios<'a>(case: &CaseSummary<'a>) -> impl Iterator<Item = &'a Scenario> {
    case.scenarios.iter().map(|scenario| &scenario.record.scenario)
}

fn same(one: &Scenario, other: &Scenario) -> bool {
    (one.n, &one.input) == (other.n, &other.input)
}

fn distinct<T: PartialEq + Copy>(all: impl Iterator<Item = T>) -> Vec<T> {
    distinct_by(all, |a, b| a == b)
}

/// The first of each kind, in order.
fn distinct_by<T: Copy>(all: impl Iterator<Item = T>, same: impl Fn(T, T) -> bool) -> Vec<T> {
    all.fold(Vec::new(), |mut kept, item| {
        if !kept.iter().any(|other| same(*other, item)) {
            kept.push(item);
        }
        kept
    })
}
