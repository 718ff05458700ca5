//! Hardware counters: the bench binary reads them around each rung's calls; here raw counts become
//! events of one call.

use protocol::{Counting, Event, RungCounts};

use super::{Subject, scenario};
use record::{Counted, Counters, Found};

/// Nanoseconds a call up to which the scenario that stands for the case is counted.
const SLOWEST: f64 = 3e8;

/// Counts the scenario that stands for the case: it is what was timed.
pub fn gather(subject: &Subject) -> Found<Counted<Counters>> {
    let Some(measured) = scenario::representative(subject.measured, SLOWEST) else {
        return Found::default();
    };
    let scenario = &measured.scenario;
    match subject.binary.counters(scenario) {
        Ok(Counting::Counted(rungs)) => Found::Here(Counted {
            scenario: scenario.clone(),
            rungs: rungs.iter().map(|rung| rung.as_ref().map(per_call)).collect(),
        }),
        Ok(Counting::Unavailable(why)) => Found::Unavailable(why),
        Err(failure) => Found::Unavailable(format!("the counting process failed: {failure}")),
    }
}

/// Scales counts of counters that took turns, and divides them by the calls.
fn per_call(counts: &RungCounts) -> Counters {
    let of = |event: Event| {
        let count = counts.events.iter().find(|count| count.event == event)?;
        Some(count.scaled()? / counts.calls.max(1) as f64)
    };
    let shares = counts.events.iter().filter(|count| count.running > 0);
    let running = shares.map(|count| count.running as f64 / count.enabled as f64);
    Counters {
        cycles: of(Event::Cycles),
        instructions: of(Event::Instructions),
        branches: of(Event::Branches),
        mispredictions: of(Event::Mispredictions),
        l1_misses: of(Event::L1Misses),
        last_level_misses: of(Event::LastLevelMisses),
        running: running.fold(1.0, f64::min),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::EventCount;

    #[test]
    fn events_are_scaled_to_the_whole_time_and_to_one_call() {
        let count = |event, count, running| EventCount { event, count, enabled: 100, running };
        let counts = RungCounts {
            calls: 10,
            events: vec![
                count(Event::Cycles, 4_000, 100),
                count(Event::Instructions, 3_000, 50),
                count(Event::LastLevelMisses, 0, 0),
            ],
        };
        let expected = Counters {
            cycles: Some(400.0),
            instructions: Some(600.0),
            running: 0.5,
            ..Counters::default()
        };
        assert_eq!(per_call(&counts), expected, "what never ran is no count of zero");
    }

    #[test]
    fn counters_that_always_ran_are_not_scaled() {
        let cycles = EventCount { event: Event::Cycles, count: 70, enabled: 9, running: 9 };
        let counted = per_call(&RungCounts { calls: 7, events: vec![cycles] });
        assert_eq!((counted.cycles, counted.running), (Some(10.0), 1.0));
        assert_eq!(counted.branches, None);
    }

    #[test]
    fn answers_of_bench_binaries_are_read() {
        let text = r#"{"counted":[{"calls":2,"events":[
            {"event":"l1_misses","count":8,"enabled":4,"running":2}]},null]}"#;
        let Ok(Counting::Counted(rungs)) = serde_json::from_str(text) else { panic!("{text}") };
        assert_eq!(per_call(rungs[0].as_ref().unwrap()).l1_misses, Some(8.0));
        assert_eq!(rungs[1], None);
        let why = serde_json::from_str::<Counting>(r#"{"unavailable":"forbidden"}"#).unwrap();
        assert_eq!(why, Counting::Unavailable("forbidden".to_owned()));
    }
}
