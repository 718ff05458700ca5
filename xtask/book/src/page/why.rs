//! Why it is faster: what each rung makes the processor do, what it asks of the allocator, what its
//! machine code looks like, and what it costs its author.

use maud::{Markup, html};

use crate::markdown::Markdown;
use judge::records::code;
use judge::summary::CaseSummary;
use judge::words::format;
use judge::words::scenario;
use record::{Assembly, Counted, Counters, Found, RungCost, Simulated};

/// A heading with lines below it, or why there are none.
struct Group {
    title: String,
    /// What is counted, and a cell for each rung.
    lines: Vec<(String, Vec<String>)>,
    unavailable: Option<String>,
}

impl Group {
    fn unavailable(title: &str, why: &str) -> Self {
        Self { title: title.to_owned(), lines: Vec::new(), unavailable: Some(why.to_owned()) }
    }
}

/// The section, with a heading of this level; empty if nobody looked.
pub fn section(summary: &CaseSummary, level: usize) -> Markdown {
    let mut section = Markdown::default();
    let Some(evidence) = &summary.record.evidence else { return section };
    let groups = [
        allocations(summary),
        simulated(summary, &evidence.simulated),
        counters(summary, &evidence.counters),
        code(&evidence.assembly),
        cost(&evidence.cost),
    ];
    section.heading(level, "Why it is faster");
    section.words(
        "Counts are for one call. [How they are made](method.md#counts). \
         `cargo xtask profile CASE/RUNG` draws [where the time goes](method.md#profiles).",
    );
    section.block(&html! {
        div.table-wrapper {
            table.evidence.why {
                thead { tr {
                    td {}
                    @for rung in &summary.rungs { th scope="col" { code { (rung) } } }
                } }
                @for group in &groups { (body(group, summary.rungs.len() + 1)) }
            }
        }
        (super::counts::notes(summary, evidence))
    });
    section
}

fn body(group: &Group, columns: usize) -> Markup {
    html! {
        tbody {
            tr {
                th scope="colgroup" colspan=(columns) {
                    (group.title)
                    span.small {
                        @if let Some(why) = &group.unavailable { " unavailable: " (why) }
                    }
                }
            }
            @for (what, cells) in &group.lines {
                tr { th scope="row" { (what) } @for cell in cells { td { (cell) } } }
            }
        }
    }
}

fn allocations(summary: &CaseSummary) -> Group {
    let rungs = &summary.headline().rungs;
    let cells = |show: &dyn Fn(&protocol::Allocations) -> String| {
        let cell = |rung: &Option<judge::summary::RungSummary>| {
            let counts = rung.as_ref()?.allocations?;
            Some(show(&counts) + if counts.repeatable { "" } else { " at most" })
        };
        rungs.iter().map(|rung| cell(rung).unwrap_or_else(dash)).collect()
    };
    let n = |count: u64| format::count(count as usize);
    if !rungs.iter().flatten().any(|rung| rung.allocations.is_some()) {
        return Group::unavailable("Allocator", "nothing was counted in this scenario");
    }
    let mut lines = vec![
        ("allocations".to_owned(), cells(&|counts| n(counts.allocations))),
        ("reallocations".to_owned(), cells(&|counts| n(counts.reallocations))),
        ("bytes asked for".to_owned(), cells(&|counts| format::bytes(counts.bytes as f64))),
        ("most alive at once".to_owned(), cells(&|counts| format::bytes(counts.peak as f64))),
    ];
    let faults: Vec<Option<f64>> =
        rungs.iter().map(|rung| rung.as_ref()?.allocations?.faults).collect();
    if faults.iter().any(Option::is_some) {
        let cells = faults.into_iter().map(|faults| faults.map_or_else(dash, format::events));
        lines.push(("page faults".to_owned(), cells.collect()));
    }
    Group { title: "Allocator".to_owned(), lines, unavailable: None }
}

fn simulated(summary: &CaseSummary, found: &Found<Counted<Simulated>>) -> Group {
    let line = |what: &str, of: fn(&Simulated) -> Option<f64>| (what.to_owned(), of);
    counts(
        "Simulated by valgrind",
        summary,
        found,
        &[
            line("instructions", |s| Some(s.instructions)),
            line("branches", |s| Some(s.branches)),
            line("predicted wrongly", |s| Some(s.mispredictions)),
            line("the same, by a predictor of today", |s| s.mispredictions_today),
            line("misses of the first level", |s| Some(s.l1_misses)),
            line("misses of the last level", |s| Some(s.last_level_misses)),
            line("system calls", |s| Some(s.system?.calls)),
        ],
    )
}

fn counters(summary: &CaseSummary, found: &Found<Counted<Counters>>) -> Group {
    let line = |what: &str, of: fn(&Counters) -> Option<f64>| (what.to_owned(), of);
    counts(
        "Counted by the processor",
        summary,
        found,
        &[
            line("cycles", |c| c.cycles),
            line("instructions", |c| c.instructions),
            line("instructions per cycle", super::counts::per_cycle),
            line("branches", |c| c.branches),
            line("predicted wrongly", |c| c.mispredictions),
            line("misses of the first level", |c| c.l1_misses),
            line("misses of the last level", |c| c.last_level_misses),
        ],
    )
}

/// Lines of counts, with where they were made in the heading.
fn counts<T>(
    title: &str,
    summary: &CaseSummary,
    found: &Found<Counted<T>>,
    lines: &[(String, impl Fn(&T) -> Option<f64>)],
) -> Group {
    let counted = match found {
        Found::Here(counted) => counted,
        Found::Unavailable(why) => return Group::unavailable(title, why),
    };
    let at = format!("{title}, at {}", scenario::long(summary, &counted.scenario));
    let cells = |of: &dyn Fn(&T) -> Option<f64>| -> Vec<Option<f64>> {
        counted.rungs.iter().map(|rung| of(rung.as_ref()?)).collect()
    };
    let shown = lines.iter().filter_map(|(what, of)| {
        let cells = cells(of);
        let text = |cell: Option<f64>| cell.map_or_else(dash, format::events);
        cells
            .iter()
            .any(Option::is_some)
            .then(|| (what.clone(), cells.into_iter().map(text).collect()))
    });
    Group { title: at, lines: shown.collect(), unavailable: None }
}

fn code(found: &Found<Counted<Assembly>>) -> Group {
    let counted = match found {
        Found::Here(counted) => counted,
        Found::Unavailable(why) => return Group::unavailable("Machine code", why),
    };
    let cells = |show: fn(&Assembly) -> String| {
        counted.rungs.iter().map(|rung| rung.as_ref().map_or_else(dash, show)).collect()
    };
    Group {
        title: "Machine code of the hottest function".to_owned(),
        lines: vec![
            (
                "its share of the time".to_owned(),
                cells(|code| if code.share > 0.0 { format::share(code.share) } else { dash() }),
            ),
            ("instructions".to_owned(), cells(|code| format::count(code.instructions as usize))),
            ("on packed vectors".to_owned(), cells(code::packed)),
            ("calls".to_owned(), cells(|code| code.calls.to_string())),
            ("calls that panic".to_owned(), cells(|code| code.panics.to_string())),
        ],
        unavailable: None,
    }
}

fn cost(costs: &[RungCost]) -> Group {
    let cells = |show: fn(&RungCost) -> String| costs.iter().map(show).collect();
    let crates = |cost: &RungCost| match cost.packages {
        0 => "none".to_owned(),
        n => format!("{} ({n} {})", cost.crates.join(", "), format::plural("package", n as usize)),
    };
    Group {
        title: "What it costs".to_owned(),
        lines: vec![
            ("lines of code".to_owned(), cells(|cost| cost.lines.to_string())),
            ("unsafe blocks".to_owned(), cells(|cost| cost.unsafe_blocks.to_string())),
            ("crates".to_owned(), costs.iter().map(crates).collect()),
            (
                "own machine code".to_owned(),
                cells(|cost| {
                    cost.code_bytes.map_or_else(dash, |bytes| format::bytes(bytes as f64))
                }),
            ),
        ],
        unavailable: None,
    }
}

fn dash() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use record::CaseRecord;
    use record::fixture::record;

    fn shown(change: impl FnOnce(&mut CaseRecord)) -> String {
        let mut record = record();
        let case = record.cases.get_mut("words").unwrap();
        change(case);
        plain(&section(&CaseSummary::new(case, &record.machine).unwrap(), 2).to_string())
    }

    #[test]
    fn what_was_counted_has_a_line_and_what_was_not_says_why() {
        let text = shown(|_| ());
        for part in [
            "## Why it is faster",
            "Allocator | allocations | 3 | – | – | ",
            "instructions | 100 | – | 100 | ",
            "Counted by the processor unavailable: no counters | ",
            "its share of the time | 90 % | – | 90 % | ",
            "crates | memchr (1 package) | ",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        let nothing = shown(|case| case.scenarios[0].allocations.fill(None));
        assert!(nothing.contains("Allocator unavailable: nothing was counted in this scenario"));
    }

    #[test]
    fn without_evidence_there_is_no_section() {
        assert_eq!(shown(|case| case.evidence = None), "");
    }
}
