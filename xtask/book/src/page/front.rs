//! The front page's ranking: what each technique gained here, and what to try first.

use crate::html::{escape, ratio_with_interval};
use std::fmt::Write as _;

use super::{Book, machines, provenance};
use judge::words::format;
use judge::words::scenario;
use protocol::Machine;

use crate::plot::{self, Row};
use cases::Case;
use judge::stats::{self, Verdict};
use judge::summary::{CaseSummary, Outcome};

/// The ranking with its plot, table and notes.
pub fn ranking(book: &Book) -> String {
    let Some(record) = book.record() else {
        return "Nothing was measured yet: `cargo xtask bench-all` does it.\n".to_owned();
    };
    let mut ranked: Vec<(&Case, &CaseSummary, f64)> = book
        .workspace
        .cases
        .iter()
        .filter_map(|case| {
            let summary = book.summary(&case.name)?;
            let ratio = summary.best()?.against_naive?.ratio.mid;
            Some((case, summary, ratio))
        })
        .collect();
    ranked.sort_by(|a, b| b.2.total_cmp(&a.2));

    let mut html = failures(book);
    html.push_str(&broken(&ranked));
    html.push_str(&advice(&ranked, &record.machine));
    if let Some(across) = book.beside() {
        html.push_str(&machines::front_line(across));
    }
    let rows: Vec<Row> = ranked.iter().map(|(case, summary, _)| row(case, summary)).collect();
    let plot = plot::forest(
        "Techniques by what they gained on this machine",
        "times as fast as naive, logarithmic",
        &rows,
    );
    let _ = write!(
        html,
        "\n<figure>{plot}<figcaption>Our best rung (filled) and the crate that a professional would pick (open) against \
         naive, each at its headline size, with 95 % intervals. Titles lead to the chapters.</figcaption></figure>\n\n"
    );
    html.push_str(&provenance(record));
    html.push_str(&table(&ranked));
    html
}

fn row(case: &Case, summary: &CaseSummary) -> Row {
    let dot = |rung: usize, class| {
        let ratio = summary.headline().rungs[rung].as_ref()?.against_naive?.ratio;
        Some((class, ratio.mid, ratio.low, ratio.high))
    };
    let best = summary.best().and_then(|best| best.against_naive);
    Row {
        label: case.title.clone(),
        link: Some(format!("{}.html", case.name)),
        dots: summary
            .peer
            .and_then(|peer| dot(peer, "peer"))
            .into_iter()
            .chain(dot(summary.optimized, "best"))
            .collect(),
        text: best.map_or(String::new(), format::short_verdict),
    }
}

/// What to try first, in a sentence.
fn advice(ranked: &[(&Case, &CaseSummary, f64)], machine: &Machine) -> String {
    let (pays, not): (Vec<_>, Vec<_>) = ranked.iter().partition(|(_, summary, _)| {
        summary
            .best()
            .and_then(|best| best.against_naive)
            .is_some_and(|compared| compared.verdict == Verdict::Faster)
    });
    let link =
        |(case, _, _): &&(&Case, &CaseSummary, f64)| format!("[{}]({}.md)", case.title, case.name);
    let mut text = String::new();
    if !pays.is_empty() {
        let first: Vec<String> = pays
            .iter()
            .take(3)
            .map(|entry| format!("{} ({})", link(entry), format::ratio(entry.2)))
            .collect();
        let _ = write!(
            text,
            "<div class=\"advice\">\n\nOn this machine ({}, {} {}), try these first, if your program has their problem: {}.",
            escape(&machine.processor),
            machine.cores,
            format::plural("core", machine.cores),
            first.join(", ")
        );
        // Too noisy to tell is not the same as no gain.
        let no_gain = |(_, summary, _): &&&(&Case, &CaseSummary, f64)| {
            let compared = summary.best().and_then(|best| best.against_naive);
            compared.is_some_and(|compared| compared.ratio.high <= stats::PAYS)
        };
        let rest: Vec<String> = not.iter().filter(no_gain).map(link).collect();
        if !rest.is_empty() {
            let _ = write!(text, " Do not expect a gain from {}.", rest.join(", "));
        }
        text.push_str("\n\n</div>\n");
    }
    text
}

fn failures(book: &Book) -> String {
    let failed = book
        .record()
        .into_iter()
        .flat_map(|record| &record.cases)
        .filter_map(|(name, case)| Some((name, case.failure.as_ref()?)));
    failed
        .map(|(name, why)| {
            format!(
                "<div class=\"failed\"><strong>{name} failed in this run:</strong> {}</div>\n\n",
                escape(why)
            )
        })
        .collect()
}

/// Claims that this run contradicts stand at the front, not hidden.
fn broken(ranked: &[(&Case, &CaseSummary, f64)]) -> String {
    let mut text = String::new();
    for (case, summary, _) in ranked {
        let count =
            summary.claims.iter().filter(|(_, outcome)| *outcome == Outcome::Broken).count();
        if count > 0 {
            let _ = write!(
                text,
                "<div class=\"failed\">{count} {} of <a href=\"{}.html#claims\">{}</a> did not hold on this machine.</div>\n\n",
                format::plural("claim", count),
                case.name,
                case.title
            );
        }
    }
    text
}

fn table(ranked: &[(&Case, &CaseSummary, f64)]) -> String {
    let mut html = String::from(
        "<div class=\"table-wrapper\"><table class=\"ranking\"><thead><tr><th>technique</th><th>part</th><th>measured at</th>\
         <th>against naive</th><th>breaks even near</th><th>of the limit</th><th>against the peer</th></tr></thead><tbody>",
    );
    for (case, summary, _) in ranked {
        let Some(best) = summary.best() else { continue };
        let scenario = &summary.headline().record.scenario;
        let _ = write!(
            html,
            "<tr><td><a href=\"{}.html\">{}</a></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            case.name,
            case.title,
            case.part,
            scenario::short(summary, scenario),
            best.against_naive
                .map_or(String::new(), |compared| ratio_with_interval(compared.ratio)),
            summary.break_even().map_or("–".to_owned(), format::about),
            best.share.map_or("–".to_owned(), format::share),
            summary.headline().against_peer.map_or("–".to_owned(), format::short_verdict),
        );
    }
    html.push_str("</tbody></table></div>\n");
    html
}
