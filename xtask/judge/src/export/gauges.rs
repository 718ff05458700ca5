//! A record's figures as what dashboards follow: quantities with a value for each rung, scenario
//! and run, named and labelled as OpenTelemetry advises.

use super::{Row, short};
use crate::summary::{CaseSummary, Outcome};
use record::Record;

/// A quantity that goes up and down.
pub(super) struct Gauge {
    /// Words with dots between them.
    pub name: &'static str,
    pub unit: Unit,
    pub help: &'static str,
    /// One at least.
    pub points: Vec<Point>,
}

/// What a quantity is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Bytes,
    Ratio,
    /// Things, or a one for what is so.
    Number,
}

/// A value, and what it is a value of.
pub(super) struct Point {
    pub labels: Vec<(&'static str, String)>,
    pub value: f64,
}

/// All that was measured of the chosen rows, and what their run was.
pub(super) fn gauges(record: &Record, rows: &[Row]) -> Vec<Gauge> {
    use Unit::{Bytes, Number, Ratio, Seconds};
    let count = |value: Option<u64>| value.map(|value| value as f64);
    let seconds = |row: &Row| bounds([row.ns_low, row.ns_per_call, row.ns_high], 1e-9);
    let ratios = |row: &Row| bounds([row.ratio_low, row.ratio_to_naive, row.ratio_high], 1.0);
    let verdicts = |row: &Row| {
        let word = row.ratio_to_naive.map(|_| row.verdict.clone());
        word.map(|word| (vec![("verdict", word)], 1.0)).into_iter().collect()
    };
    let time = "Median time of one call over the paired runs, with its interval";
    let speedup = "Time of naive over that of the rung, with its interval";
    let gauges = [
        of("casebook.call.time", Seconds, time, rows, seconds),
        of("casebook.call.speedup", Ratio, speedup, rows, ratios),
        of("casebook.call.verdict", Number, "1 for what a rung is beside naive", rows, verdicts),
        of("casebook.call.allocations", Number, "Allocations in one call", rows, |row| {
            alone(count(row.allocations))
        }),
        of("casebook.call.peak", Bytes, "Bytes that one call keeps alive at most", rows, |row| {
            alone(count(row.peak_bytes))
        }),
        of("casebook.call.instructions", Number, "Simulated, in one call", rows, |row| {
            alone(row.simulated_instructions)
        }),
        claims(record, rows),
        run(record),
    ];
    gauges.into_iter().filter(|gauge| !gauge.points.is_empty()).collect()
}

/// Values that a row has of a quantity, each with the labels that tell them apart.
type Values = Vec<(Vec<(&'static str, String)>, f64)>;

fn of(
    name: &'static str,
    unit: Unit,
    help: &'static str,
    rows: &[Row],
    values: impl Fn(&Row) -> Values,
) -> Gauge {
    let points = rows.iter().flat_map(|row| {
        values(row).into_iter().map(|(more, value)| Point { labels: labels(row, more), value })
    });
    Gauge { name, unit, help, points: points.collect() }
}

/// What stays the same from run to run, so that a dashboard can follow it.
fn labels(row: &Row, more: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    let n = row.n.to_string();
    let of = [("case", row.case), ("input", row.input), ("n", &n), ("rung", row.rung)];
    of.into_iter().map(|(key, value)| (key, value.to_owned())).chain(more).collect()
}

/// An interval and what lies in it, if there is one.
fn bounds(values: [Option<f64>; 3], by: f64) -> Values {
    let [Some(low), Some(mid), Some(high)] = values else { return Vec::new() };
    let named = [("low", low), ("mid", mid), ("high", high)];
    named.map(|(bound, value)| (vec![("bound", bound.to_owned())], short(value * by))).into()
}

fn alone(value: Option<f64>) -> Values {
    value.map(|value| (Vec::new(), value)).into_iter().collect()
}

/// How many claims of each case came out how.
fn claims(record: &Record, rows: &[Row]) -> Gauge {
    let mut points = Vec::new();
    let chosen = |case: &str| rows.iter().any(|row| row.case == case);
    for (name, case) in record.cases.iter().filter(|(name, _)| chosen(name)) {
        let Some(summary) = CaseSummary::new(case, &record.machine) else { continue };
        let outcomes = [
            ("held", Outcome::Held),
            ("broken", Outcome::Broken),
            ("undecided", Outcome::Undecided),
        ];
        for (word, outcome) in outcomes {
            let count = summary.claims.iter().filter(|(_, came)| *came == outcome).count();
            let labels = vec![("case", name.clone()), ("outcome", word.to_owned())];
            points.push(Point { labels, value: count as f64 });
        }
    }
    let help = "Claims of a case by what the run says of them";
    Gauge { name: "casebook.claims", unit: Unit::Number, help, points }
}

/// When the run began, and what it was a run of.
fn run(record: &Record) -> Gauge {
    let labels = [
        ("machine", record.machine.processor.as_str()),
        ("rustc", &record.toolchain.rustc),
        ("flags", &record.toolchain.flags),
        ("commit", &record.commits()),
    ];
    let labels = labels.map(|(key, value)| (key, value.to_owned())).into();
    let points = vec![Point { labels, value: record.started as f64 }];
    let help = "When the run began, in seconds since 1970";
    Gauge { name: "casebook.run.started.timestamp", unit: Unit::Seconds, help, points }
}
