//! Prometheus' text format, as the textfile collector of its node exporter reads it from a folder:
//! without times of its own, since the collector refuses those.

use std::fmt::Write as _;

use super::gauges::{Gauge, Unit};

/// The gauges, each under its help and type.
pub(super) fn text(gauges: &[Gauge]) -> String {
    let mut text = String::new();
    for gauge in gauges {
        let name = name(gauge);
        let help = escaped(gauge.help, false);
        _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
        for point in &gauge.points {
            let label =
                |(key, value): &(&str, String)| format!("{key}=\"{}\"", escaped(value, true));
            let labels: Vec<String> = point.labels.iter().map(label).collect();
            _ = writeln!(text, "{name}{{{}}} {}", labels.join(","), point.value);
        }
    }
    text
}

/// Underscores for dots, and the unit last, in full.
fn name(gauge: &Gauge) -> String {
    let unit = match gauge.unit {
        Unit::Seconds => "_seconds",
        Unit::Bytes => "_bytes",
        Unit::Ratio => "_ratio",
        Unit::Number => "",
    };
    gauge.name.replace('.', "_") + unit
}

/// What would end a line or a label is written as two characters.
fn escaped(text: &str, quoted: bool) -> String {
    let text = text.replace('\\', r"\\").replace('\n', r"\n");
    if quoted { text.replace('"', "\\\"") } else { text }
}
