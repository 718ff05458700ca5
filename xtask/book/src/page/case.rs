//! One case's page: the verdict at a glance, the plots, the chapter, the sources side by side, the
//! evidence, the claims.

use crate::html::{class_of, escape};
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use protocol::{LimitKind, Machine};

use super::evidence::{claims, evidence, tables};
use super::figures::plots;
use super::sources::sources;
use super::{Book, assembly, machines, provenance, why};
use cases::Case;
use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared};
use judge::words::format;
use judge::words::scenario;

/// The whole page.
pub fn page(book: &Book, case: &Case) -> Result<String> {
    let path = case.folder.join("README.md");
    let chapter = fs::read_to_string(&path)
        .with_context(|| format!("the chapter {} is missing", path.display()))?;
    let chapter = chapter.strip_prefix(&format!("# {}\n", case.title)).with_context(|| {
        format!(
            "{} must begin with the heading `# {}`, as its manifest calls it",
            path.display(),
            case.title
        )
    })?;
    let (lede, sections) = chapter.split_at(chapter.find("\n## ").unwrap_or(chapter.len()));
    let mut page = format!("# {}\n\n{}\n\n{}\n", case.title, byline(case)?, lede.trim());
    let failure = book.record().and_then(|record| record.cases.get(&case.name)?.failure.as_ref());
    if let Some(failure) = failure {
        let _ = writeln!(
            page,
            "\n<div class=\"failed\"><strong>Failed in this run:</strong> {}</div>\n",
            escape(failure)
        );
    }
    let summary = book.summary(&case.name);
    match (&summary, book.record()) {
        (Some(summary), Some(record)) => {
            page.push_str(&glance(case, summary));
            if let Some(across) = book.beside() {
                page.push_str(&machines::line(across, &case.name));
            }
            page.push_str(&plots(summary, &record.machine));
        }
        _ if failure.is_none() => {
            let _ = writeln!(
                page,
                "\n<div class=\"glance\"><p>Not measured in this record. <code>cargo xtask bench-all --only {}</code> does it.</p></div>\n",
                case.name
            );
        }
        _ => {}
    }
    page.push_str(sections);
    page.push_str(&sources(book, case)?);
    if let (Some(summary), Some(record)) = (&summary, book.record()) {
        page.push_str(&evidence(summary, &record.machine));
        page.push_str(&why::section(summary));
        page.push_str(&assembly::section(book.workspace, case, summary, record));
        page.push_str(&claims(summary));
        page.push_str(&provenance(record));
    }
    Ok(page)
}

/// Plots and tables alone: for figures that belong to no chapter.
pub fn figures(summary: &CaseSummary, machine: &Machine) -> String {
    plots(summary, machine) + "\n" + &tables(summary)
}

fn byline(case: &Case) -> Result<String> {
    let lib = fs::read_to_string(case.source("lib"))?;
    let safety =
        if lib.contains("forbid(unsafe_code)") { "safe Rust" } else { "with <code>unsafe</code>" };
    Ok(format!(
        "<p class=\"byline\">{} · {} min · {safety} · peer: {}</p>",
        case.part,
        case.minutes,
        escape(&case.peer)
    ))
}

/// What, how sure, from where on, at what cost.
pub fn glance(case: &Case, summary: &CaseSummary) -> String {
    let (headline, item) = (summary.headline(), summary.item());
    let Some(best) = summary.best() else { return String::new() };
    let scenario = &headline.record.scenario;
    let size = scenario::size(summary, scenario);
    // What nobody could see well may yet differ.
    let verdict = |compared| match headline.believable {
        true => format::verdict(compared),
        false => "neighbours were too busy to tell".to_owned(),
    };
    let mut html = String::from("\n<div class=\"glance\">\n");
    if let Some(compared) = best.against_naive {
        let _ = writeln!(
            html,
            "<p class=\"verdict {}\"><strong>{}</strong> <span class=\"ci\">{}</span><br><span class=\"where\">than naive at {size}, {}</span></p>",
            class_of(compared.verdict),
            verdict(compared),
            interval_of(compared),
            escape(&scenario.input),
        );
    }
    let break_even = summary.break_even().map(|n| {
        let (n, items) = (format::about(n), format::plural(item, 2));
        format!("breaks even near <strong>{n}</strong> {items}")
    });
    let mut facts: Vec<String> = break_even.or_else(|| pays_from(summary)).into_iter().collect();
    if let Some(share) = best.share {
        facts.push(format!(
            "<strong>{}</strong> of the limit: {}",
            format::share(share),
            limit_text(summary)
        ));
    }
    if let Some(compared) = headline.against_peer {
        facts.push(format!(
            "<strong>{}</strong> against {} <span class=\"ci\">{}</span>",
            verdict(compared),
            escape(&case.peer),
            interval_of(compared)
        ));
    }
    if let (Some(bytes), Some(naive)) =
        (best.data, headline.rungs[0].as_ref().and_then(|rung| rung.data))
    {
        facts.push(format!(
            "<strong>{}</strong> of the memory",
            format::fraction(bytes as f64 / naive as f64)
        ));
    }
    if let Some(counts) = best.allocations {
        let n = counts.allocations + counts.reallocations;
        facts.push(format!(
            "<strong>{}</strong> {} a call",
            format::count(n as usize),
            format::plural("allocation", n as usize)
        ));
    }
    facts.extend(cost_line(summary));
    let _ = writeln!(
        html,
        "<ul>{}</ul>\n</div>\n",
        facts.iter().map(|fact| format!("<li>{fact}</li>")).collect::<String>()
    );
    html
}

/// Where our best rung is ahead when its ratio to naive crosses 1 nowhere between sizes; `None`
/// where something else than the size varies.
fn pays_from(summary: &CaseSummary) -> Option<String> {
    let (_, scenarios) = summary.sizes()?;
    let ahead = scenarios
        .last()
        .and_then(|scenario| scenario.rungs[summary.optimized].as_ref()?.against_naive);
    Some(if ahead.is_some_and(|compared| compared.ratio.mid > 1.0) {
        let smallest = format::count(scenarios[0].record.scenario.n);
        format!("ahead from the smallest size on, {smallest}")
    } else {
        "ahead at no size of the main input".to_owned()
    })
}

/// Lines, unsafe and crates that the gain costs; `None` where the record does not tell.
fn cost_line(summary: &CaseSummary) -> Option<String> {
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
    let crates: Vec<String> =
        optimized.crates.iter().map(|name| format!("crate {}", escape(name))).collect();
    let crates = if crates.is_empty() { "no crate".to_owned() } else { crates.join(", ") };
    Some(format!("costs {more} · {safety} · {crates}"))
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
