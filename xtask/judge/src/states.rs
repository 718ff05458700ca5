//! Rungs whose time depends on the process they are called in: in some it is one, in the others
//! another, and hardly ever one between. Their code and input are the same; the addresses of both,
//! what the allocator gives back, and the core that a thread comes to are not.

use record::ScenarioRecord;

use crate::stats;
use crate::summary::Summaries;
use protocol::Scenario;

/// The slower time is at least so many times the faster one.
const APART: f64 = 1.2;
/// As many processes must be in each state: one alone may have been disturbed.
const FEWEST: usize = 2;
/// And as many must be known.
const ENOUGH: usize = 6;

/// Two states of a rung.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct States {
    /// The faster one.
    pub fast: State,
    /// The slower one.
    pub slow: State,
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

/// The states of a rung, if it has two: the widest gap between its times is wider than what either
/// side of it spans, and naive, in the same processes, has no such gap, which would be what they
/// were done beside.
pub fn of(scenario: &ScenarioRecord, rung: usize) -> Option<States> {
    let mut processes: Vec<Process> = processes(scenario, rung).collect();
    processes.sort_by(|one, other| one.ns.total_cmp(&other.ns));
    let log = |at: usize| processes[at].ns.ln();
    let splits = FEWEST..(processes.len() + 1).saturating_sub(FEWEST);
    let gap = |split: usize| log(split) - log(split - 1);
    let split = splits.max_by(|&one, &other| gap(one).total_cmp(&gap(other)))?;
    let last = processes.len() - 1;
    let spans = (log(split - 1) - log(0)).max(log(last) - log(split));
    let (fast, slow) = processes.split_at(split);
    let naive = |of: &[Process]| middle(of, |process| process.naive).ln();
    let shared = rung > 0 && naive(slow) - naive(fast) > gap(split) / 2.0;
    let are_two = processes.len() >= ENOUGH && gap(split) >= APART.ln() && gap(split) > spans;
    (are_two && !shared).then(|| States { fast: state(fast), slow: state(slow) })
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

/// A rung in a scenario in which it has two states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'a> {
    /// The case.
    pub case: &'a str,
    /// Distribution and size.
    pub scenario: &'a Scenario,
    /// The rung's number.
    pub rung: usize,
    /// Its states.
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

    /// Times of naive and of a rung by process.
    fn scenario(times: &[(f64, f64)]) -> ScenarioRecord {
        let mut scenario = fixture::record().cases["words"].scenarios[0].clone();
        scenario.times = times.iter().map(|&(naive, rung)| vec![naive, 0.0, rung]).collect();
        scenario.faults.clear();
        scenario
    }

    fn rung(times: &[f64]) -> Option<States> {
        of(&scenario(&times.iter().map(|time| (100.0, *time)).collect::<Vec<_>>()), 2)
    }

    #[test]
    fn two_times_and_none_between_are_two_states() {
        let mut record = scenario(&[6.0, 16.0, 6.1, 5.9, 17.0, 16.4, 6.2].map(|time| (50.0, time)));
        let found = of(&record, 2).unwrap();
        assert_eq!(found.fast, State { processes: 4, ns: 6.05, faults: None });
        assert_eq!(found.slow, State { processes: 3, ns: 16.4, faults: None });
        record.faults = [0.0, 4.0, 0.0, 0.0, 4.0, 5.0, 0.0].map(|of| vec![9.0, 0.0, of]).to_vec();
        let faults = of(&record, 2).map(|found| (found.fast.faults, found.slow.faults));
        assert_eq!(faults, Some((Some(0.0), Some(4.0))));
        assert_eq!(of(&record, 0), None, "naive takes always the same");
        assert_eq!(of(&record, 1), None, "it did not run");
    }

    #[test]
    fn what_is_spread_or_close_or_once_or_too_few_is_one_state() {
        assert_eq!(rung(&[5.0, 6.0, 7.0, 8.0, 9.0, 11.0, 13.0]), None, "spread");
        assert_eq!(rung(&[5.0, 5.0, 5.0, 5.9, 5.9, 5.9]), None, "close");
        assert!(rung(&[5.0, 5.0, 5.0, 6.1, 6.1, 6.1]).is_some());
        assert_eq!(rung(&[5.0, 5.0, 5.0, 5.0, 5.0, 9.0]), None, "once");
        assert_eq!(rung(&[5.0, 5.0, 9.0, 9.0, 9.0]), None, "too few");
        assert_eq!(rung(&[]), None);
    }

    #[test]
    fn what_happens_to_naive_too_is_none_of_the_rung() {
        let both = [(100.0, 5.0), (101.0, 5.1), (200.0, 10.0), (201.0, 10.1), (200.0, 9.9)];
        let mut both = both.to_vec();
        both.push((99.0, 5.0));
        let record = scenario(&both);
        assert_eq!(of(&record, 2), None);
        assert!(of(&record, 0).is_some(), "told once, of naive");
    }
}
