//! The machine page's figures: what this computer can do at best.

use std::fmt::Write as _;

use protocol::Machine;

use super::{Book, conditions, provenance};
use crate::plot::{Line, Lines, Scale, dots};
use judge::words::format;
use protocol::machine::ladder;

/// Plots and table of the machine's limits.
pub fn section(book: &Book) -> String {
    let Some(record) = book.record() else {
        return "Nothing was measured yet: `cargo xtask bench-all` does it.\n".to_owned();
    };
    let machine = &record.machine;
    let mut html = provenance(record);
    if machine.read.is_empty() {
        html.push_str("\nUnavailable: the machine's limits could not be measured in this run.\n");
        html.push_str(&conditions::section(record));
        return html;
    }
    html.push_str(&curves(machine));
    html.push_str(&in_words(machine));
    html.push_str(&peaks(machine));
    html.push_str(&costs(machine));
    let noise = noise(book);
    if !noise.is_empty() {
        let _ = write!(html, "\n## How noisy it was\n\n{noise}");
    }
    html.push_str(&conditions::section(record));
    html
}

/// Bandwidth and latency against size, as plots and as a table.
fn curves(machine: &Machine) -> String {
    let line = |label: &str, class, points: &[(f64, f64)]| Line {
        label: label.to_owned(),
        class,
        points: points.iter().map(|&(x, y)| (x, y, y, y)).collect(),
    };
    let bandwidth = Lines {
        title: "Bandwidth of one core against bytes touched",
        x_label: "bytes touched, logarithmic; marks are where caches end",
        y_label: "GB/s",
        x_scale: Scale::Binary,
        x_text: format::bytes,
        y_text: |rate| format!("{rate}"),
        lines: vec![line("read", "best", &machine.read), line("copy", "naive", &machine.copy)],
        marks: marks(machine),
    };
    let mut latencies = vec![line("usual pages", "best", &machine.latency)];
    if let Some(huge) = &machine.latency_huge_pages {
        latencies.push(line("huge pages", "peer", huge));
    }
    let latency = Lines {
        title: "Latency of one access against bytes touched",
        x_label: "bytes touched, logarithmic; marks are where caches end",
        y_label: "time for an access that waits for the one before",
        x_scale: Scale::Binary,
        x_text: format::bytes,
        y_text: format::time,
        lines: latencies,
        marks: marks(machine),
    };
    let mut html = format!("\n<figure>{}</figure>\n\n", bandwidth.svg());
    html.push_str("| bytes touched | read | copy |\n|---:|---:|---:|\n");
    for (read, copy) in machine.read.iter().zip(&machine.copy) {
        let _ = writeln!(
            html,
            "| {} | {:.1} GB/s | {:.1} GB/s |",
            format::bytes(read.0),
            read.1,
            copy.1
        );
    }
    if machine.read_all_cores > 0.0 {
        let _ = writeln!(
            html,
            "| all cores together, main memory | {:.1} GB/s | {:.1} GB/s |",
            machine.read_all_cores, machine.copy_all_cores
        );
    }
    let _ = write!(html, "\n<figure>{}</figure>\n\n", latency.svg());
    html.push_str("| bytes touched | usual pages | huge pages |\n|---:|---:|---:|\n");
    for (at, (size, ns)) in machine.latency.iter().enumerate() {
        let huge = machine.latency_huge_pages.as_ref().and_then(|curve| curve.get(at));
        let huge = huge.map_or("not on this system".to_owned(), |point| format::time(point.1));
        let _ = writeln!(html, "| {} | {} | {huge} |", format::bytes(*size), format::time(*ns));
    }
    html
}

/// Where each cache ends: as latency shows, and as advertised where that is another size.
fn marks(machine: &Machine) -> Vec<(f64, String)> {
    let level = |(at, size): (usize, &u64)| (*size as f64, format!("L{}", at + 1));
    let mut marks: Vec<_> = machine.effective_caches.iter().enumerate().map(level).collect();
    for (size, name) in machine.caches.iter().enumerate().map(level) {
        let found = marks.iter().find(|mark| mark.1 == name).map(|mark| mark.0);
        // Sizes are half an octave apart, so less than that is no difference.
        if !found.is_some_and(|found| (found / size).log2().abs() < 0.6) {
            marks.push((size, format!("{name} advertised")));
        }
    }
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    marks
}

/// Cache sizes and what all cores add, in sentences.
fn in_words(machine: &Machine) -> String {
    let sizes = |sizes: &[u64]| -> String {
        let named = sizes.iter().enumerate();
        named
            .map(|(at, size)| format!("L{} {}", at + 1, format::bytes(*size as f64)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut text = String::new();
    if !machine.caches.is_empty() {
        let _ = write!(text, "\nAdvertised data caches: {}.", sizes(&machine.caches));
    }
    if !machine.effective_caches.is_empty() {
        let _ = write!(
            text,
            "\nAs latency shows them: {}. A level ends where latency exceeds its plateau by half; \
             in a virtual machine neighbours use the larger ones too.\n",
            sizes(&machine.effective_caches)
        );
    }
    if let Some((_, one)) = machine.read.last()
        && machine.read_all_cores > 0.0
    {
        let _ = write!(
            text,
            "\nAll {} {} together read main memory at {:.1} GB/s, {} what one core does: threads \
             gain no more than that where memory is the limit.\n",
            machine.cores,
            format::plural("core", machine.cores),
            machine.read_all_cores,
            format::ratio(machine.read_all_cores / one),
        );
    }
    text
}

fn peaks(machine: &Machine) -> String {
    let mut text = "\n## Peak arithmetic of one core\n\n".to_owned();
    if machine.peaks.is_empty() {
        let _ = writeln!(
            text,
            "{:.0} GFLOP/s with 32-bit floats, {:.0} GFLOP/s with 64-bit ones.",
            machine.flops32, machine.flops64
        );
    } else {
        text.push_str("| vectors | 32-bit floats | 64-bit floats |\n|---|---:|---:|\n");
        for peak in &machine.peaks {
            let _ = writeln!(
                text,
                "| {} | {:.1} GFLOP/s | {:.1} GFLOP/s |",
                peak.vectors, peak.flops32, peak.flops64
            );
        }
    }
    let _ = writeln!(
        text,
        "\nCores that this process may use: {}. Vector extensions that the cases choose between: {}.",
        machine.cores,
        if machine.features.is_empty() { "none".to_owned() } else { machine.features.join(", ") },
    );
    text
}

/// The latency numbers every programmer should know.
fn costs(machine: &Machine) -> String {
    if machine.costs.is_empty() {
        return String::new();
    }
    let ladder = ladder(machine);
    let rows: Vec<_> = ladder
        .iter()
        .filter_map(|cost| Some((cost.name.as_str(), cost.ns?, format::time(cost.ns?))))
        .collect();
    let plot = dots("What things cost on this machine", "time, logarithmic", format::time, &rows);
    let mut text = format!("\n## What things cost\n\n<figure>{plot}</figure>\n\n");
    text.push_str("| operation | time | what was timed |\n|---|---:|---|\n");
    for cost in &ladder {
        let time = cost.ns.map_or("not on this system".to_owned(), format::time);
        let time = time.replace(' ', "&nbsp;"); // a figure stays with its unit
        let _ = writeln!(text, "| {} | {time} | {} |", cost.name, cost.how);
    }
    text
}

/// The noise floors of all scenarios, and the share of quiet blocks.
fn noise(book: &Book) -> String {
    let scenarios = || book.cases().flat_map(|summary| &summary.scenarios);
    let mut floors: Vec<f64> =
        scenarios().map(|scenario| scenario.floor).filter(|floor| floor.is_finite()).collect();
    if floors.is_empty() {
        return String::new();
    }
    let quiet: f64 =
        scenarios().map(|scenario| scenario.record.quiet).sum::<f64>() / scenarios().count() as f64;
    let inconclusive = scenarios().filter(|scenario| !scenario.believable).count();
    let (middle, worst) =
        (judge::stats::median(&mut floors), floors.iter().copied().fold(0.0, f64::max));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cache_is_marked_twice_only_where_its_sizes_differ() {
        let machine = Machine {
            caches: vec![32 << 10, 1 << 20, 32 << 20],
            effective_caches: vec![32 << 10, 724 << 10, 4 << 20],
            ..Machine::default()
        };
        let marks = marks(&machine);
        let names: Vec<&str> = marks.iter().map(|mark| mark.1.as_str()).collect();
        assert_eq!(names, ["L1", "L2", "L3", "L3 advertised"]);
    }

    #[test]
    fn older_records_have_no_costs_but_a_peak() {
        let machine = Machine { flops32: 100.0, flops64: 50.0, ..Machine::default() };
        assert_eq!(costs(&machine), "");
        assert!(peaks(&machine).contains("100 GFLOP/s with 32-bit"));
        assert_eq!(in_words(&machine), "");
    }
}
