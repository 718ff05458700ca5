//! The front page's ranking: what each technique gained here, and what to try first.

use maud::{Markup, html};

use super::{Book, failed, link, machines, provenance};
use crate::html::{joined, judged};
use crate::markdown::Markdown;
use crate::plot::{self, Row};
use cases::Case;
use judge::stats::{self, Verdict};
use judge::summary::{CaseSummary, Compared, Outcome};
use judge::words::{ahead, format, scenario};
use protocol::Machine;

/// A case with what the last of our rungs gained against naive.
struct Ranked<'a> {
    case: &'a Case,
    summary: &'a CaseSummary<'a>,
    gain: Compared,
}

/// The ranking with its plot, table and notes.
pub fn ranking(book: &Book) -> Markdown {
    let mut page = Markdown::default();
    let Some(record) = book.record() else {
        page.words("Nothing was measured yet: `cargo xtask bench-all` does it.");
        return page;
    };
    let ranked = ranked(book);
    let plot = plot::forest(
        "Techniques by what they gained on this machine",
        "times as fast as naive, logarithmic",
        &ranked.iter().map(row).collect::<Vec<_>>(),
    );
    page.block(&html! {
        (failures(book))
        (broken(&ranked))
        (advice(&ranked, &record.machine))
        @if let Some(across) = book.beside() { (machines::front_line(across)) }
        figure {
            (plot)
            figcaption {
                "The last of our rungs (filled) and the crate that a professional would pick (open) \
                 against naive, each at its headline size, with 95 % intervals. Titles lead to \
                 the chapters."
            }
        }
        (provenance(record))
        (table(&ranked))
    });
    page
}

/// What was measured, the greatest gain first.
fn ranked<'a>(book: &Book<'a>) -> Vec<Ranked<'a>> {
    let with_gain = |case: &'a Case| {
        let summary = book.summary(&case.name)?;
        Some(Ranked { case, summary, gain: summary.best()?.against_naive? })
    };
    let mut ranked: Vec<Ranked> = book.workspace.cases.iter().filter_map(with_gain).collect();
    ranked.sort_by(|a, b| a.gain.by_gain(&b.gain));
    ranked
}

fn row(Ranked { case, summary, gain }: &Ranked) -> Row {
    let dot = |rung: usize, class| {
        let ratio = summary.headline().rungs[rung].as_ref()?.against_naive?.ratio;
        Some((class, ratio.mid, ratio.low, ratio.high))
    };
    Row {
        label: case.title.clone(),
        link: Some(format!("{}.html", case.name)),
        dots: summary
            .peer
            .and_then(|peer| dot(peer, "peer"))
            .into_iter()
            .chain(dot(summary.optimized, "best"))
            .collect(),
        text: format::short_verdict(*gain),
    }
}

/// What to try first, in a sentence.
fn advice(ranked: &[Ranked], machine: &Machine) -> Markup {
    let (pays, not): (Vec<&Ranked>, Vec<&Ranked>) =
        ranked.iter().partition(|ranked| ranked.gain.verdict == Verdict::Faster);
    if pays.is_empty() {
        return Markup::default();
    }
    let title = |ranked: &Ranked| link(Some(ranked.case), &ranked.case.name);
    let first = pays.iter().take(3).map(|ranked| {
        html! { (title(ranked)) " (" (format::middle(ranked.gain.ratio)) ")" }
    });
    // Too noisy to tell is not the same as no gain.
    let no_gain = not.iter().filter(|ranked| ranked.gain.ratio.high <= stats::PAYS);
    let no_gain: Vec<Markup> = no_gain.map(|ranked| title(ranked)).collect();
    let cores = format::plural("core", machine.cores);
    html! {
        div.advice {
            p {
                "On this machine (" (machine.processor) ", " (machine.cores) " " (cores)
                "), try these first, if your program has their problem: " (joined(first, ", "))
                "."
                @if !no_gain.is_empty() {
                    " Do not expect a gain from " (joined(no_gain, ", ")) "."
                }
            }
        }
    }
}

fn failures(book: &Book) -> Markup {
    let cases = book.record().into_iter().flat_map(|record| &record.cases);
    let failures = cases.filter_map(|(name, case)| Some((name, case.failure.as_ref()?)));
    html! {
        @for (name, why) in failures { (failed(&format!("{name} failed in this run:"), why)) }
    }
}

/// Claims that this run contradicts stand at the front, not hidden.
fn broken(ranked: &[Ranked]) -> Markup {
    let broken = ranked.iter().map(|Ranked { case, summary, .. }| {
        let outcomes = summary.claims.iter().map(|(_, outcome)| outcome);
        (case, outcomes.filter(|outcome| **outcome == Outcome::Broken).count())
    });
    html! {
        @for (case, count) in broken.filter(|(_, count)| *count > 0) {
            div.failed {
                (count) " " (format::plural("claim", count)) " of "
                a href={ (case.name) ".html#claims" } { (case.title) }
                " did not hold on this machine."
            }
        }
    }
}

fn table(ranked: &[Ranked]) -> Markup {
    html! {
        div.table-wrapper {
            table.ranking {
                thead {
                    tr {
                        th { "technique" }
                        th { "part" }
                        th { "measured at" }
                        th { "against naive" }
                        th { "ahead from" }
                        th { "of the limit" }
                        th { "against the peer" }
                    }
                }
                tbody { @for ranked in ranked { (cells(ranked)) } }
            }
        }
    }
}

fn cells(Ranked { case, summary, gain }: &Ranked) -> Markup {
    let dash = || "–".to_owned();
    let headline = summary.headline();
    let share = summary.best().and_then(|best| best.share);
    html! {
        tr {
            td { (link(Some(case), &case.name)) }
            td { (case.part) }
            td { (scenario::short(summary, &headline.record.scenario)) }
            td { (judged(*gain)) }
            td { (ahead::short(summary).unwrap_or_else(dash)) }
            td { (share.map_or_else(dash, format::share)) }
            td { (headline.against_peer.map_or_else(dash, format::short_verdict)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::Across;
    use crate::across::tests as synthetic;
    use crate::html::tests::plain;
    use crate::page::tests::{case, workspace};
    use record::Record;

    /// A record of cases with these ratios of our best rung to naive, all measured alike.
    fn record(cases: &[(&str, f64)]) -> Record {
        let mut all = synthetic::empty("A <fast> one");
        for (name, ratio) in cases {
            let one = synthetic::record("", &[(1_000, [1.0, *ratio, 1.5])]);
            all.cases.insert((*name).into(), one.cases["bitsets"].clone());
        }
        all
    }

    fn front(record: &Record, cases: &[&str]) -> String {
        let workspace = workspace(cases.iter().map(|name| case(name)).collect());
        let across = Across::new(&[record]);
        ranking(&Book { workspace: &workspace, across: &across, file_record: None }).to_string()
    }

    /// The parts in the order in which a text has them.
    fn in_order(text: &str, parts: &[&str]) {
        let at = |part: &&str| text.find(*part).unwrap_or_else(|| panic!("{part} in {text}"));
        assert!(parts.iter().map(at).is_sorted(), "{parts:?} in {text}");
    }

    #[test]
    fn the_greatest_gain_stands_first_whatever_the_order_of_cases() {
        let record = record(&[("a", 4.0), ("b", 9.0), ("c", 6.0), ("d", 0.5)]);
        let page = front(&record, &["a", "b", "c", "d", "not_measured"]);
        let (figure, table) = page.split_once("class=\"ranking\"").unwrap();
        for part in [figure, table] {
            let links: Vec<String> =
                ["b", "c", "a", "d"].map(|name| format!("href=\"{name}.html\"")).to_vec();
            in_order(part, &links.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(!part.contains("not&#95;measured"), "{part}");
        }
    }

    #[test]
    fn advice_names_three_that_pay_and_those_that_certainly_do_not() {
        let cases = [("a", 4.0), ("b", 9.0), ("c", 6.0), ("d", 3.5), ("e", 0.5), ("f", 1.04)];
        let mut record = record(&cases);
        // Ratios this far apart allow anything: no advice either way.
        let noisy = &mut record.cases.get_mut("f").unwrap().scenarios[0];
        noisy.quiet = 0.1;
        let workspace = workspace(cases.map(|(name, _)| case(name)).to_vec());
        let across = Across::new(&[&record]);
        let book = Book { workspace: &workspace, across: &across, file_record: None };
        let text = plain(&advice(&ranked(&book), &record.machine).into_string());
        assert!(text.contains("On this machine (A &lt;fast&gt; one, 2 cores)"), "{text}");
        assert!(text.contains("problem: b (9.00×), c (6.00×), a (4.00×)."), "{text}");
        assert!(text.contains("Do not expect a gain from f, e."), "{text}");
        assert!(advice(&[], &record.machine).0.is_empty());
    }

    #[test]
    fn claims_that_broke_stand_before_the_advice() {
        // The case claims three times; "b" has less.
        let page = front(&record(&[("a", 4.0), ("b", 2.0)]), &["a", "b"]);
        let broken = "1 claim of <a href=\"b.html#claims\">b</a> did not hold on this machine.";
        in_order(&page, &[broken, "class=\"advice\"", "class=\"ranking\""]);
        assert_eq!(page.matches("did not hold").count(), 1);
    }

    #[test]
    fn failures_stand_first_and_no_record_says_what_to_do() {
        let mut failing = record(&[("a", 4.0)]);
        failing.cases.get_mut("a").unwrap().failure = Some("<oops>".into());
        let page = front(&failing, &["a"]);
        in_order(&page, &["<strong>a failed in this run:</strong> &lt;oops&gt;", "advice"]);
        let (workspace, across) = (workspace(Vec::new()), Across::new(&[]));
        let none = Book { workspace: &workspace, across: &across, file_record: None };
        assert!(ranking(&none).to_string().contains("cargo xtask bench-all"));
    }
}
