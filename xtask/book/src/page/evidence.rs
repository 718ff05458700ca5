//! The tables of a case, and what became of its claims.

use crate::html::{class_of, ratio_with_interval};
use std::fmt::Write as _;

use protocol::{Expect, Machine};

use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared, Outcome, RungSummary, ScenarioSummary};
use judge::words::{claim, format, scenario};

/// How to read the tables, and the tables.
pub fn evidence(summary: &CaseSummary, machine: &Machine) -> String {
    let mut html = String::from("\n## Evidence\n\n");
    let _ = writeln!(
        html,
        "Ratios come from interleaved runs in {} processes, with 95 % intervals; “cannot tell” means that the interval or the noise floor allows both. [How the figures are made](method.md).\n",
        summary.headline().record.times.len()
    );
    let unavailable = summary.record.description.iter().flat_map(|description| &description.rungs);
    for rung in unavailable {
        if let Some(why) = &rung.unavailable {
            let _ =
                writeln!(html, "`{}` did not run: not on this system, because {why}.\n", rung.name);
        }
    }
    html.push_str(&tables(summary));
    if machine.read.is_empty() {
        html.push_str(
            "\nShares of the limit are unavailable: this machine's limits were not measured.\n",
        );
    }
    html
}

/// The headline's table open, the others folded.
pub fn tables(summary: &CaseSummary) -> String {
    let mut html = String::new();
    let order = std::iter::once(summary.headline)
        .chain((0..summary.scenarios.len()).filter(|at| *at != summary.headline));
    for at in order {
        let scenario = &summary.scenarios[at];
        let open = if at == summary.headline { " open" } else { "" };
        let size = scenario::long(summary, &scenario.record.scenario);
        let _ = write!(
            html,
            "<details{open}><summary>{size}</summary>\n{}</details>\n",
            table(summary, scenario)
        );
    }
    html
}

fn table(summary: &CaseSummary, scenario: &ScenarioSummary) -> String {
    let any = |has: fn(&RungSummary) -> bool| scenario.rungs.iter().flatten().any(has);
    let (with_data, with_allocations, with_share) = (
        any(|rung| rung.data.is_some()),
        any(|rung| rung.allocations.is_some()),
        any(|rung| rung.share.is_some()),
    );
    let mut html = String::from(
        "<div class=\"table-wrapper\"><table class=\"evidence\"><thead><tr><th>rung</th><th>time a call</th>",
    );
    let _ = write!(
        html,
        "<th>per {}</th><th>against naive</th><th>against the one before</th>",
        summary.item()
    );
    if with_share {
        html.push_str("<th>of the limit</th>");
    }
    if with_data {
        html.push_str("<th>data</th>");
    }
    if with_allocations {
        html.push_str("<th>allocations</th><th>peak</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for (name, rung) in summary.rungs.iter().zip(&scenario.rungs) {
        let Some(rung) = rung else { continue };
        let n = summary.items(&scenario.record.scenario).max(1) as f64;
        let _ = write!(
            html,
            "<tr><th><code>{name}</code></th><td>{}</td><td>{}</td>",
            format::time(rung.time.mid),
            format::time(rung.time.mid / n)
        );
        let _ = write!(
            html,
            "<td>{}{}</td><td>{}</td>",
            judged(rung.against_naive),
            solo_note(rung),
            judged(rung.against_previous)
        );
        if with_share {
            let _ = write!(html, "<td>{}</td>", rung.share.map_or("–".to_owned(), format::share));
        }
        if with_data {
            let _ = write!(
                html,
                "<td>{}</td>",
                rung.data.map_or("–".to_owned(), |bytes| format::bytes(bytes as f64))
            );
        }
        if with_allocations {
            let cells = rung.allocations.map(|counts| {
                let vary = if counts.repeatable { "" } else { " at most" };
                let n = format::count((counts.allocations + counts.reallocations) as usize);
                (format!("{n}{vary}"), format::bytes(counts.peak as f64))
            });
            let (calls, peak) = cells.unwrap_or(("–".to_owned(), "–".to_owned()));
            let _ = write!(html, "<td>{calls}</td><td>{peak}</td>");
        }
        html.push_str("</tr>");
    }
    let record = scenario.record;
    let _ = write!(
        html,
        "</tbody></table></div>\n<p class=\"small\">{} blocks, {} of them quiet; noise floor {}; {} {} in rotation.{}</p>\n",
        record.blocks,
        format::share(record.quiet),
        format::share(scenario.floor),
        format::count(record.inputs),
        format::plural("input", record.inputs),
        if scenario.believable {
            ""
        } else {
            " <strong>Inconclusive: the machine was busy in too many blocks.</strong>"
        },
    );
    html
}

fn judged(compared: Option<Compared>) -> String {
    let Some(compared) = compared else { return "–".to_owned() };
    let word = match compared.verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::CannotTell => "cannot tell",
    };
    format!(
        "{} <span class=\"{}\">{word}</span>",
        ratio_with_interval(compared.ratio),
        class_of(compared.verdict)
    )
}

/// criterion times a rung alone, with caches and predictors all its own: where that matters, the
/// reader should know.
fn solo_note(rung: &RungSummary) -> String {
    let note = |ratio: f64| {
        format!("<br><span class=\"ci\">alone, under criterion: {}</span>", format::ratio(ratio))
    };
    rung.solo_ratio.map(note).unwrap_or_default()
}

pub fn claims(summary: &CaseSummary) -> String {
    let mut html = String::from("\n## Claims\n\n<ul class=\"claims\">\n");
    for (claim, outcome) in &summary.claims {
        let found = summary.claimed(claim);
        let (mark, class, word) = match outcome {
            Outcome::Held => ("✓", "faster", "held"),
            Outcome::Broken => ("✗", "slower", "broken"),
            Outcome::Undecided if found.as_ref().is_some_and(|at| !at.scenario.believable) => {
                ("?", "cannot-tell", "undecided, neighbours were busy")
            }
            Outcome::Undecided => ("?", "cannot-tell", "undecided"),
            Outcome::NotMeasured => ("–", "cannot-tell", "not measured in this run"),
        };
        let measured = found.and_then(|found| match claim.expect {
            Expect::MemoryAtMost(_) => Some(format::bytes(found.rung.data? as f64)),
            _ => Some(ratio_with_interval(found.compared?.ratio)),
        });
        let _ = writeln!(
            html,
            "<li><span class=\"{class}\">{mark} {word}</span> <code>{}</code> {} at {}{}</li>",
            claim.rung,
            claim::says(claim),
            scenario::of_claim(summary, claim),
            measured.map_or(String::new(), |measured| format!(": {measured}")),
        );
    }
    html.push_str("</ul>\n\n");
    html
}
