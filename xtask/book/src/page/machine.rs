//! The machine page's figures: what this computer can do at best.

use maud::{Markup, html};

use protocol::{Machine, price};

use super::{Book, conditions, provenance};
use crate::html::Column::{Figures, Words};
use crate::html::table;
use crate::markdown::Markdown;
use crate::plot::{Line, Lines, Scale, dots};
use judge::words::format;
use protocol::machine::ladder;

/// Plots and table of the machine's limits.
pub fn section(book: &Book) -> Markdown {
    let mut section = Markdown::default();
    let Some(record) = book.record() else {
        section.words("Nothing was measured yet: `cargo xtask bench-all` does it.");
        return section;
    };
    let machine = &record.machine;
    section.block(&provenance(record, None));
    if machine.read.is_empty() {
        section.words("Unavailable: the machine's limits could not be measured in this run.");
        section.append(&conditions::section(record));
        return section;
    }
    section.block(&html! { (bandwidth(machine)) (latency(machine)) (in_words(machine)) });
    section.append(&peaks(machine));
    section.append(&costs(machine));
    section.append(&device(machine));
    section.append(&noise(book));
    section.append(&conditions::section(record));
    section
}

/// Bandwidth against size, as a plot and as a table.
fn bandwidth(machine: &Machine) -> Markup {
    let plot = Lines {
        title: "Bandwidth of one core against bytes touched",
        x_label: "bytes touched, logarithmic; marks are where caches end",
        y_label: "rate",
        x_scale: Scale::Binary,
        x_text: format::bytes,
        y_unit: |_| (1.0, "GB/s"),
        lines: vec![line("read", "best", &machine.read), line("copy", "naive", &machine.copy)],
        marks: marks(machine),
    };
    let rate = |rate: f64| html! { (format!("{rate:.1}")) " GB/s" };
    let curve = machine.read.iter().zip(&machine.copy);
    let all_cores = (machine.read_all_cores > 0.0).then(|| {
        let [read, copy] = [machine.read_all_cores, machine.copy_all_cores].map(rate);
        [html! { "all cores together, main memory" }, read, copy]
    });
    let rows = curve
        .map(|(read, copy)| [html! { (format::bytes(read.0)) }, rate(read.1), rate(copy.1)])
        .chain(all_cores);
    html! {
        figure { (plot.svg()) }
        (table([Figures("bytes touched"), Figures("read"), Figures("copy")], rows))
    }
}

/// The same of latency.
fn latency(machine: &Machine) -> Markup {
    let mut lines = vec![line("usual pages", "best", &machine.latency)];
    if let Some(huge) = &machine.latency_huge_pages {
        lines.push(line("huge pages", "peer", huge));
    }
    let plot = Lines {
        title: "Latency of one access against bytes touched",
        x_label: "bytes touched, logarithmic; marks are where caches end",
        y_label: "time for an access that waits for the one before",
        x_scale: Scale::Binary,
        x_text: format::bytes,
        y_unit: format::unit,
        lines,
        marks: marks(machine),
    };
    let rows = machine.latency.iter().enumerate().map(|(at, (size, ns))| {
        let huge = machine.latency_huge_pages.as_ref().and_then(|curve| curve.get(at));
        let huge = huge.map_or("not on this system".to_owned(), |point| format::time(point.1));
        [html! { (format::bytes(*size)) }, html! { (format::time(*ns)) }, html! { (huge) }]
    });
    html! {
        figure { (plot.svg()) }
        (table([Figures("bytes touched"), Figures("usual pages"), Figures("huge pages")], rows))
    }
}

fn line(label: &str, class: &'static str, points: &[(f64, f64)]) -> Line {
    Line {
        label: label.to_owned(),
        class,
        pattern: 0,
        marked: Vec::new(),
        points: points.iter().map(|&(x, y)| (x, y, y, y)).collect(),
    }
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
fn in_words(machine: &Machine) -> Markup {
    let sizes = |sizes: &[u64]| -> String {
        let named = sizes.iter().enumerate();
        named
            .map(|(at, size)| format!("L{} {}", at + 1, format::bytes(*size as f64)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let Machine { caches, effective_caches: effective, cores, read_all_cores: all, .. } = machine;
    let one = machine.read.last().map(|(_, one)| *one).filter(|_| *all > 0.0);
    html! {
        @if !caches.is_empty() || !effective.is_empty() {
            p {
                @if !caches.is_empty() { "Advertised data caches: " (sizes(caches)) ". " }
                @if !effective.is_empty() {
                    "As latency shows them: " (sizes(effective)) ". A level ends where latency \
                     exceeds its plateau by half; in a virtual machine neighbours use the larger \
                     ones too."
                }
            }
        }
        @if let Some(one) = one {
            p {
                "All " (cores) " " (format::plural("core", *cores))
                " together read main memory at " (format!("{all:.1}")) " GB/s, "
                (format::ratio(all / one)) " what one core does: threads gain no more than that \
                 where memory is the limit."
            }
        }
    }
}

fn peaks(machine: &Machine) -> Markdown {
    let Machine { peaks, flops32, flops64, cores, features, .. } = machine;
    let rate = |flops: f64| html! { (format!("{flops:.1}")) " GFLOP/s" };
    let rows =
        peaks.iter().map(|peak| [html! { (peak.vectors) }, rate(peak.flops32), rate(peak.flops64)]);
    let features = if features.is_empty() { "none".to_owned() } else { features.join(", ") };
    let mut section = Markdown::default();
    section.heading(2, "Peak arithmetic of one core");
    section.block(&html! {
        @if peaks.is_empty() {
            p {
                (format!("{flops32:.0}")) " GFLOP/s with 32-bit floats, "
                (format!("{flops64:.0}")) " GFLOP/s with 64-bit ones."
            }
        } @else {
            (table([Words("vectors"), Figures("32-bit floats"), Figures("64-bit floats")], rows))
        }
        p {
            "Cores that this process may use: " (cores)
            ". Vector extensions that the cases choose between: " (features) "."
        }
    });
    section
}

/// The latency numbers every programmer should know.
fn costs(machine: &Machine) -> Markdown {
    let mut section = Markdown::default();
    if machine.costs.is_empty() {
        return section;
    }
    let ladder = ladder(machine);
    let dotted: Vec<_> = ladder
        .iter()
        .filter_map(|cost| Some((cost.name.as_str(), cost.ns?, format::time(cost.ns?))))
        .collect();
    let plot = dots("What things cost on this machine", "time, logarithmic", format::time, &dotted);
    let rows = ladder.iter().map(|cost| {
        let time = cost.ns.map_or("not on this system".to_owned(), format::time);
        let time = time.replace(' ', "\u{a0}"); // a figure stays with its unit
        [html! { (cost.name) }, html! { (time) }, html! { (cost.how) }]
    });
    section.heading(2, "What things cost");
    section.block(&html! {
        figure { (plot) }
        (table([Words("operation"), Figures("time"), Words("what was timed")], rows))
    });
    section
}

/// Latency of the device against the reads that are under way, as a plot and as a table.
fn device(machine: &Machine) -> Markdown {
    let mut section = Markdown::default();
    let looked = machine.costs.iter().any(|cost| cost.name == price::RING);
    if machine.device.is_empty() && !looked {
        return section; // a record from before anybody did
    }
    section.heading(2, "What the device takes");
    let Some((best, points)) = machine.device_read().zip(machine.device.first()) else {
        section.words(
            "Not on this system, because the build's folder lies on nothing that can be read past \
             the system's cache.",
        );
        return section;
    };
    let plot = Lines {
        title: "Time until a read is there against reads under way",
        x_label: "reads of 4 KiB under way, logarithmic",
        y_label: "time until a read is there",
        x_scale: Scale::Binary,
        x_text: format::events,
        y_unit: format::unit,
        lines: vec![line("device", "best", &machine.device)],
        marks: Vec::new(),
    };
    let rows = machine.device.iter().map(|(depth, ns)| {
        let rate = format::count((depth / ns * 1e9) as usize);
        [format::events(*depth), format::time(*ns), rate].map(|text| html! { (text) })
    });
    let columns = [Figures("reads under way"), Figures("until one is there"), Figures("a second")];
    section.block(&html! {
        p {
            "Random reads of 4 KiB past the system's cache, from a file in the build's folder. One \
             at a time, a read takes " (format::time(points.1)) "; where more are under way, each \
             takes longer, and at best there is one every " (format::time(best)) "."
            @if machine.device.len() == 1 {
                " More than one at a time were not tried: not on this system, because it refuses \
                 io_uring."
            }
        }
        figure { (plot.svg()) }
        (table(columns, rows))
    });
    section
}

/// The noise floors of all scenarios, and the share of quiet blocks.
fn noise(book: &Book) -> Markdown {
    let mut section = Markdown::default();
    let scenarios = || book.cases().flat_map(|summary| &summary.scenarios);
    let mut floors: Vec<f64> =
        scenarios().map(|scenario| scenario.floor).filter(|floor| floor.is_finite()).collect();
    if floors.is_empty() {
        return section;
    }
    let quiet: f64 =
        scenarios().map(|scenario| scenario.record.quiet).sum::<f64>() / scenarios().count() as f64;
    let inconclusive = scenarios().filter(|scenario| !scenario.believable).count();
    let (middle, worst) =
        (judge::stats::median(&mut floors), floors.iter().copied().fold(0.0, f64::max));
    section.heading(2, "How noisy it was");
    section.block(&html! {
        p {
            "Naive against naive should differ by nothing. Over " (floors.len())
            " scenarios it did so within " (format::share(middle)) " in the middle one and "
            (format::share(worst)) " in the worst; these are the noise floors below which no \
             verdict is given. On average " (format::share(quiet)) " of the blocks were quiet; "
            (inconclusive) " "
            (if inconclusive == 1 { "scenario was" } else { "scenarios were" })
            " undecided, because the machine was busy."
        }
    });
    section
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
    fn the_device_is_plotted_said_and_listed_or_said_not_to_be_there() {
        let device = vec![(1.0, 60_000.0), (64.0, 320_000.0)];
        let cost = protocol::Cost { name: price::RING.into(), ns: None, how: String::new() };
        let mut machine = Machine { device, costs: vec![cost], ..Machine::default() };
        let text = device_text(&machine);
        let words = "One at a time, a read takes 60 µs; where more are under way, each takes \
                     longer, and at best there is one every 5 µs.";
        assert!(text.contains(words), "{text}");
        assert!(text.contains("1 | 60 µs | 16,666 | ") && text.contains("64 | 320 µs | 200,000 |"));
        assert!(device_html(&machine).contains("<svg") && !text.contains("refuses"));
        machine.device.truncate(1);
        assert!(device_text(&machine).contains("because it refuses io"));
        machine.device.clear();
        let absent = "Not on this system, because the build's folder lies on nothing";
        assert!(device_text(&machine).contains(absent), "{}", device_text(&machine));
        assert_eq!(device_text(&Machine::default()), "", "nobody looked");
    }

    fn device_html(machine: &Machine) -> String {
        device(machine).to_string()
    }

    fn device_text(machine: &Machine) -> String {
        crate::html::tests::plain(&device_html(machine))
    }

    #[test]
    fn older_records_have_no_costs_but_a_peak() {
        let machine = Machine { flops32: 100.0, flops64: 50.0, ..Machine::default() };
        assert_eq!(costs(&machine).to_string(), "");
        assert!(peaks(&machine).to_string().contains("100 GFLOP/s with 32-bit"));
        assert_eq!(in_words(&machine).into_string(), "");
    }
}
