//! The plots of a case: time against size, and every ratio to naive.

use std::fmt::Write as _;

use protocol::Machine;

use super::case::{class, item};
use super::format::{self, escape};
use crate::plot::{self, Line, Lines, Row};
use crate::summary::{CaseSummary, ScenarioSummary};

pub fn plots(summary: &CaseSummary, machine: &Machine) -> String {
    let mut html = String::new();
    for (input, scenarios) in summary.distributions() {
        let svg = time_plot(summary, input, &scenarios, machine);
        if !svg.is_empty() {
            let _ = write!(
                html,
                "\n<figure>{svg}<figcaption>Time per {} for “{}”, by size. Bands are 95 % intervals.{}</figcaption></figure>\n",
                item(summary),
                escape(input),
                caches(machine).1
            );
        }
    }
    let forest = ratio_plot(summary);
    let _ = write!(
        html,
        "\n<figure>{forest}<figcaption>Every scenario against naive: right of the line is faster. The filled dot is our best rung, the open one the peer, the small ones are the rungs between.</figcaption></figure>\n"
    );
    html
}

fn time_plot(
    summary: &CaseSummary,
    input: &str,
    scenarios: &[&ScenarioSummary],
    machine: &Machine,
) -> String {
    let item = item(summary);
    let per = |scenario: &ScenarioSummary| scenario.record.scenario.n.max(1) as f64;
    let mut lines: Vec<Line> = (0..summary.rungs.len())
        .map(|rung| {
            let point = |scenario: &&ScenarioSummary| {
                let (n, time) = (per(scenario), scenario.rungs[rung].as_ref()?.time);
                Some((n, time.mid / n, time.low / n, time.high / n))
            };
            let points = scenarios.iter().filter_map(point).collect();
            Line { label: summary.rungs[rung].to_owned(), class: class(summary, rung), points }
        })
        .filter(|line| !line.points.is_empty())
        .collect();
    let limit = |scenario: &&ScenarioSummary| {
        let least = scenario.least? / per(scenario);
        Some((per(scenario), least, least, least))
    };
    let points: Vec<_> = scenarios.iter().filter_map(limit).collect();
    if !points.is_empty() {
        lines.insert(0, Line { label: "limit".to_owned(), class: "limit", points });
    }
    let unit = format::plural(item, 2);
    let marks = cache_marks(scenarios, machine);
    Lines {
        title: &format!("Time per {item} against number of {unit}, {input}"),
        x_label: &format!("{unit}, logarithmic"),
        y_label: &format!("time per {item}"),
        binary: false,
        x_text: format::short_count,
        y_text: format::time,
        lines,
        marks,
    }
    .svg()
}

/// The sizes at which naive's data outgrows each cache.
fn cache_marks(scenarios: &[&ScenarioSummary], machine: &Machine) -> Vec<(f64, String)> {
    let Some(largest) = scenarios.last() else { return Vec::new() };
    let record = largest.record;
    let bytes =
        record.data_bytes.first().copied().flatten().map_or(record.within, |bytes| bytes as f64);
    let per_item = bytes / record.scenario.n.max(1) as f64;
    if per_item <= 0.0 {
        return Vec::new();
    }
    let level = |(at, size): (usize, &u64)| (*size as f64 / per_item, format!("L{}", at + 1));
    caches(machine).0.iter().enumerate().map(level).collect()
}

/// The sizes of the caches, and what the caption says of them. As latency shows them, if that is
/// known: in a virtual machine a program has less of the larger ones than is advertised.
fn caches(machine: &Machine) -> (&[u64], &'static str) {
    match (machine.effective_caches.as_slice(), machine.caches.as_slice()) {
        ([], []) => (&[], ""),
        ([], advertised) => {
            (advertised, " Marks: where naive's data outgrows each cache, of its advertised size.")
        }
        (effective, _) => (
            effective,
            " Marks: where naive's data outgrows each cache, as the latencies of this machine show \
             its size.",
        ),
    }
}

fn ratio_plot(summary: &CaseSummary) -> String {
    let rows: Vec<Row> = summary
        .scenarios
        .iter()
        .map(|scenario| {
            let dots = (1..summary.rungs.len()).filter_map(|rung| {
                let ratio = scenario.rungs[rung].as_ref()?.against_naive?.ratio;
                Some((class(summary, rung), ratio.mid, ratio.low, ratio.high))
            });
            // Our best last, so that it is drawn on top.
            let mut dots: Vec<_> = dots.collect();
            dots.sort_by_key(|dot| dot.0 == "best");
            let best =
                scenario.rungs[summary.optimized].as_ref().and_then(|rung| rung.against_naive);
            let n = format::short_count(scenario.record.scenario.n as f64);
            Row {
                label: format!("{}, {n}", scenario.record.scenario.input),
                link: None,
                dots,
                text: best.map_or(String::new(), format::short_verdict),
            }
        })
        .collect();
    plot::forest("Ratio to naive in every scenario", "times as fast as naive, logarithmic", &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caches_are_marked_as_measured_and_else_as_advertised() {
        let mut machine = Machine::default();
        assert_eq!(caches(&machine), (&[][..], ""));
        machine.caches = vec![32 << 10, 32 << 20];
        let (sizes, caption) = caches(&machine);
        assert!(sizes == [32 << 10, 32 << 20] && caption.contains("advertised"));
        machine.effective_caches = vec![32 << 10, 4 << 20];
        let (sizes, caption) = caches(&machine);
        assert!(sizes == [32 << 10, 4 << 20] && caption.contains("latencies"));
    }
}
