//! The plots of a case: time against size, and every ratio to naive.

use maud::{Markup, html};

use protocol::{Axis, Items, LimitKind, Machine};

use crate::html::{anchor, class, joined, rungs, slug, term};
use crate::plot::{self, Dot, Line, Lines, Row, Scale};
use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared, ScenarioSummary};
use judge::tail;
use judge::words::format;
use judge::words::scenario;

/// From as many cores on a rung uses several.
const SEVERAL: f64 = 1.3;

/// All plots, the one that matters most first, each below a sentence on what it shows and with a
/// caption; `place` is how the places of their links begin.
pub fn plots(summary: &CaseSummary, machine: &Machine, place: &str) -> Vec<Markup> {
    let headline = &summary.headline().record.scenario.input;
    let mut inputs = summary.distributions();
    inputs.sort_by_key(|(input, _)| input != headline);
    let tails = summary.scenarios.iter().map(|scenario| tail_plot(summary, scenario, place));
    let times = inputs
        .iter()
        .map(|(input, scenarios)| time_plot(summary, input, scenarios, machine, place));
    let caption = html! {
        "Every scenario against naive: right of the line is faster. Filled, and in words by its \
         number: the fastest of our " (term("rung")) "s there; open: the " (term("peer"))
        @if let Some(numbers) = numbers(summary) { "; " (numbers) } "."
    };
    let place = format!("{place}plot-ratios");
    let ratios = figure(&place, &shown(summary), &ratio_plot(summary), &caption);
    tails.chain(times).chain([ratios]).filter(|figure| !figure.0.is_empty()).collect()
}

/// A figure that can be pointed at.
fn figure(place: &str, result: &str, svg: &Markup, caption: &Markup) -> Markup {
    html! {
        figure id=(place) {
            p.result { (result) " " (anchor(place, "this figure")) }
            (svg)
            figcaption { (caption) }
        }
    }
}

/// "Numbers: 2 wide, 3 wider", as in the ladder.
fn numbers(summary: &CaseSummary) -> Option<Markup> {
    let middle = summary.ours().filter(|rung| *rung > 0);
    let name = |rung| html! { (rung + 1) " " code { (summary.rungs[rung]) } };
    let mut names = middle.map(name).peekable();
    names.peek()?;
    Some(html! { "numbers: " (joined(names.collect::<Vec<_>>(), ", ")) })
}

/// What the ratios say: "Faster than naive in 5 of 6 scenarios, from 1.08× to 5.5×".
fn shown(summary: &CaseSummary) -> String {
    let best = |scenario: &ScenarioSummary| {
        scenario.rungs[summary.fastest(scenario)?].as_ref()?.against_naive
    };
    let all: Vec<Compared> = summary.scenarios.iter().filter_map(best).collect();
    let mut gains: Vec<&Compared> =
        all.iter().filter(|found| found.verdict == Verdict::Faster).collect();
    gains.sort_by(|a, b| b.by_gain(a));
    let of = format!("{} of {} scenarios", gains.len(), all.len());
    match &*gains {
        [] => format!(
            "No rung of ours is certainly faster than naive in any of {} scenarios",
            all.len()
        ),
        [one] => format!("Faster than naive in {of}: {}", format::middle(one.ratio)),
        [least, .., most] => format!(
            "Faster than naive in {of}, from {} to {}",
            format::middle(least.ratio),
            format::middle(most.ratio)
        ),
    }
}

/// Time against size, or against what varies instead; empty where nothing varies.
fn time_plot(
    summary: &CaseSummary,
    input: &str,
    scenarios: &[&ScenarioSummary],
    machine: &Machine,
    place: &str,
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
    let result = gained(summary, input, scenarios);
    let svg = Lines {
        title: &format!("Time per {item} against {x_quantity}. {result}"),
        x_label: &format!("{x_quantity}, {}", if linear { "linear" } else { "logarithmic" }),
        y_label: &format!("time per {item}"),
        x_scale: if linear { Scale::Linear } else { Scale::Decimal },
        x_text: format::events,
        y_unit: format::unit,
        lines,
        marks,
    }
    .svg();
    if svg.0.is_empty() {
        return svg;
    }
    let caption = html! {
        "Time per " (item) " for “" (input) "”, by " (quantity.as_deref().unwrap_or("size"))
        ". Large dots: the fastest of our rungs there. Bands are 95 % intervals."
        @if axis.is_none() { (caches(machine).1) }
        (beyond_one_core(summary, scenarios))
    };
    figure(&format!("{place}plot-{}", slug(input)), &result, &svg, &caption)
}

/// What a plot of times says: at each end the fastest of our rungs, by name, with its gain.
fn gained(summary: &CaseSummary, input: &str, scenarios: &[&ScenarioSummary]) -> String {
    let at = |scenario: &ScenarioSummary| {
        let fastest = summary.fastest(scenario)?;
        let gain = scenario.rungs[fastest].as_ref()?.against_naive?;
        let size = scenario::short(summary, &scenario.record.scenario);
        let than = if gain.verdict == Verdict::CannotTell { "" } else { " than naive" };
        Some(format!("{} {}{than} at {size}", summary.rungs[fastest], format::verdict(gain)))
    };
    let ends = [scenarios.first(), scenarios.last()];
    let ends: Vec<String> =
        ends.into_iter().flatten().filter_map(|scenario| at(scenario)).collect();
    format!("{input}: {}", ends.join(", "))
}

/// A word on rungs that pass a limit of one core because they use several.
fn beyond_one_core(summary: &CaseSummary, scenarios: &[&ScenarioSummary]) -> Markup {
    let limit = summary.record.description.as_ref().and_then(|description| description.limit);
    let passes = |rung: &usize| {
        scenarios.iter().any(|scenario| {
            let passed = scenario.least.zip(scenario.rungs[*rung].as_ref());
            passed.is_some_and(|(least, rung)| {
                let cores = rung.cpu.map_or(1.0, |cpu| cpu / rung.time.mid);
                cores > SEVERAL && rung.time.mid < least
            })
        })
    };
    let of_several =
        [LimitKind::Cores, LimitKind::Handovers, LimitKind::DeviceReads].map(Some).contains(&limit);
    let of_one = limit.is_some() && !of_several;
    let passing: Vec<usize> =
        (0..summary.rungs.len()).filter(|rung| of_one && passes(rung)).collect();
    html! {
        @if !passing.is_empty() {
            " The limit is that of one core; " (rungs(summary, &passing)) " passes it, on several."
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
    let marked = Vec::new();
    let mut lines =
        vec![Line { label: "limit".to_owned(), class: "limit", pattern: 0, points, marked }];
    // The line of the one that is the fastest at the largest size, and every dot that is.
    let best = scenarios.last().and_then(|scenario| summary.fastest(scenario));
    lines.extend((0..summary.rungs.len()).map(|rung| {
        let point = |scenario: &&ScenarioSummary| {
            let (n, time) = (per(scenario), scenario.rungs[rung].as_ref()?.time);
            Some((x(scenario), time.mid / n, time.low / n, time.high / n))
        };
        let fastest = |scenario: &&&ScenarioSummary| summary.fastest(scenario) == Some(rung);
        Line {
            label: label(summary, rung),
            class: class(summary, best, rung),
            pattern: rung,
            points: scenarios.iter().filter_map(point).collect(),
            marked: scenarios.iter().filter(fastest).map(|scenario| x(scenario)).collect(),
        }
    }));
    lines.retain(|line| !line.points.is_empty());
    (lines, scenarios.iter().any(|scenario| x(scenario) == 0.0))
}

/// "2 wide": with its number in the ladder, if it is a rung between.
fn label(summary: &CaseSummary, rung: usize) -> String {
    let name = summary.rungs[rung];
    let between = rung > 0 && Some(rung) != summary.peer;
    if between { format!("{} {name}", rung + 1) } else { name.to_owned() }
}

/// How long the slowest calls take, where the case asks for it.
fn tail_plot(summary: &CaseSummary, scenario: &ScenarioSummary, place: &str) -> Markup {
    let best = summary.fastest(scenario);
    let tails = (0..summary.rungs.len()).filter_map(|rung| {
        let tail = scenario.rungs[rung].as_ref()?.tail?;
        Some(Line {
            label: label(summary, rung),
            class: class(summary, best, rung),
            pattern: rung,
            marked: Vec::new(),
            points: tail::told(&tail).into_iter().map(|(x, ns)| (x, ns, ns, ns)).collect(),
        })
    });
    let lines: Vec<Line> = tails.filter(|line| !line.points.is_empty()).collect();
    let Some(rarest) = lines.iter().filter_map(|line| Some(line.points.last()?.0)).reduce(f64::max)
    else {
        return Markup::default();
    };
    let at = scenario::long(summary, &scenario.record.scenario);
    let svg = Lines {
        title: &format!("How long the slowest calls take, {at}"),
        x_label: "one call in so many takes at least this long",
        y_label: "time of one call",
        x_scale: Scale::Decimal,
        x_text: |x| format::count(x as usize),
        y_unit: format::unit,
        lines,
        marks: Vec::new(),
    }
    .svg();
    let caption = html! {
        "The tail at " (at) ": single calls, the clock's own cost included. At the right end is \
         one call in " (format::count(rarest as usize)) ": rarer ones take more calls to tell than \
         were timed. The rarer, the more often it is the system that interrupts, and it interrupts \
         every rung alike."
    };
    let place = format!("{place}tail-{}", slug(&scenario.record.scenario.to_string()));
    figure(&place, &slowest(summary, scenario, best), &svg, &caption)
}

/// What a tail says: how long one call in a hundred takes, of naive and of the fastest of ours; in
/// ten, where too few were timed to know.
fn slowest(summary: &CaseSummary, scenario: &ScenarioSummary, best: Option<usize>) -> String {
    let said = |one_in: f64| -> Vec<String> {
        let time = |rung: usize| {
            let told = tail::told(&scenario.rungs[rung].as_ref()?.tail?);
            told.into_iter().find_map(|(x, ns)| (x == one_in).then_some(ns))
        };
        let said =
            |rung: usize| Some(format!("{} of {}", format::time(time(rung)?), summary.rungs[rung]));
        [Some(0), best].into_iter().flatten().filter_map(said).collect()
    };
    let (in_hundred, in_ten) = (said(100.0), said(10.0));
    match in_hundred.is_empty() {
        true => format!("One call in ten takes at least {}", in_ten.join(", ")),
        false => format!("One call in a hundred takes at least {}", in_hundred.join(", ")),
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
    let rows: Vec<Row> = in_order.map(|scenario| ratio_row(summary, scenario)).collect();
    plot::forest("Ratio to naive in every scenario", "times as fast as naive, logarithmic", &rows)
}

fn ratio_row(summary: &CaseSummary, scenario: &ScenarioSummary) -> Row {
    let best = summary.fastest(scenario);
    let dots = (1..summary.rungs.len()).filter_map(|rung| {
        let ratio = scenario.rungs[rung].as_ref()?.against_naive?.ratio;
        let dot = Dot::of(class(summary, best, rung), ratio);
        let between = Some(rung) != best && Some(rung) != summary.peer;
        Some((Some(rung) == best, if between { dot.numbered(rung + 1) } else { dot }))
    });
    // The fastest of ours last, so that it is drawn on top.
    let mut dots: Vec<_> = dots.collect();
    dots.sort_by_key(|(is_best, _)| *is_best);
    let gain = best.and_then(|best| scenario.rungs[best].as_ref()?.against_naive);
    Row {
        label: scenario::label(summary, &scenario.record.scenario),
        link: None,
        dots: dots.into_iter().map(|(_, dot)| dot).collect(),
        text: best.zip(gain).map_or_else(String::new, |(best, gain)| {
            format!("{}: {}", best + 1, format::verdict(gain))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::fixture::record;

    #[test]
    fn a_plot_says_what_it_shows_and_a_limit_of_one_core_that_several_pass() {
        let mut record = record();
        let case = record.cases.get_mut("words").unwrap();
        let mut larger = case.scenarios[0].clone();
        larger.scenario.n *= 2;
        case.scenarios.push(larger);
        let shown = |case: &record::CaseRecord| {
            let summary = CaseSummary::new(case, &record.machine).unwrap();
            joined(plots(&summary, &record.machine, "x-"), "").into_string()
        };
        let html = shown(case);
        for part in [
            "short, mixed: optimized 4.00× faster than naive at 1,000 words, optimized 4.00× faster \
             than naive at",
            "Faster than naive in 2 of 2 scenarios, from 4.00× to 4.00×",
            "id=\"x-plot-short-mixed\"",
            "href=\"#x-plot-ratios\"",
            ">3 optimized</text>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("passes it"), "{html}");
        // The fixture's rung uses two cores.
        case.scenarios.iter_mut().for_each(|scenario| scenario.work *= 4.0);
        assert!(
            shown(case).contains("The limit is that of one core; <code>optimized</code> passes")
        );
    }

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
