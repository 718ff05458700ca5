//! OpenTelemetry's metrics as JSON: an `ExportMetricsServiceRequest`, to be posted to a collector's
//! `/v1/metrics` or read by its `otlpjsonfile` receiver, which wants it in one line.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::gauges::{Gauge, Point, Unit};

/// The gauges at this time, in seconds since 1970.
pub(super) fn text(gauges: &[Gauge], time: u64) -> Result<String> {
    let metrics: Vec<Value> = gauges.iter().map(|gauge| metric(gauge, time)).collect();
    let scope = json!({ "name": "casebook", "version": env!("CARGO_PKG_VERSION") });
    let resource = json!({ "attributes": [attribute("service.name", "casebook")] });
    let scoped = json!({ "scope": scope, "metrics": metrics });
    let request = json!({
        "resourceMetrics": [{ "resource": resource, "scopeMetrics": [scoped] }]
    });
    let text = serde_json::to_string(&request).context("the figures could not be written")?;
    Ok(text + "\n")
}

fn metric(gauge: &Gauge, time: u64) -> Value {
    let points: Vec<Value> = gauge.points.iter().map(|point| data_point(point, time)).collect();
    json!({
        "name": gauge.name,
        "description": gauge.help,
        "unit": unit(gauge.unit),
        "gauge": { "dataPoints": points },
    })
}

fn data_point(point: &Point, time: u64) -> Value {
    let attributes: Vec<Value> =
        point.labels.iter().map(|(key, value)| attribute(key, value)).collect();
    json!({
        "attributes": attributes,
        // 64 bits are text in the JSON of protocol buffers, where numbers have 53.
        "timeUnixNano": (u128::from(time) * 1_000_000_000).to_string(),
        "asDouble": point.value,
    })
}

fn attribute(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": { "stringValue": value } })
}

/// As the Unified Code for Units of Measure writes it.
fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "s",
        Unit::Bytes => "By",
        Unit::Ratio | Unit::Number => "1",
    }
}
