//! One case's page: the verdict at a glance, the plots, the chapter, the sources side by side, the
//! evidence, the claims.

use std::fs;

use anyhow::{Context, Result};
use maud::{Markup, html};
use protocol::{LimitKind, Machine};

use super::claims::claims;
use super::plots::plots;
use super::sources::sources;
use super::{Book, assembly, bill, failed, machines, provenance, tables, why};
use crate::html::class_of;
use crate::markdown::Markdown;
use cases::Case;
use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared};
use judge::words::format;
use judge::words::scenario;

/// The whole page.
pub fn page(book: &Book, case: &Case) -> Result<Markdown> {
    let chapter = chapter(case)?;
    let (lede, sections) = chapter.split_at(chapter.find("\n## ").unwrap_or(chapter.len()));
    let mut page = Markdown::default();
    page.heading(1, &case.title);
    page.block(&byline(case)?);
    page.prose(lede.trim());
    page.block(&measured(book, case));
    page.prose(sections);
    page.append(&sources(book, case)?);
    if let (Some(summary), Some(record)) = (book.summary(&case.name), book.record()) {
        page.append(&tables::section(summary, &record.machine));
        page.append(&bill::section(summary, &record.machine));
        page.append(&why::section(summary, 2));
        page.block(&assembly::section(book.workspace, case, summary, record));
        page.append(&claims(summary));
        page.block(&provenance(record));
    }
    Ok(page)
}

/// The chapter below its heading.
fn chapter(case: &Case) -> Result<String> {
    let path = case.folder.join("README.md");
    let chapter = fs::read_to_string(&path)
        .with_context(|| format!("the chapter {} is missing", path.display()))?;
    let below = chapter.strip_prefix(&format!("# {}\n", case.title)).with_context(|| {
        format!(
            "{} must begin with the heading `# {}`, as its manifest calls it",
            path.display(),
            case.title
        )
    })?;
    Ok(below.to_owned())
}

/// What stands before the chapter: how it went, the verdict and the plots.
fn measured(book: &Book, case: &Case) -> Markup {
    let failure = book.record().and_then(|record| record.cases.get(&case.name)?.failure.as_ref());
    html! {
        @if let Some(why) = failure { (failed("Failed in this run:", why)) }
        @match (book.summary(&case.name), book.record()) {
            (Some(summary), Some(record)) => {
                (glance(case, summary))
                @if let Some(across) = book.beside() { (machines::line(across, &case.name)) }
                (plots(summary, &record.machine))
            },
            _ if failure.is_none() => {
                div.glance {
                    p {
                        "Not measured in this record. "
                        code { "cargo xtask bench-all --only " (case.name) } " does it."
                    }
                }
            },
            _ => {},
        }
    }
}

/// Plots and tables alone: for figures that belong to no chapter.
pub fn figures(summary: &CaseSummary, machine: &Machine) -> Markup {
    html! { (plots(summary, machine)) (tables::tables(summary)) }
}

fn byline(case: &Case) -> Result<Markup> {
    let lib = fs::read_to_string(case.source("lib"))?;
    let safe = lib.contains("forbid(unsafe_code)");
    Ok(html! {
        p.byline {
            (case.part) " · " (case.minutes) " min · "
            @if safe { "safe Rust" } @else { "with " code { "unsafe" } }
            " · peer: " (case.peer)
        }
    })
}

/// What, how sure, from where on, at what cost.
pub fn glance(case: &Case, summary: &CaseSummary) -> Markup {
    let headline = summary.headline();
    let Some(best) = summary.best() else { return Markup::default() };
    let scenario = &headline.record.scenario;
    html! {
        div.glance {
            @if let Some(compared) = best.against_naive {
                p class={ "verdict " (class_of(compared.verdict)) } {
                    (verdict(summary, compared, None)) br;
                    span.where {
                        "than naive at " (scenario::size(summary, scenario)) ", " (scenario.input)
                    }
                }
            }
            ul { @for fact in facts(case, summary) { li { (fact) } } }
        }
    }
}

/// What stands below the verdict, as far as it is known.
fn facts(case: &Case, summary: &CaseSummary) -> Vec<Markup> {
    let headline = summary.headline();
    let Some(best) = summary.best() else { return Vec::new() };
    let items = format::plural(summary.item(), 2);
    let break_even = summary
        .break_even()
        .map(|n| html! { "breaks even near " strong { (format::about(n)) } " " (items) });
    let limit = best.share.map(|share| {
        html! { strong { (format::share(share)) } " of the limit: " (limit_text(summary)) }
    });
    let peer = headline.against_peer.map(|found| verdict(summary, found, Some(&case.peer)));
    let naive = headline.rungs[0].as_ref().and_then(|rung| rung.data);
    let memory = best.data.zip(naive).map(|(bytes, naive)| {
        let share = format::fraction(bytes as f64 / naive as f64);
        html! { strong { (share) } " of the memory" }
    });
    let allocations = best.allocations.map(|counts| {
        let n = (counts.allocations + counts.reallocations) as usize;
        html! { strong { (format::count(n)) } " " (format::plural("allocation", n)) " a call" }
    });
    [break_even.or_else(|| pays_from(summary)), limit, peer, memory, allocations, costs(summary)]
        .into_iter()
        .flatten()
        .collect()
}

/// What was found, against whom if that has to be said, and the interval.
fn verdict(summary: &CaseSummary, compared: Compared, against: Option<&str>) -> Markup {
    // What nobody could see well may yet differ.
    let verdict = match summary.headline().believable {
        true => format::verdict(compared),
        false => "neighbours were too busy to tell".to_owned(),
    };
    html! {
        strong { (verdict) }
        @if let Some(against) = against { " against " (against) }
        " " span.ci { (interval_of(compared)) }
    }
}

/// Where our best rung is ahead when its ratio to naive crosses 1 nowhere between sizes; `None`
/// where something else than the size varies.
fn pays_from(summary: &CaseSummary) -> Option<Markup> {
    let (_, scenarios) = summary.sizes()?;
    let ahead = scenarios
        .last()
        .and_then(|scenario| scenario.rungs[summary.optimized].as_ref()?.against_naive);
    Some(if ahead.is_some_and(|compared| compared.ratio.mid > 1.0) {
        let smallest = format::count(scenarios[0].record.scenario.n);
        html! { "ahead from the smallest size on, " (smallest) }
    } else {
        html! { "ahead at no size of the main input" }
    })
}

/// Lines, unsafe and crates that the gain costs; `None` where the record does not tell.
fn costs(summary: &CaseSummary) -> Option<Markup> {
    let costs = &summary.record.evidence.as_ref()?.cost;
    if costs.len() != summary.rungs.len() {
        return None;
    }
    let (naive, optimized) = (&costs[0], &costs[summary.optimized]);
    let more = match optimized.lines.cast_signed() - naive.lines.cast_signed() {
        0 => "no line more".to_owned(),
        more @ 1.. => format!("{more} {} more", format::plural("line", more as usize)),
        less => format!("{} {} less", -less, format::plural("line", less.unsigned_abs() as usize)),
    };
    let safety = match optimized.unsafe_blocks {
        0 => "no unsafe".to_owned(),
        n => format!("{n} unsafe {}", format::plural("block", n as usize)),
    };
    let crates: Vec<String> = optimized.crates.iter().map(|name| format!("crate {name}")).collect();
    let crates = if crates.is_empty() { "no crate".to_owned() } else { crates.join(", ") };
    Some(html! { "costs " (more) " · " (safety) " · " (crates) })
}

fn interval_of(compared: Compared) -> String {
    let (low, high) = if compared.verdict == Verdict::Slower {
        (1.0 / compared.ratio.high, 1.0 / compared.ratio.low)
    } else {
        (compared.ratio.low, compared.ratio.high)
    };
    format!("[{}, {}]", format::ratio(low), format::ratio(high))
}

fn limit_text(summary: &CaseSummary) -> &'static str {
    match summary.record.description.as_ref().and_then(|description| description.limit) {
        Some(LimitKind::Read) => "reading the data once at this machine's bandwidth",
        Some(LimitKind::Copy) => "copying the data once at this machine's bandwidth",
        Some(LimitKind::Flops32 | LimitKind::Flops64) => "one core's peak arithmetic",
        Some(LimitKind::Accesses) => "the memory's latency",
        Some(LimitKind::Cores) => "naive divided by the cores",
        None => "none is known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use crate::page::tests::case as known;
    use record::CaseRecord;
    use record::fixture::record;

    /// The box of the shared record's case, after a change to it.
    fn shown(change: impl FnOnce(&mut CaseRecord)) -> String {
        let mut record = record();
        let mut measured = record.cases.remove("words").unwrap();
        change(&mut measured);
        let summary = CaseSummary::new(&measured, &record.machine).unwrap();
        let html = glance(&known("words"), &summary).into_string();
        plain(&html.replace("</li>", ". "))
    }

    #[test]
    fn the_glance_says_what_how_sure_and_at_what_cost() {
        let text = shown(|_| ());
        for part in [
            "4.0× faster",
            "than naive at 1,000 words, short, mixed",
            "50 % of the limit: reading the data once",
            "1/8 of the memory. ",
            "costs no line more · no unsafe · crate memchr. ",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let facts = |change: fn(&mut CaseRecord)| shown(change);
        assert!(!facts(|case| case.scenarios[0].data_bytes[0] = None).contains("of the memory"));
        assert!(!facts(|case| case.evidence = None).contains("costs"));
        // Costs of other rungs than these belong to nobody.
        let fewer = |case: &mut CaseRecord| case.evidence.as_mut().unwrap().cost.truncate(1);
        assert!(!facts(fewer).contains("costs"));
        let no_limit = |case: &mut CaseRecord| case.description.as_mut().unwrap().limit = None;
        assert!(!facts(no_limit).contains("of the limit"));
        assert!(!shown(|_| ()).contains("against memchr"), "the case has no peer");
        assert!(!shown(|_| ()).contains("allocation"), "of our best rung nothing was counted");
    }

    #[test]
    fn nothing_is_shown_of_a_case_whose_best_rung_did_not_run() {
        let gone = |case: &mut CaseRecord| {
            for process in &mut case.scenarios[0].times {
                process[2] = 0.0;
            }
        };
        assert_eq!(shown(gone), "");
    }

    #[test]
    fn what_nobody_could_see_well_is_no_verdict() {
        let text = shown(|case| case.scenarios[0].quiet = 0.0);
        assert!(text.contains("neighbours were too busy to tell"), "{text}");
        assert!(!text.contains("faster"), "{text}");
    }

    #[test]
    fn a_case_that_was_not_measured_says_how_to_do_it() {
        let house = crate::page::tests::House::new(&["words"]);
        let across = crate::across::Across::new(&[]);
        let workspace = &house.workspace;
        let book = Book { workspace, across: &across, file_record: None };
        let text = page(&book, &workspace.cases[0]).unwrap().to_string();
        assert!(text.contains("cargo xtask bench-all --only words"), "{text}");
        assert!(text.contains("safe Rust · peer: memchr") && text.contains("\n\nlede\n\n"));
        assert!(!text.contains("## Evidence") && text.contains("## Side by side"), "{text}");
    }
}
