//! The machine page's figures: what this computer can do at best.

use std::fmt::Write as _;

use super::{conditions, format, provenance};
use crate::plot::{Line, Lines};
use crate::record::Record;

/// Plots and table of the machine's limits.
pub fn section(record: Option<&Record>) -> String {
    let Some(record) = record else {
        return "Nothing was measured yet: `cargo xtask bench-all` does it.\n".to_owned();
    };
    let machine = &record.machine;
    let mut html = provenance(record);
    if machine.read.is_empty() {
        html.push_str("\nUnavailable: the machine's limits could not be measured in this run.\n");
        html.push_str(&conditions::section(record));
        return html;
    }
    let marks = || {
        machine
            .caches
            .iter()
            .enumerate()
            .map(|(at, size)| (*size as f64, format!("L{}", at + 1)))
            .collect()
    };
    let line = |label: &str, class, points: &[(f64, f64)]| Line {
        label: label.to_owned(),
        class,
        points: points.iter().map(|&(x, y)| (x, y, y, y)).collect(),
    };
    let bandwidth = Lines {
        title: "Bandwidth of one core against bytes touched",
        x_label: "bytes touched, logarithmic; marks are the advertised cache sizes",
        y_label: "GB/s",
        binary: true,
        x_text: format::bytes,
        y_text: |rate| format!("{rate}"),
        lines: vec![line("read", "best", &machine.read), line("copy", "naive", &machine.copy)],
        marks: marks(),
    };
    let latency = Lines {
        title: "Latency of one access against bytes touched",
        x_label: "bytes touched, logarithmic; marks are the advertised cache sizes",
        y_label: "time for an access that waits for the one before",
        binary: true,
        x_text: format::bytes,
        y_text: format::time,
        lines: vec![line("latency", "best", &machine.latency)],
        marks: marks(),
    };
    let _ = write!(
        html,
        "\n<figure>{}</figure>\n\n<figure>{}</figure>\n\n",
        bandwidth.svg(),
        latency.svg()
    );
    html.push_str("| bytes touched | read | copy | latency |\n|---:|---:|---:|---:|\n");
    for ((read, copy), latency) in machine.read.iter().zip(&machine.copy).zip(&machine.latency) {
        let _ = writeln!(
            html,
            "| {} | {:.1} GB/s | {:.1} GB/s | {} |",
            format::bytes(read.0),
            read.1,
            copy.1,
            format::time(latency.1)
        );
    }
    let _ = write!(
        html,
        "\nPeak arithmetic of one core: {:.0} GFLOP/s with 32-bit floats, {:.0} GFLOP/s with 64-bit ones. Cores that \
         this process may use: {}. Vector extensions that the cases choose between: {}.\n",
        machine.flops32,
        machine.flops64,
        machine.cores,
        if machine.features.is_empty() { "none".to_owned() } else { machine.features.join(", ") },
    );
    let noise = noise(record);
    if !noise.is_empty() {
        let _ = write!(html, "\n## How noisy it was\n\n{noise}");
    }
    html.push_str(&conditions::section(record));
    html
}

/// The noise floors of all scenarios, and the share of quiet blocks.
fn noise(record: &Record) -> String {
    let summaries = record
        .cases
        .values()
        .filter_map(|case| crate::summary::CaseSummary::new(case, &record.machine));
    let summaries: Vec<_> = summaries.collect();
    let scenarios = || summaries.iter().flat_map(|summary| &summary.scenarios);
    let mut floors: Vec<f64> =
        scenarios().map(|scenario| scenario.floor).filter(|floor| floor.is_finite()).collect();
    if floors.is_empty() {
        return String::new();
    }
    let quiet: f64 =
        scenarios().map(|scenario| scenario.record.quiet).sum::<f64>() / scenarios().count() as f64;
    let inconclusive = scenarios().filter(|scenario| !scenario.believable).count();
    let (middle, worst) =
        (crate::stats::median(&mut floors), floors.iter().copied().fold(0.0, f64::max));
    format!(
        "Naive against naive should differ by nothing. Over {} scenarios it did so within {} in \
         the middle one and {} in the worst; these are the noise floors below which no verdict is \
         given. On average {} of the blocks were quiet; {} {} inconclusive.\n",
        floors.len(),
        format::share(middle),
        format::share(worst),
        format::share(quiet),
        inconclusive,
        if inconclusive == 1 { "scenario was" } else { "scenarios were" },
    )
}
