//! What has to be known beside counts: which processor was simulated, what simulation cannot see,
//! and whether counters took turns.

use maud::{Markup, html};

use crate::html::joined;
use judge::summary::CaseSummary;
use judge::words::format;
use record::{Counters, Evidence, Simulator};

/// Instructions retired in a cycle.
pub fn per_cycle(counts: &Counters) -> Option<f64> {
    Some(counts.instructions? / counts.cycles.filter(|cycles| *cycles > 0.0)?)
}

/// A paragraph for each way of counting that told something.
pub fn notes(summary: &CaseSummary, evidence: &Evidence) -> Markup {
    let simulation = evidence.simulated.here().zip(evidence.simulator.as_ref());
    html! {
        @if let Some((counted, simulator)) = simulation {
            @let rungs = summary.rungs.iter().zip(&counted.rungs);
            @let missing = rungs.filter(|(_, counts)| counts.is_none());
            p.small { (simulated(simulator, &missing.map(|(name, _)| *name).collect::<Vec<_>>())) }
        }
        @if let Some(counted) = evidence.counters.here() {
            @let shares = counted.rungs.iter().flatten().map(|counts| counts.running);
            p.small { (processor(shares.fold(1.0, f64::min))) }
        }
    }
}

fn simulated(simulator: &Simulator, missing: &[&str]) -> Markup {
    let sizes = if simulator.as_advertised { "as this machine says" } else { "usual sizes" };
    let inputs = match simulator.inputs {
        1 => "on one input".to_owned(),
        n => format!("on {n} inputs in turn"),
    };
    let calls = format!("{} {}", simulator.calls, format::plural("call", simulator.calls));
    let bytes = |size| format::bytes(size as f64);
    html! {
        "Simulated with " (simulator.program) ": the average of " (calls) " " (inputs)
        ", after a first one on each. First level " (bytes(simulator.first_level))
        " for instructions and for data, last level " (bytes(simulator.last_level)) " (" (sizes)
        "), none between. It has no AVX-512, so that a rung that chooses instructions at run time \
         may choose others than it was timed with; its branch predictor is a model from 2004; \
         threads run one at a time; the system's own work is not counted. Where hash maps draw \
         random keys or threads wait for each other, counts differ a little from run to run."
        @if !missing.is_empty() {
            @let names = missing.iter().map(|name| html! { code { (name) } });
            " It cannot run " (joined(names, ", ")) "."
        }
    }
}

fn processor(running: f64) -> Markup {
    html! {
        "Counted by the processor in all threads, without the system's own work."
        @if running < 0.995 {
            " It has too few counters for all events at once: they took turns, the rarest counted "
            (format::share(running)) " of the time, and counts are scaled up."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Machine;
    use record::fixture::record;
    use record::{Counted, Found};

    #[test]
    fn the_model_and_its_limits_stand_beside_the_figures() {
        let record = record();
        let case = &record.cases["words"];
        let summary = CaseSummary::new(case, &Machine::default()).unwrap();
        let evidence = case.evidence.as_ref().unwrap();
        let note = notes(&summary, evidence).into_string();
        for part in [
            "valgrind-3.19.0",
            "10 calls on one input",
            "32 KiB",
            "32 MiB",
            "AVX-512",
            "2004",
            "one at a time",
            "cannot run <code>wide</code>",
        ] {
            assert!(note.contains(part), "{part}: {note}");
        }
        let without = Evidence { simulator: None, ..evidence.clone() };
        assert_eq!(notes(&summary, &without).into_string(), "");
    }

    #[test]
    fn counters_that_took_turns_are_said_to_have() {
        let record = record();
        let case = &record.cases["words"];
        let summary = CaseSummary::new(case, &Machine::default()).unwrap();
        let with = |running| {
            let counts = Counters { running, ..Counters::default() };
            let scenario = case.scenarios[0].scenario.clone();
            let counters = Found::Here(Counted { scenario, rungs: vec![Some(counts), None] });
            notes(&summary, &Evidence { counters, ..Evidence::default() }).into_string()
        };
        assert!(with(0.4).contains("40 %") && with(0.4).contains("scaled"));
        assert!(!with(1.0).contains("turns"));
    }

    #[test]
    fn instructions_per_cycle_need_both() {
        let counts =
            |cycles, instructions| Counters { cycles, instructions, ..Counters::default() };
        assert_eq!(per_cycle(&counts(Some(2.0), Some(5.0))), Some(2.5));
        assert_eq!(per_cycle(&counts(None, Some(5.0))), None);
        assert_eq!(per_cycle(&counts(Some(0.0), Some(5.0))), None);
    }
}
