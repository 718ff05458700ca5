//! What of the machine page an exam is answered with.

use judge::words::{format, marks};
use protocol::machine::{Cost, Machine, Peak};

/// Costs, peaks and latencies, as a table of Markdown; empty if none was measured.
pub fn table(machine: &Machine) -> String {
    let cost = |cost: &Cost| Some(vec![marks::text(&cost.name), format::time(cost.ns?)]);
    let mut rows: Vec<Vec<String>> = machine.costs.iter().filter_map(cost).collect();
    rows.extend(machine.peaks.iter().map(|Peak { vectors, flops32, flops64 }| {
        let says = format!("{flops32:.0} GFLOP/s of 32 bits, {flops64:.0} of 64");
        vec![format!("arithmetic, {}", marks::text(vectors)), says]
    }));
    rows.extend(machine.levels().iter().step_by(4).map(|(bytes, ns)| {
        vec![format!("an access among {}", format::bytes(*bytes)), format::time(*ns)]
    }));
    if rows.is_empty() {
        return String::new();
    }
    marks::table(&["on this machine", "at best"].map(str::to_owned), &rows)
}
