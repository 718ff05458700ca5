//! A record's figures in forms that other tools read: a table, two services that track benchmarks
//! over time, and dashboards.

mod gauges;
mod otlp;
mod prometheus;

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::stats::Interval;
use crate::summary::{CaseSummary, RungSummary, ScenarioSummary};
use crate::words::format;
use record::Record;

/// What the other tool reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One line per case, scenario and rung, for a spreadsheet or a data frame.
    Csv,
    /// The `customSmallerIsBetter` input of github-action-benchmark.
    GithubActionBenchmark,
    /// Bencher Metric Format, for `bencher run --adapter json`.
    Bencher,
    /// Prometheus' text format, for the folder of a textfile collector.
    Prometheus,
    /// OpenTelemetry's metrics as JSON, for a collector.
    OtlpJson,
}

/// Which figures the other tool gets.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Of these cases; of all, if none is named.
    pub cases: Vec<String>,
    /// Of these rungs; of all, if none is named.
    pub rungs: Vec<String>,
    /// Only of the scenario that stands for its case.
    pub headline: bool,
}

impl Choice {
    fn has(names: &[String], name: &str) -> bool {
        names.is_empty() || names.iter().any(|known| known == name)
    }
}

/// One rung in one scenario; the fields are the columns of the table. Empty is what does not apply
/// or was not measured.
#[derive(Debug, Serialize)]
struct Row<'a> {
    case: &'a str,
    input: &'a str,
    n: usize,
    /// What `n` counts.
    item: &'a str,
    rung: &'a str,
    ns_per_call: Option<f64>,
    ns_low: Option<f64>,
    ns_high: Option<f64>,
    /// Naive time over rung time: above 1 is faster.
    ratio_to_naive: Option<f64>,
    ratio_low: Option<f64>,
    ratio_high: Option<f64>,
    verdict: String,
    /// 1 is all that the machine can do; empty below a tenth, where it binds nothing.
    share_of_limit: Option<f64>,
    data_bytes: Option<u64>,
    /// Growth by `realloc` included, as in the book.
    allocations: Option<u64>,
    peak_bytes: Option<u64>,
    /// Of one call in valgrind, at the one scenario of a case that is simulated.
    simulated_instructions: Option<f64>,
    /// Of one call, counted by the processor.
    counted_instructions: Option<f64>,
    /// Processor time of all threads together, where it was measured.
    processor_ns: Option<f64>,
    /// What criterion measures under `cargo bench`: all rungs in one process, one after the other.
    criterion_ns: Option<f64>,
    machine: &'a str,
    rustc: &'a str,
    flags: &'a str,
    commit: String,
}

/// The chosen figures of a record in a format.
///
/// # Errors
/// If the record holds none of them.
pub fn text(record: &Record, format: Format, choice: &Choice) -> Result<String> {
    let rows = rows(record, choice);
    if !rows.iter().any(|row| row.ns_per_call.is_some()) {
        bail!("nothing of it was measured in this run; measure with `cargo xtask bench-all`");
    }
    match format {
        Format::Csv => csv(&rows),
        Format::GithubActionBenchmark => json(&entries(&rows)),
        Format::Bencher => json(&metrics(&rows)),
        Format::Prometheus => Ok(prometheus::text(&gauges::gauges(record, &rows))),
        Format::OtlpJson => otlp::text(&gauges::gauges(record, &rows), record.started),
    }
}

/// Every chosen rung of every scenario, unavailable ones included.
fn rows<'a>(record: &'a Record, choice: &Choice) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (name, case) in record.cases.iter().filter(|(name, _)| Choice::has(&choice.cases, name)) {
        let Some(summary) = CaseSummary::new(case, &record.machine) else { continue };
        let chosen = |rung: &usize| Choice::has(&choice.rungs, summary.rungs[*rung]);
        for (at, scenario) in summary.scenarios.iter().enumerate() {
            if choice.headline && at != summary.headline {
                continue;
            }
            let rungs = (0..summary.rungs.len()).filter(chosen);
            rows.extend(rungs.map(|rung| row(record, name, scenario, rung)));
        }
    }
    rows
}

fn row<'a>(
    record: &'a Record,
    case: &'a str,
    scenario: &ScenarioSummary<'a>,
    rung: usize,
) -> Row<'a> {
    let description = record.cases[case].description.as_ref();
    let info = description.map(|description| &description.rungs[rung]);
    let figures = scenario.rungs[rung].as_ref();
    let time = figures.map(|figures| figures.time.map(short));
    let ratio = figures.and_then(|figures| Some(figures.against_naive?.ratio.map(short)));
    let allocations = figures.and_then(|figures| figures.allocations);
    let evidence = record.cases[case].evidence.as_ref();
    let simulated = evidence.and_then(|evidence| {
        let counts = evidence.simulated.here()?.of(&scenario.record.scenario, rung)?;
        Some(short(counts.instructions))
    });
    let counted = evidence.and_then(|evidence| {
        let counts = evidence.counters.here()?.of(&scenario.record.scenario, rung)?;
        counts.instructions.map(short)
    });
    Row {
        case,
        input: &scenario.record.scenario.input,
        n: scenario.record.scenario.n,
        item: description.map_or("", |description| &description.item),
        rung: info.map_or("", |info| &info.name),
        ns_per_call: time.map(|time| time.mid),
        ns_low: time.map(|time| time.low),
        ns_high: time.map(|time| time.high),
        ratio_to_naive: ratio.map(|ratio| ratio.mid),
        ratio_low: ratio.map(|ratio| ratio.low),
        ratio_high: ratio.map(|ratio| ratio.high),
        verdict: verdict(figures, rung, info.and_then(|info| info.unavailable.as_deref())),
        share_of_limit: figures.and_then(|figures| figures.share).map(short),
        data_bytes: figures.and_then(|figures| figures.data),
        allocations: allocations.map(|counts| counts.allocations + counts.reallocations),
        peak_bytes: allocations.map(|counts| counts.peak),
        simulated_instructions: simulated,
        counted_instructions: counted,
        processor_ns: figures.and_then(|figures| figures.cpu).map(short),
        criterion_ns: figures.and_then(|figures| figures.criterion).map(|solo| short(solo.ns)),
        machine: &record.machine.processor,
        rustc: &record.toolchain.rustc,
        flags: &record.toolchain.flags,
        commit: record.run_of(case).commit.unwrap_or("unknown".to_owned()),
    }
}

fn verdict(figures: Option<&RungSummary>, rung: usize, unavailable: Option<&str>) -> String {
    let word = match figures.map(|figures| figures.against_naive) {
        None => return format!("unavailable: {}", unavailable.unwrap_or("not measured")),
        Some(None) if rung == 0 => "baseline",
        Some(None) => "not compared",
        Some(Some(compared)) => format::word(compared.verdict),
    };
    word.to_owned()
}

/// Six significant digits: more than any interval here is narrow, and fit to be read.
pub(crate) fn short(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

fn csv(rows: &[Row]) -> Result<String> {
    // Lines end as git and `cut` expect; readers of RFC 4180 take either.
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).context("the table could not be written")?;
    }
    let bytes = writer.into_inner().context("the table could not be written")?;
    String::from_utf8(bytes).context("the table is not text")
}

pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(value).context("the figures could not be written")?;
    Ok(text + "\n")
}

/// One benchmark as github-action-benchmark reads it.
#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    unit: &'static str,
    value: f64,
    /// Shown behind the value: the larger side of the interval.
    range: String,
    /// Shown when a point is pointed at.
    extra: String,
}

fn entries(rows: &[Row]) -> Vec<Entry> {
    rows.iter()
        .filter_map(|row| {
            let time = time(row)?;
            let reach = (time.high - time.mid).max(time.mid - time.low);
            let ratio = match (row.ratio_to_naive, row.ratio_low, row.ratio_high) {
                (Some(mid), Some(low), Some(high)) => {
                    let [mid, low, high] = format::interval(Interval { low, mid, high }, &[1.0]);
                    format!("{mid}× of naive's speed [{low}, {high}], {}\n", row.verdict)
                }
                _ => String::new(),
            };
            Some(Entry {
                name: name(row),
                unit: "ns/call",
                value: time.mid,
                range: format!("± {}", short(reach)),
                extra: format!("{ratio}{}\n{}\n{}", row.machine, row.rustc, row.flags)
                    .trim_end()
                    .to_owned(),
            })
        })
        .collect()
}

/// A value as Bencher reads it, with its interval if it has one.
#[derive(Debug, Serialize)]
struct Metric {
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower_value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper_value: Option<f64>,
}

/// By benchmark, then by measure. `latency` is built into Bencher, in nanoseconds; `instructions`
/// are simulated, so that load does not change them.
fn metrics(rows: &[Row]) -> BTreeMap<String, BTreeMap<&'static str, Metric>> {
    rows.iter()
        .filter_map(|row| {
            let Interval { low, mid, high } = time(row)?;
            let latency = Metric { value: mid, lower_value: Some(low), upper_value: Some(high) };
            let mut measures = BTreeMap::from([("latency", latency)]);
            measures.extend(row.simulated_instructions.map(|value| {
                ("instructions", Metric { value, lower_value: None, upper_value: None })
            }));
            Some((name(row), measures))
        })
        .collect()
}

fn time(row: &Row) -> Option<Interval> {
    Some(Interval { low: row.ns_low?, mid: row.ns_per_call?, high: row.ns_high? })
}

/// What stays the same from run to run, so that a service can follow it.
fn name(row: &Row) -> String {
    format!("{}/{}/{}/{}", row.case, row.input, row.n, row.rung)
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::fixture::{self, record};
    use serde_json::{Value, json};

    const ALL: Choice = Choice { cases: Vec::new(), rungs: Vec::new(), headline: false };

    #[test]
    fn the_table_has_a_line_per_rung_and_quotes_what_needs_it() {
        let text = text(&record(), Format::Csv, &ALL).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let machine = "\"Example, \"\"fast\"\" one\",rustc 1.95.0,-C opt-level=3,unknown";
        let expected = [
            "case,input,n,item,rung,ns_per_call,ns_low,ns_high,ratio_to_naive,ratio_low,\
             ratio_high,verdict,share_of_limit,data_bytes,allocations,peak_bytes,\
             simulated_instructions,counted_instructions,processor_ns,criterion_ns,machine,\
             rustc,flags,commit"
                .to_owned(),
            format!(
                "words,\"short, mixed\",1000,word,naive,100.0,100.0,100.0,,,,baseline,0.125,800,\
                 5,64,100.0,,100.0,,{machine}"
            ),
            format!(
                "words,\"short, mixed\",1000,word,wide,,,,,,,unavailable: no avx2,,,,,,,,,\
                 {machine}"
            ),
            format!(
                "words,\"short, mixed\",1000,word,optimized,25.0,25.0,25.0,4.00002,\
                 3.9956,4.00443,faster,0.5,100,,,100.0,,50.0,26.0,{machine}"
            ),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn the_table_reads_back_whole() {
        let text = text(&record(), Format::Csv, &ALL).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!((&rows[0][1], &rows[0][20]), ("short, mixed", "Example, \"fast\" one"));
    }

    #[test]
    fn github_action_benchmark_gets_times_with_their_range() {
        let mut record = record();
        let times = &mut record.cases.get_mut("words").unwrap().scenarios[0].times;
        times.iter_mut().zip([0.9, 1.0, 1.2]).for_each(|(times, by)| times[2] *= by);
        let row = &rows(&record, &ALL)[2];
        let reach = row.ns_high.unwrap() - row.ns_per_call.unwrap();
        assert!(reach > 1.0, "{reach}");
        let text = text(&record, Format::GithubActionBenchmark, &ALL).unwrap();
        let entries: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(entries.as_array().unwrap().len(), 2, "what was not measured is no benchmark");
        let machine = "Example, \"fast\" one\nrustc 1.95.0\n-C opt-level=3";
        assert_eq!(
            entries[1],
            json!({
                "name": "words/short, mixed/1000/optimized",
                "unit": "ns/call",
                "value": 25.0,
                "range": format!("± {}", short(reach)),
                "extra": format!("4.00× of naive's speed [3.99, 4.01], faster\n{machine}"),
            })
        );
        assert_eq!(entries[0]["extra"], machine);
    }

    #[test]
    fn bencher_gets_latencies_with_bounds() {
        let text = text(&record(), Format::Bencher, &ALL).unwrap();
        let metrics: Value = serde_json::from_str(&text).unwrap();
        let latency = |mid: f64, low: f64, high: f64| {
            let metric = json!({"value": mid, "lower_value": low, "upper_value": high});
            json!({"latency": metric, "instructions": {"value": 100.0}})
        };
        assert_eq!(
            metrics,
            json!({
                "words/short, mixed/1000/naive": latency(100.0, 100.0, 100.0),
                "words/short, mixed/1000/optimized": latency(25.0, 25.0, 25.0),
            })
        );
    }

    #[test]
    fn prometheus_gets_seconds_under_names_with_units_and_no_times() {
        let mut record = record();
        record.toolchain.flags = "a \\ b\nc".into();
        let text = text(&record, Format::Prometheus, &ALL).unwrap();
        let of = "case=\"words\",input=\"short, mixed\",n=\"1000\",rung=\"optimized\"";
        let run = "machine=\"Example, \\\"fast\\\" one\",rustc=\"rustc 1.95.0\",\
                   flags=\"a \\\\ b\\nc\",commit=\"unknown\"";
        for line in [
            "# TYPE casebook_call_time_seconds gauge".to_owned(),
            format!("casebook_call_time_seconds{{{of},bound=\"mid\"}} 0.000000025"),
            format!("casebook_call_speedup_ratio{{{of},bound=\"low\"}} 3.9956"),
            format!("casebook_call_verdict{{{of},verdict=\"faster\"}} 1"),
            "casebook_claims{case=\"words\",outcome=\"broken\"} 0".to_owned(),
            format!("casebook_run_started_timestamp_seconds{{{run}}} {}", record.started),
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
        let mut families: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
        let all = families.len();
        families.dedup();
        assert_eq!(families.len(), all, "each is there once, its points behind it");
    }

    #[test]
    fn opentelemetry_gets_the_same_as_text_of_one_line() {
        let record = record();
        let text = text(&record, Format::OtlpJson, &ALL).unwrap();
        assert_eq!(text.matches('\n').count(), 1);
        let request: Value = serde_json::from_str(&text).unwrap();
        let metrics = &request["resourceMetrics"][0]["scopeMetrics"][0]["metrics"];
        let time = metrics.as_array().unwrap();
        let time = time.iter().find(|metric| metric["name"] == "casebook.call.time").unwrap();
        assert_eq!(time["unit"], "s");
        let points = time["gauge"]["dataPoints"].as_array().unwrap();
        assert_eq!(points.len(), 2 * 3, "two rungs were measured");
        assert_eq!(points[0]["timeUnixNano"], format!("{}000000000", record.started));
        assert_eq!(
            points[0]["attributes"][3],
            json!({"key": "rung", "value": {"stringValue": "naive"}})
        );
    }

    #[test]
    fn a_contended_run_gives_a_verdict_on_large_differences_alone() {
        let says = |ratio: f64| {
            let mut record = record();
            fixture::busy(&mut record.cases.get_mut("words").unwrap().scenarios[0], 2, ratio);
            rows(&record, &ALL)[2].verdict.to_owned()
        };
        assert_eq!([3.0, 1.9, 0.6, 0.3].map(says), ["faster", "undecided", "undecided", "slower"]);
    }

    #[test]
    fn a_run_without_figures_says_what_to_do() {
        let mut record = record();
        record.cases.get_mut("words").unwrap().scenarios.clear();
        use Format::{Bencher, Csv, GithubActionBenchmark, OtlpJson, Prometheus};
        for format in [Csv, GithubActionBenchmark, Bencher, Prometheus, OtlpJson] {
            assert!(text(&record, format, &ALL).unwrap_err().to_string().contains("bench-all"));
        }
    }

    #[test]
    fn cases_rungs_and_headlines_can_be_chosen() {
        let mut record = record();
        let mut case = record.cases["words"].clone();
        case.scenarios.push(case.scenarios[0].clone());
        case.scenarios[1].scenario.n = 9;
        record.cases.insert("more".into(), case);
        let chosen = |cases: &[&str], rungs: &[&str], headline| {
            let [cases, rungs] =
                [cases, rungs].map(|all| all.iter().map(|it| (*it).into()).collect());
            let rows = rows(&record, &Choice { cases, rungs, headline });
            rows.iter().map(name).collect::<Vec<_>>()
        };
        assert_eq!(chosen(&[], &[], false).len(), 9);
        assert_eq!(
            chosen(&["words"], &["optimized"], false),
            ["words/short, mixed/1000/optimized"]
        );
        assert_eq!(
            chosen(&[], &["naive"], true),
            ["more/short, mixed/1000/naive", "words/short, mixed/1000/naive"]
        );
        let nothing = Choice { rungs: vec!["wide".into()], ..ALL };
        assert!(text(&record, Format::Csv, &nothing).is_err(), "it could not run");
    }

    #[test]
    fn no_interval_of_times_reaches_nothing() {
        let mut record = record();
        let times = &mut record.cases.get_mut("words").unwrap().scenarios[0].times;
        for (times, by) in times.iter_mut().zip([0.01, 1.0, 100.0]) {
            times.iter_mut().for_each(|ns| *ns *= by);
        }
        let rows = rows(&record, &ALL);
        let times: Vec<Interval> = rows.iter().filter_map(time).collect();
        assert_eq!(times.len(), 2);
        let is_one =
            |time: &Interval| 0.0 < time.low && time.low < time.mid && time.mid < time.high;
        assert!(times.iter().all(is_one), "{times:?}");
    }
}
