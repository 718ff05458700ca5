//! Rungs whose time depends on the process they are called in: their code and input are the same;
//! the addresses of both, what the allocator gives back, and the core that a thread comes to are
//! not.

use protocol::Scenario;
use record::ScenarioRecord;

use crate::stats;
use crate::summary::Summaries;

/// The slower time is at least so many times the faster one.
pub const APART: f64 = 1.2;
/// As many processes must be in each of two states: one alone may have been disturbed.
const FEWEST: usize = 2;
/// And as many must be known.
pub const ENOUGH: usize = 6;
/// Share of what times differ by that goes with the page faults, where those are why.
const EXPLAINED: f64 = 0.8;

/// How the times of a rung differ by the process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct States {
    /// Why it is told.
    pub kind: Kind,
    /// The faster state, or the processes with the fewest page faults.
    pub fast: State,
    /// The slower state, or the processes with the most.
    pub slow: State,
}

/// Why the times of a rung are told by the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is one of two times, and hardly ever one between.
    Two,
    /// It goes with the page faults of its process: those of the fastest and of the slowest
    /// quarter are told.
    Pages,
}

/// Processes in which a rung takes about the same time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// How many.
    pub processes: usize,
    /// Nanoseconds per call: the median.
    pub ns: f64,
    /// Pages that the system hands over per call: the median; `None` where nobody counted.
    pub faults: Option<f64>,
}

/// A rung in a process.
#[derive(Clone, Copy)]
struct Process {
    ns: f64,
    naive: f64,
    faults: Option<f64>,
}

/// How the times of a rung differ by the process, if they do.
pub fn of(scenario: &ScenarioRecord, rung: usize) -> Option<States> {
    let mut processes: Vec<Process> = processes(scenario, rung).collect();
    if processes.len() < ENOUGH {
        return None;
    }
    processes.sort_by(|one, other| one.ns.total_cmp(&other.ns));
    two(&processes, rung == 0).or_else(|| by_pages(&processes))
}

/// Two states: the widest gap between its times is wider than what either side of it spans, and
/// naive, in the same processes, has no such gap, which would be what they were done beside.
fn two(processes: &[Process], is_naive: bool) -> Option<States> {
    let log = |at: usize| processes[at].ns.ln();
    let gap = |split: usize| log(split) - log(split - 1);
    let last = processes.len() - 1;
    let splits = FEWEST..=processes.len() - FEWEST;
    let split = splits.max_by(|&one, &other| gap(one).total_cmp(&gap(other)))?;
    let spans = (log(split - 1) - log(0)).max(log(last) - log(split));
    let (fast, slow) = processes.split_at(split);
    let naive = |of: &[Process]| middle(of, |process| process.naive).ln();
    let shared = !is_naive && naive(slow) - naive(fast) > gap(split) / 2.0;
    let are_two = gap(split) >= APART.ln() && gap(split) > spans && !shared;
    are_two.then(|| States { kind: Kind::Two, fast: state(fast), slow: state(slow) })
}

/// Times that go with page faults.
fn by_pages(processes: &[Process]) -> Option<States> {
    let faults: Vec<f64> = processes.iter().map(|process| process.faults).collect::<Option<_>>()?;
    let times: Vec<f64> = processes.iter().map(|process| process.ns).collect();
    let quarter = processes.len().div_ceil(4);
    let fast = state(&processes[..quarter]);
    let slow = state(&processes[processes.len() - quarter..]);
    let told = slow.ns >= APART * fast.ns && rises(&faults, &times) >= EXPLAINED;
    told.then_some(States { kind: Kind::Pages, fast, slow })
}

/// Share of what one list differs by that goes with another, where both rise together; else 0.
fn rises(x: &[f64], y: &[f64]) -> f64 {
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let (x_mean, y_mean) = (mean(x), mean(y));
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| of(x - x_mean, y - y_mean)).sum()
    };
    let both = sum(&|x, y| x * y);
    let alone = sum(&|x, _| x * x) * sum(&|_, y| y * y);
    if both > 0.0 && alone > 0.0 { both * both / alone } else { 0.0 }
}

fn processes(scenario: &ScenarioRecord, rung: usize) -> impl Iterator<Item = Process> {
    let process = move |(at, times): (usize, &Vec<f64>)| {
        let faults = scenario.faults.get(at).and_then(|faults| faults.get(rung)).copied();
        Some(Process { ns: *times.get(rung)?, naive: *times.first()?, faults })
    };
    let known = scenario.times.iter().enumerate().filter_map(process);
    known.filter(|process| process.ns > 0.0 && process.naive > 0.0)
}

fn state(processes: &[Process]) -> State {
    let faults = processes.iter().all(|process| process.faults.is_some());
    State {
        processes: processes.len(),
        ns: middle(processes, |process| process.ns),
        faults: faults.then(|| middle(processes, |process| process.faults.unwrap_or(0.0))),
    }
}

fn middle(processes: &[Process], of: impl Fn(&Process) -> f64) -> f64 {
    stats::median(&mut processes.iter().map(of).collect::<Vec<f64>>())
}

/// A rung in a scenario in which it differs by the process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'a> {
    /// The case.
    pub case: &'a str,
    /// Distribution and size.
    pub scenario: &'a Scenario,
    /// The rung's number.
    pub rung: usize,
    /// How it differs.
    pub states: States,
}

/// All that a record has, those that are furthest apart first, and of how many.
pub fn all<'a>(cases: &'a Summaries<'a>) -> (Vec<Place<'a>>, usize) {
    let (mut places, mut known) = (Vec::new(), 0);
    for (case, summary) in cases {
        for scenario in &summary.scenarios {
            for rung in (0..scenario.rungs.len()).filter(|rung| scenario.rungs[*rung].is_some()) {
                known += 1;
                let scenario = scenario.record;
                let place = |states| Place { case, scenario: &scenario.scenario, rung, states };
                places.extend(of(scenario, rung).map(place));
            }
        }
    }
    let apart = |place: &Place| place.states.slow.ns / place.states.fast.ns;
    places.sort_by(|one, other| apart(other).total_cmp(&apart(one)));
    (places, known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::fixture;

    /// Times of naive and of a rung by process, and the rung's page faults.
    fn scenario(times: &[(f64, f64)], faults: &[f64]) -> ScenarioRecord {
        let mut scenario = fixture::record().cases["words"].scenarios[0].clone();
        scenario.times = times.iter().map(|&(naive, rung)| vec![naive, 0.0, rung]).collect();
        scenario.faults = faults.iter().map(|of| vec![9.0, 0.0, *of]).collect();
        scenario
    }

    fn rung(times: &[f64], faults: &[f64]) -> Option<States> {
        of(&scenario(&times.iter().map(|time| (100.0, *time)).collect::<Vec<_>>(), faults), 2)
    }

    #[test]
    fn two_times_and_none_between_are_two_states() {
        let times = [6.0, 16.0, 6.1, 5.9, 17.0, 16.4, 6.2].map(|time| (50.0, time));
        let found = of(&scenario(&times, &[]), 2).unwrap();
        assert_eq!(found.kind, Kind::Two);
        assert_eq!(found.fast, State { processes: 4, ns: 6.05, faults: None });
        assert_eq!(found.slow, State { processes: 3, ns: 16.4, faults: None });
        let counted = scenario(&times, &[0.0, 4.0, 0.0, 0.0, 4.0, 5.0, 0.0]);
        let faults = of(&counted, 2).map(|found| (found.fast.faults, found.slow.faults));
        assert_eq!(faults, Some((Some(0.0), Some(4.0))));
        assert_eq!(of(&counted, 0), None, "naive takes always the same");
        assert_eq!(of(&counted, 1), None, "it did not run");
    }

    #[test]
    fn what_is_spread_or_close_or_once_or_too_few_is_one_state() {
        assert_eq!(rung(&[5.0, 6.0, 7.0, 8.0, 9.0, 11.0, 13.0], &[]), None, "spread");
        assert_eq!(rung(&[5.0, 5.0, 5.0, 5.9, 5.9, 5.9], &[]), None, "close");
        assert!(rung(&[5.0, 5.0, 5.0, 6.1, 6.1, 6.1], &[]).is_some());
        assert_eq!(rung(&[5.0, 5.0, 5.0, 5.0, 5.0, 9.0], &[]), None, "once");
        assert_eq!(rung(&[5.0, 5.0, 9.0, 9.0, 9.0], &[]), None, "too few");
        assert_eq!(rung(&[], &[]), None);
    }

    #[test]
    fn what_happens_to_naive_too_is_none_of_the_rung() {
        let both = [99.0, 100.0, 101.0, 200.0, 201.0, 200.0].map(|time| (time, time / 20.0));
        let record = scenario(&both, &[]);
        assert_eq!(of(&record, 2), None);
        assert!(of(&record, 0).is_some(), "told once, of naive");
    }

    #[test]
    fn a_spread_that_goes_with_page_faults_is_told_by_its_quarters() {
        let times = [5.0, 6.0, 7.0, 8.0, 9.0, 11.0, 13.0];
        let found = rung(&times, &[0.0, 1.1, 2.0, 3.2, 4.0, 6.0, 8.0]).unwrap();
        assert_eq!(found.kind, Kind::Pages);
        assert_eq!(found.fast, State { processes: 2, ns: 5.5, faults: Some(0.55) });
        assert_eq!(found.slow, State { processes: 2, ns: 12.0, faults: Some(7.0) });
        assert_eq!(rung(&times, &[4.0, 4.1, 4.0, 3.9, 4.0, 4.1, 4.0]), None, "they do not rise");
        assert_eq!(rung(&times, &[8.0, 6.0, 4.0, 3.2, 2.0, 1.1, 0.0]), None, "they fall");
        assert_eq!(rung(&times, &[3.0; 7]), None, "they are the same");
    }
}
