//! The plots of a case: time against size, and every ratio to naive.

use maud::{Markup, html};

use protocol::{Axis, Items, Machine};

use crate::html::class;
use crate::plot::{self, Line, Lines, Row, Scale};
use judge::summary::{CaseSummary, ScenarioSummary};
use judge::words::format;
use judge::words::scenario;

/// All plots, each with its caption.
pub fn plots(summary: &CaseSummary, machine: &Machine) -> Markup {
    html! {
        (tail_plots(summary))
        @for (input, scenarios) in summary.distributions() {
            (time_plot(summary, input, &scenarios, machine))
        }
        figure {
            (ratio_plot(summary))
            figcaption {
                "Every scenario against naive: right of the line is faster. The filled dot is "
                code { (summary.rungs[summary.optimized]) } ", the open one the peer, the small \
                 ones are the rungs between."
            }
        }
    }
}

/// Time against size, or against what varies instead; empty where nothing varies.
fn time_plot(
    summary: &CaseSummary,
    input: &str,
    scenarios: &[&ScenarioSummary],
    machine: &Machine,
) -> Markup {
    let (item, axis) = (summary.item(), summary.axis(input));
    let (lines, linear) = time_lines(summary, scenarios, axis);
    let marks = match axis.map(|axis| axis.items) {
        Some(Items::Always(_)) => Vec::new(),
        // What a matrix takes grows with the square of its side, whatever is counted.
        Some(Items::Power(_)) => cache_marks(scenarios, machine, f64::sqrt),
        None => cache_marks(scenarios, machine, |share| share),
    };
    let quantity = axis.map(varies);
    let number = || format!("number of {}", format::plural(item, 2));
    let x_quantity = quantity.clone().unwrap_or_else(number);
    let svg = Lines {
        title: &format!("Time per {item} against {x_quantity}, {input}"),
        x_label: &format!("{x_quantity}, {}", if linear { "linear" } else { "logarithmic" }),
        y_label: &format!("time per {item}"),
        x_scale: if linear { Scale::Linear } else { Scale::Decimal },
        x_text: format::short_count,
        y_text: format::time,
        lines,
        marks,
    }
    .svg();
    if svg.0.is_empty() {
        return svg;
    }
    html! {
        figure {
            (svg)
            figcaption {
                "Time per " (item) " for “" (input) "”, by "
                (quantity.as_deref().unwrap_or("size")) ". Bands are 95 % intervals."
                @if axis.is_none() { (caches(machine).1) }
            }
        }
    }
}

/// "% short": what varies instead of the size.
fn varies(axis: &Axis) -> String {
    format!("{} {}", axis.unit.trim(), axis.quantity).trim().to_owned()
}

/// A line for each rung that was measured, and the limit; and whether x has a zero.
fn time_lines(
    summary: &CaseSummary,
    scenarios: &[&ScenarioSummary],
    axis: Option<&Axis>,
) -> (Vec<Line>, bool) {
    let per = |scenario: &ScenarioSummary| summary.items(&scenario.record.scenario).max(1) as f64;
    let x = |scenario: &ScenarioSummary| match axis {
        Some(_) => scenario.record.scenario.n as f64,
        None => per(scenario),
    };
    let limit = |scenario: &&ScenarioSummary| {
        let least = scenario.least? / per(scenario);
        Some((x(scenario), least, least, least))
    };
    let mut points: Vec<_> = scenarios.iter().filter_map(limit).collect();
    // Where it binds at one size alone there is no line to draw.
    if points.len() < 2 {
        points.clear();
    }
    let mut lines = vec![Line { label: "limit".to_owned(), class: "limit", points }];
    lines.extend((0..summary.rungs.len()).map(|rung| {
        let point = |scenario: &&ScenarioSummary| {
            let (n, time) = (per(scenario), scenario.rungs[rung].as_ref()?.time);
            Some((x(scenario), time.mid / n, time.low / n, time.high / n))
        };
        let points = scenarios.iter().filter_map(point).collect();
        Line { label: summary.rungs[rung].to_owned(), class: class(summary, rung), points }
    }));
    lines.retain(|line| !line.points.is_empty());
    (lines, scenarios.iter().any(|scenario| x(scenario) == 0.0))
}

/// How long the slowest calls take, where the case asks for it.
fn tail_plots(summary: &CaseSummary) -> Markup {
    html! { @for scenario in &summary.scenarios { (tail_plot(summary, scenario)) } }
}

fn tail_plot(summary: &CaseSummary, scenario: &ScenarioSummary) -> Markup {
    let tails = summary.rungs.iter().enumerate().filter_map(|(rung, name)| {
        let tail = scenario.rungs[rung].as_ref()?.tail?;
        let quantiles = [tail.p50, tail.p90, tail.p99, tail.p99_9, tail.p99_99];
        let points = [2.0, 10.0, 100.0, 1e3, 1e4].into_iter().zip(quantiles);
        Some(Line {
            label: (*name).to_owned(),
            class: class(summary, rung),
            points: points.map(|(x, ns)| (x, ns, ns, ns)).collect(),
        })
    });
    let lines: Vec<Line> = tails.collect();
    if lines.is_empty() {
        return Markup::default();
    }
    let at = scenario::long(summary, &scenario.record.scenario);
    let svg = Lines {
        title: &format!("How long the slowest calls take, {at}"),
        x_label: "one call in so many takes at least this long",
        y_label: "time of one call",
        x_scale: Scale::Decimal,
        x_text: |x| format::count(x as usize),
        y_text: format::time,
        lines,
        marks: Vec::new(),
    }
    .svg();
    html! {
        figure {
            (svg)
            figcaption {
                "The tail at " (at) ": single calls, the clock's own cost included. At the right \
                 end is one call in ten thousand; there the system interrupts every rung alike."
            }
        }
    }
}

/// The sizes at which naive's data outgrows each cache.
fn cache_marks(
    scenarios: &[&ScenarioSummary],
    machine: &Machine,
    size: fn(f64) -> f64,
) -> Vec<(f64, String)> {
    let Some(largest) = scenarios.last() else { return Vec::new() };
    let record = largest.record;
    let bytes =
        record.data_bytes.first().copied().flatten().map_or(record.within, |bytes| bytes as f64);
    if bytes <= 0.0 {
        return Vec::new();
    }
    let n = record.scenario.n as f64;
    let level =
        |(at, cache): (usize, &u64)| (n * size(*cache as f64 / bytes), format!("L{}", at + 1));
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

fn ratio_plot(summary: &CaseSummary) -> Markup {
    let in_order = summary.distributions().into_iter().flat_map(|(_, scenarios)| scenarios);
    let rows: Vec<Row> = in_order
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
            let n = scenario::value(summary, &scenario.record.scenario);
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
