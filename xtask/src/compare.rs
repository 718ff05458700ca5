//! Two records side by side: what got faster or slower, whose claims flipped, what only one of them
//! has. Pure: it reads records and prints nothing.
//!
//! A machine drifts between two runs, so their times say little of each other. Each run measured
//! its ratios to naive pairwise; those are what is compared.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{Claim, Scenario};

use crate::record::Record;
use crate::stats::{self, Interval, Verdict};
use crate::summary::{CaseSummary, Outcome, ScenarioSummary};

/// Processes below which a run gets no verdicts, as when Ctrl-C ended it: how much processes differ
/// among themselves is then not known, and the interval is too narrow.
const LEAST_PROCESSES: usize = 3;

/// All that can be said of two records.
pub struct Comparison {
    /// What made the two: equal or not.
    pub facts: Vec<Fact>,
    /// Every rung that both measured, naive first within its scenario.
    pub lines: Vec<Line>,
    /// Claims of both whose outcome is another now.
    pub flips: Vec<Flip>,
    /// Cases that were measured without failure in the old record, with what fails now.
    pub failures: Vec<(String, String)>,
    /// What only the new record has: case, scenario or rung.
    pub added: Vec<String>,
    /// What only the old record has.
    pub removed: Vec<String>,
    /// Verdicts against naive that both records have, and on how many of them they agree.
    pub agreement: Agreement,
}

/// One circumstance of the two runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: &'static str,
    /// What a difference in it makes of the comparison.
    pub kind: FactKind,
    /// As the old record has it.
    pub old: String,
    /// As the new one has it.
    pub new: String,
    /// Whether both are known, and the same.
    pub equal: bool,
}

/// What a difference makes of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Machines are compared.
    Machine,
    /// Compilers are compared.
    Toolchain,
    /// Code is compared, as it should be.
    Code,
    /// Inputs of different content are compared.
    Input,
}

/// One rung in one scenario of both records.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The case.
    pub case: String,
    /// Distribution and size.
    pub scenario: Scenario,
    /// The rung's name.
    pub rung: String,
    /// Its ratio to naive in the old record; of naive itself the nanoseconds per call.
    pub old: Interval,
    /// The same in the new record.
    pub new: Interval,
    /// How many times as fast as in the old record.
    pub change: Interval,
    /// What the change means; of naive, whose time drifts with the machine, only a hint.
    pub verdict: Verdict,
    /// Whether this is naive.
    pub naive: bool,
}

/// A claim with another outcome than before.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The case.
    pub case: String,
    /// What was claimed.
    pub claim: Claim,
    /// Its outcome in the old record.
    pub old: Outcome,
    /// Its outcome in the new one.
    pub new: Outcome,
}

/// How often two records give the same verdict against naive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The same verdict in both.
    pub same: usize,
    /// Faster than naive in one, slower in the other.
    pub opposite: usize,
    /// All verdicts that both have.
    pub all: usize,
}

impl Comparison {
    /// Compares two records.
    pub fn new(old: &Record, new: &Record) -> Self {
        let mut answer = Self {
            facts: facts(old, new),
            lines: Vec::new(),
            flips: Vec::new(),
            failures: failures(old, new),
            added: Vec::new(),
            removed: Vec::new(),
            agreement: Agreement::default(),
        };
        let (before, after) = (summaries(old), summaries(new));
        let (had, has) = (Measured::new(&before), Measured::new(&after));
        answer.added = has.beyond(&had);
        answer.removed = had.beyond(&has);
        for (name, before) in &before {
            if let Some(after) = after.get(name) {
                answer.case(name, before, after);
            }
        }
        answer
    }

    /// Rungs other than naive with this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.rungs().filter(|line| line.verdict == verdict).count()
    }

    /// Every line that is not naive's.
    pub fn rungs(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.naive)
    }

    /// Claims that the old run bore out and the new one contradicts.
    pub fn broken(&self) -> usize {
        self.flips.iter().filter(|flip| flip.is_regression()).count()
    }

    /// Slower rungs, broken claims and failing cases. Naive is none of them: its time drifts.
    pub fn regressions(&self) -> usize {
        self.count(Verdict::Slower) + self.broken() + self.failures.len()
    }

    /// Whether all facts of a kind are known to be equal.
    pub fn equal(&self, kind: FactKind) -> bool {
        self.facts.iter().filter(|fact| fact.kind == kind).all(|fact| fact.equal)
    }

    /// Naive's lines where it is naive that seems to have changed: the rungs that changed, two or
    /// more, all did so the other way.
    pub fn naive_changed(&self) -> Vec<&Line> {
        let same = |a: &Line, b: &Line| (&a.case, &a.scenario) == (&b.case, &b.scenario);
        let suspect = |lines: &[Line]| {
            let changed = lines[1..].iter().filter(|line| line.verdict != Verdict::CannotTell);
            let opposite = match lines[0].verdict {
                Verdict::Faster => Verdict::Slower,
                Verdict::Slower => Verdict::Faster,
                Verdict::CannotTell => return false,
            };
            let verdicts: Vec<Verdict> = changed.map(|line| line.verdict).collect();
            let alike = verdicts.iter().all(|verdict| *verdict == opposite);
            lines[0].naive && verdicts.len() >= 2 && alike
        };
        let scenarios = self.lines.chunk_by(same).filter(|lines| suspect(lines));
        scenarios.map(|lines| &lines[0]).collect()
    }

    fn case(&mut self, name: &str, old: &CaseSummary, new: &CaseSummary) {
        for before in &old.scenarios {
            let same = |other: &&ScenarioSummary| key(other) == key(before);
            let Some(after) = new.scenarios.iter().find(same) else { continue };
            for (at, rung) in old.rungs.iter().enumerate() {
                let Some(now_at) = new.rungs.iter().position(|other| other == rung) else {
                    continue;
                };
                let sides = [Side::new(before, at), Side::new(after, now_at)];
                let [Some(then), Some(now)] = sides else { continue };
                self.agreement.take(then.verdict, now.verdict);
                let Some((change, verdict)) = change(&then, &now) else { continue };
                self.lines.push(Line {
                    case: name.to_owned(),
                    scenario: after.record.scenario.clone(),
                    rung: (*rung).to_owned(),
                    old: then.shown,
                    new: now.shown,
                    change,
                    verdict,
                    naive: at == 0,
                });
            }
        }
        let flips = old.claims.iter().filter_map(|(claim, before)| {
            let (_, after) = new.claims.iter().find(|(other, _)| other == claim)?;
            let both = [*before, *after];
            let told = before != after && !both.contains(&Outcome::NotMeasured);
            let case = name.to_owned();
            told.then(|| Flip { case, claim: (*claim).clone(), old: *before, new: *after })
        });
        self.flips.extend(flips);
    }
}

impl Flip {
    /// Whether the old run bore the claim out and the new one contradicts it.
    pub fn is_regression(&self) -> bool {
        (self.old, self.new) == (Outcome::Held, Outcome::Broken)
    }
}

impl Agreement {
    fn take(&mut self, old: Option<Verdict>, new: Option<Verdict>) {
        let Some((old, new)) = old.zip(new) else { return };
        self.all += 1;
        self.same += usize::from(old == new);
        let told = ![old, new].contains(&Verdict::CannotTell);
        self.opposite += usize::from(told && old != new);
    }
}

/// One rung in one run, ready to be held against another run of it.
struct Side {
    /// Logarithms of its speed, relative to naive's or, of naive itself, absolute.
    speed: Vec<Vec<f64>>,
    /// The ratio to naive, or naive's time.
    shown: Interval,
    /// Its verdict against naive; naive has none.
    verdict: Option<Verdict>,
    floor: f64,
    believable: bool,
}

impl Side {
    /// `None` where the rung was not measured.
    fn new(scenario: &ScenarioSummary, rung: usize) -> Option<Self> {
        let summary = scenario.rungs[rung].as_ref()?;
        let (floor, believable) = (scenario.floor, scenario.believable);
        if rung > 0 {
            let compared = summary.against_naive?;
            let pair = scenario.record.pairs.iter().find(|p| (p.base, p.rung) == (0, rung))?;
            let (speed, verdict) = (pair.log_ratios(), Some(compared.verdict));
            return Some(Self { speed, shown: compared.ratio, verdict, floor, believable });
        }
        // From the paired rounds even where criterion's times are better: an effort without
        // criterion could not be compared with one that has it.
        let times = scenario.record.times.iter().map(|process| process[0]);
        let speed: Vec<Vec<f64>> = times.filter(|ns| *ns > 0.0).map(|ns| vec![-ns.ln()]).collect();
        let log = stats::interval(&speed)?;
        let shown =
            Interval { low: (-log.high).exp(), mid: (-log.mid).exp(), high: (-log.low).exp() };
        Some(Self { speed, shown, verdict: None, floor, believable })
    }
}

/// How many times as fast as before, and whether that is beyond chance and both runs' noise.
fn change(old: &Side, new: &Side) -> Option<(Interval, Verdict)> {
    let change = stats::difference(&new.speed, &old.speed)?.map(f64::exp);
    let enough = old.speed.len().min(new.speed.len()) >= LEAST_PROCESSES;
    let verdict = if enough && old.believable && new.believable {
        stats::verdict(change, stats::floor_of_both(old.floor, new.floor))
    } else {
        Verdict::CannotTell
    };
    Some((change, verdict))
}

type Summaries<'a> = BTreeMap<&'a str, CaseSummary<'a>>;

fn summaries(record: &Record) -> Summaries<'_> {
    record
        .cases
        .iter()
        .filter_map(|(name, case)| Some((name.as_str(), CaseSummary::new(case, &record.machine)?)))
        .collect()
}

/// What makes two scenarios the same. Not the effort at which they are measured: that may change.
fn key<'a>(scenario: &ScenarioSummary<'a>) -> (&'a str, usize) {
    let scenario = &scenario.record.scenario;
    (&scenario.input, scenario.n)
}

/// What a record has figures of.
struct Measured(BTreeSet<(String, String, String)>);

impl Measured {
    fn new(cases: &Summaries) -> Self {
        let mut all = BTreeSet::new();
        for (name, case) in cases {
            for scenario in &case.scenarios {
                let measured = case.rungs.iter().zip(&scenario.rungs);
                for (rung, _) in measured.filter(|(_, summary)| summary.is_some()) {
                    let scenario = scenario.record.scenario.to_string();
                    all.insert(((*name).to_owned(), scenario, (*rung).to_owned()));
                }
            }
        }
        Self(all)
    }

    /// What the other lacks, each in the fewest words: a case that is missing is one entry, not one
    /// for each of its scenarios and rungs.
    fn beyond(&self, other: &Self) -> Vec<String> {
        let lacks = |same: &dyn Fn(&(String, String, String)) -> bool| !other.0.iter().any(same);
        let missing = self.0.difference(&other.0).map(|(case, scenario, rung)| {
            if lacks(&|(a, ..)| a == case) {
                case.clone()
            } else if lacks(&|(a, b, _)| (a, b) == (case, scenario)) {
                format!("{case}: scenario {scenario}")
            } else if lacks(&|(a, _, c)| (a, c) == (case, rung)) {
                format!("{case}: rung {rung}")
            } else {
                format!("{case}: rung {rung} in scenario {scenario}")
            }
        });
        missing.collect::<BTreeSet<String>>().into_iter().collect()
    }
}

/// Cases of both that fail now and did not before.
fn failures(old: &Record, new: &Record) -> Vec<(String, String)> {
    let sound = |name: &String| old.cases.get(name).is_some_and(|case| case.failure.is_none());
    let failed = new.cases.iter().filter(|(name, _)| sound(name));
    failed.filter_map(|(name, case)| Some((name.clone(), case.failure.clone()?))).collect()
}

fn facts(old: &Record, new: &Record) -> Vec<Fact> {
    use FactKind::*;
    let fact = |name, kind, of: &dyn Fn(&Record) -> String| {
        let (old, new) = (of(old), of(new));
        let equal = old == new && !old.is_empty();
        Fact { name, kind, old, new, equal }
    };
    let commit = |record: &Record| record.commit.clone().unwrap_or_default();
    let mut facts = vec![
        fact("processor", Machine, &|record| record.machine.processor.clone()),
        fact("cores", Machine, &|record| record.machine.cores.to_string()),
        fact("system", Machine, &|record| record.machine.system.clone()),
        fact("vector extensions", Machine, &|record| {
            let features = record.machine.features.join(" ");
            if features.is_empty() { "none".to_owned() } else { features }
        }),
        fact("rustc", Toolchain, &|record| record.toolchain.rustc.clone()),
        fact("target", Toolchain, &|record| record.toolchain.target.clone()),
        fact("flags", Toolchain, &|record| {
            let flags = record.toolchain.flags.clone();
            if flags.is_empty() { "none".to_owned() } else { flags }
        }),
        fact("file", Input, &|record| {
            let named =
                |file: &crate::record::UserFile| format!("{} ({} bytes)", file.name, file.bytes);
            record.file.as_ref().map_or("none".to_owned(), named)
        }),
        fact("commit", Code, &commit),
    ];
    // Two trees with changes may have different ones.
    if let Some(commit) = facts.last_mut() {
        commit.equal &= !commit.new.ends_with('+');
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{CaseRecord, Pair, ScenarioRecord, Toolchain, UserFile};
    use protocol::{Description, Effort, Expect, Machine, RungInfo};

    /// A scenario of so many words: naive takes `naive` nanoseconds, the others are so much faster
    /// (as logarithms in ten-thousandths). The processes differ by a few tenths of a per cent.
    fn scenario(n: usize, naive: f64, logs: &[i32]) -> ScenarioRecord {
        let noise = |log: i32| -> Vec<Vec<i32>> {
            let process = |at| (0..5).map(|chunk| log + 10 * (at - 4) + 5 * (chunk - 2)).collect();
            (0..8).map(process).collect()
        };
        let pair = |(rung, log): (usize, &i32)| Pair { base: 0, rung, logs: noise(*log) };
        let of = |log: &i32| naive * (-f64::from(*log) * 1e-4).exp();
        let all: Vec<i32> = std::iter::once(0).chain(logs.iter().copied()).collect();
        ScenarioRecord {
            scenario: Scenario { input: "words".into(), n, effort: Effort::Quick },
            inputs: 1,
            work: 0.0,
            within: 0.0,
            data_bytes: vec![None; all.len()],
            blocks: 100,
            quiet: 1.0,
            times: vec![all.iter().map(of).collect(); 8],
            pairs: all.iter().enumerate().map(pair).collect(),
            solo: Vec::new(),
            allocations: Vec::new(),
        }
    }

    fn case(rungs: &[&str], scenarios: Vec<ScenarioRecord>) -> CaseRecord {
        let rung = |name: &&str| RungInfo { name: (*name).into(), unavailable: None };
        let claim = |n, expect| Claim { rung: "fast".into(), input: "words".into(), n, expect };
        CaseRecord {
            failure: None,
            description: Some(Description {
                item: "word".into(),
                rungs: rungs.iter().map(rung).collect(),
                scenarios: Vec::new(),
                claims: vec![claim(1_000, Expect::AtLeast(2.5)), claim(10, Expect::DoesNotPay)],
                limit: None,
                reads_files: false,
            }),
            scenarios,
            evidence: None,
            seconds: 1.0,
        }
    }

    fn record(cases: &[(&str, CaseRecord)]) -> Record {
        let toolchain =
            Toolchain { rustc: "rustc".into(), target: "x".into(), flags: String::new() };
        let machine =
            Machine { processor: "chip".into(), system: "os".into(), ..Machine::default() };
        let mut record = Record::new(Effort::Quick, Some("abc".into()), toolchain, machine);
        record.cases =
            cases.iter().map(|(name, case)| ((*name).to_owned(), case.clone())).collect();
        record
    }

    /// One case, one scenario, the rungs `fast` and `peer`.
    fn one(naive: f64, fast: i32, peer: i32) -> Record {
        let scenarios = vec![scenario(1_000, naive, &[fast, peer])];
        record(&[("arenas", case(&["naive", "fast", "peer"], scenarios))])
    }

    fn verdicts(comparison: &Comparison) -> Vec<(&str, Verdict)> {
        comparison.rungs().map(|line| (line.rung.as_str(), line.verdict)).collect()
    }

    #[test]
    fn a_record_does_not_differ_from_itself() {
        let record = one(100.0, 11_000, 6_931);
        let comparison = Comparison::new(&record, &record);
        assert!(comparison.lines.iter().all(|line| line.change.mid == 1.0));
        assert_eq!(comparison.count(Verdict::CannotTell), 2);
        assert_eq!(comparison.regressions(), 0);
        assert_eq!(comparison.agreement, Agreement { same: 2, opposite: 0, all: 2 });
        assert!(comparison.flips.is_empty() && comparison.facts.iter().all(|fact| fact.equal));
        assert!(comparison.added.is_empty() && comparison.removed.is_empty());
    }

    #[test]
    fn ratios_are_compared_and_drift_is_not() {
        // The machine runs at half its speed, `fast` lost a tenth, the peer won a fifth.
        let (old, new) = (one(100.0, 11_000, 6_931), one(200.0, 10_000, 8_931));
        let comparison = Comparison::new(&old, &new);
        use Verdict::*;
        assert_eq!(verdicts(&comparison), [("fast", Slower), ("peer", Faster)]);
        let changes: Vec<f64> = comparison.lines.iter().map(|line| line.change.mid.ln()).collect();
        for (change, expected) in changes.iter().zip([-2.0_f64.ln(), -0.1, 0.2]) {
            assert!((change - expected).abs() < 1e-9, "{change} {expected}");
        }
        assert_eq!(comparison.regressions(), 1);

        let drifted = Comparison::new(&old, &one(200.0, 11_000, 6_931));
        assert!(drifted.lines[0].naive && drifted.lines[0].verdict == Slower);
        assert_eq!(drifted.regressions(), 0);
    }

    #[test]
    fn a_change_within_the_noise_of_either_run_is_none() {
        let (old, new) = (one(100.0, 11_000, 6_931), one(100.0, 11_300, 6_931));
        assert_eq!(Comparison::new(&old, &new).count(Verdict::Faster), 1);
        for noisy_is_old in [true, false] {
            let (mut old, mut new) = (old.clone(), new.clone());
            let noisy = if noisy_is_old { &mut old } else { &mut new };
            let scenario = &mut noisy.cases.get_mut("arenas").unwrap().scenarios[0];
            scenario.pairs[0].logs = vec![vec![500; 5]; 8];
            assert_eq!(Comparison::new(&old, &new).count(Verdict::CannotTell), 2);
        }
        // Beyond each floor of one per cent, within both together.
        let slight = Comparison::new(&old, &one(100.0, 11_120, 6_931));
        assert_eq!(slight.count(Verdict::CannotTell), 2);
    }

    #[test]
    fn a_contended_run_gives_no_verdicts() {
        let (old, mut new) = (one(100.0, 11_000, 6_931), one(100.0, 5_000, 6_931));
        new.cases.get_mut("arenas").unwrap().scenarios[0].quiet = 0.1;
        let comparison = Comparison::new(&old, &new);
        assert_eq!((comparison.regressions(), comparison.count(Verdict::CannotTell)), (0, 2));
    }

    #[test]
    fn a_run_of_few_processes_gives_no_verdicts() {
        let slower = |processes: usize| {
            let (old, mut new) = (one(100.0, 11_000, 6_931), one(100.0, 5_000, 6_931));
            let scenario = &mut new.cases.get_mut("arenas").unwrap().scenarios[0];
            scenario.pairs.iter_mut().for_each(|pair| pair.logs.truncate(processes));
            Comparison::new(&old, &new).count(Verdict::Slower)
        };
        assert_eq!([slower(LEAST_PROCESSES), slower(LEAST_PROCESSES - 1)], [1, 0]);
    }

    #[test]
    fn a_naive_that_changed_is_suspected() {
        let old = one(100.0, 11_000, 6_931);
        let suspects = |new: &Record| Comparison::new(&old, new).naive_changed().len();
        assert_eq!(suspects(&one(80.0, 11_000 - 2_231, 6_931 - 2_231)), 1, "naive got faster");
        assert_eq!(suspects(&one(80.0, 11_000, 6_931)), 0, "the machine got faster");
        assert_eq!(suspects(&one(100.0, 11_000 - 2_231, 6_931 - 2_231)), 0, "the rungs did");
        assert_eq!(suspects(&one(80.0, 11_000 - 2_231, 6_931)), 0, "one rung did");
    }

    #[test]
    fn claims_that_break_are_regressions_and_others_are_told() {
        let of = |small: i32, large: i32| {
            let scenarios = vec![scenario(10, 1.0, &[small]), scenario(1_000, 1.0, &[large])];
            record(&[("arenas", case(&["naive", "fast"], scenarios))])
        };
        let outcomes = |old: &Record, new: &Record| {
            let comparison = Comparison::new(old, new);
            let flips = comparison.flips.iter().map(|flip| (flip.claim.n, flip.old, flip.new));
            (flips.collect::<Vec<_>>(), comparison.broken())
        };
        use Outcome::*;
        // ln 2.5 is 0.9163.
        assert_eq!(
            outcomes(&of(0, 9_300), &of(3_000, 9_000)),
            (vec![(1_000, Held, Broken), (10, Held, Broken)], 2)
        );
        assert_eq!(
            outcomes(&of(3_000, 9_300), &of(0, 9_163)),
            (vec![(1_000, Held, Undecided), (10, Broken, Held)], 0)
        );
        let mut changed = of(0, 9_000);
        let description = &mut changed.cases.get_mut("arenas").unwrap().description;
        description.as_mut().unwrap().claims[0].expect = Expect::AtLeast(2.6);
        assert_eq!(outcomes(&of(0, 9_300), &changed), (vec![], 0), "another claim");
        let mut only_small = of(0, 9_300);
        only_small.cases.get_mut("arenas").unwrap().scenarios.pop();
        assert_eq!(outcomes(&of(0, 9_300), &only_small), (vec![], 0), "not measured");
    }

    #[test]
    fn what_one_record_lacks_is_listed_in_the_fewest_words() {
        let rungs = ["naive", "fast", "peer"];
        let wide = |n| scenario(n, 1.0, &[100, 200]);
        let old = record(&[
            ("arenas", case(&rungs, vec![wide(10), wide(1_000)])),
            ("bitsets", case(&rungs, vec![wide(10), wide(1_000)])),
        ]);
        let mut unavailable = wide(1_000);
        unavailable.times.iter_mut().for_each(|process| process[2] = 0.0);
        let new = record(&[
            ("arenas", case(&rungs, vec![wide(10), unavailable, wide(7)])),
            ("hashing", case(&rungs, vec![wide(10)])),
        ]);
        let comparison = Comparison::new(&old, &new);
        assert_eq!(comparison.added, ["arenas: scenario words/7", "hashing"]);
        assert_eq!(comparison.removed, ["arenas: rung peer in scenario words/1000", "bitsets"]);
        assert_eq!(comparison.rungs().count(), 3);
    }

    #[test]
    fn rungs_are_matched_by_name_and_scenarios_at_any_effort() {
        let old = record(&[(
            "arenas",
            case(&["naive", "gone", "fast"], vec![scenario(10, 1.0, &[500, 7_000])]),
        )]);
        let mut now = scenario(10, 1.0, &[7_000, 900]);
        now.scenario.effort = Effort::Full;
        let new = record(&[("arenas", case(&["naive", "fast", "fresh"], vec![now]))]);
        let comparison = Comparison::new(&old, &new);
        assert_eq!(verdicts(&comparison), [("fast", Verdict::CannotTell)]);
        assert_eq!(comparison.removed, ["arenas: rung gone"]);
        assert_eq!(comparison.added, ["arenas: rung fresh"]);
    }

    #[test]
    fn a_case_that_fails_now_is_a_regression() {
        let old = one(100.0, 11_000, 6_931);
        let mut new = record(&[("arenas", case(&["naive"], vec![]))]);
        new.cases.get_mut("arenas").unwrap().failure = Some("it does not compile".into());
        let comparison = Comparison::new(&old, &new);
        assert_eq!(comparison.failures, [("arenas".into(), "it does not compile".into())]);
        assert_eq!(comparison.regressions(), 1);
        assert_eq!(Comparison::new(&new, &new).regressions(), 0, "it failed before");
        assert_eq!(Comparison::new(&new, &old).regressions(), 0, "it was mended");
    }

    #[test]
    fn agreement_counts_verdicts_against_naive() {
        let comparison = Comparison::new(&one(1.0, 5_000, 3_000), &one(1.0, 9_000, 0));
        assert_eq!(comparison.agreement, Agreement { same: 1, opposite: 0, all: 2 });
        let comparison = Comparison::new(&one(1.0, 5_000, 3_000), &one(1.0, -5_000, 3_000));
        assert_eq!(comparison.agreement, Agreement { same: 1, opposite: 1, all: 2 });
    }

    #[test]
    fn what_differs_is_named() {
        use FactKind::*;
        let old = one(1.0, 0, 0);
        let differing = |change: &dyn Fn(&mut Record)| {
            let mut new = old.clone();
            change(&mut new);
            let comparison = Comparison::new(&old, &new);
            let unequal = comparison.facts.iter().filter(|fact| !fact.equal);
            unequal.map(|fact| (fact.name, fact.kind)).collect::<Vec<_>>()
        };
        assert_eq!(differing(&|new| new.machine.cores = 7), [("cores", Machine)]);
        assert_eq!(differing(&|new| new.machine.processor.clear()), [("processor", Machine)]);
        assert_eq!(differing(&|new| new.toolchain.flags = "-O".into()), [("flags", Toolchain)]);
        assert_eq!(differing(&|new| new.commit = Some("abc+".into())), [("commit", Code)]);
        let file = UserFile { name: "mine.csv".into(), bytes: 7, ..UserFile::default() };
        assert_eq!(differing(&|new| new.file = Some(file.clone())), [("file", Input)]);

        let mut unknown = old.clone();
        unknown.machine.processor.clear();
        assert!(!Comparison::new(&unknown, &unknown).equal(Machine), "two unknown machines");
        let mut changed = old.clone();
        changed.commit = Some("abc+".into());
        assert!(!Comparison::new(&changed, &changed).equal(Code), "two trees with changes");
    }
}
