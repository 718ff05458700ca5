//! The front page: what was measured, in a line; what each technique gained here, and what to try
//! first; what became of the claims.

use maud::{Markup, html};

use super::{Book, claims, failed, link, machines, provenance};
use crate::html::{Link, joined, judged};
use crate::markdown::Markdown;
use crate::plot::{self, Row};
use cases::Case;
use judge::stats::{self, Verdict};
use judge::summary::{CaseSummary, Compared, Outcome, summaries};
use judge::told::Told;
use judge::words::{ahead, format, scenario, told};
use protocol::{Claim, Expect, Machine};

/// A case with what the fastest of our rungs gained against naive.
struct Ranked<'a> {
    case: &'a Case,
    summary: &'a CaseSummary<'a>,
    /// That rung.
    best: usize,
    gain: Compared,
}

const NOT_YET: &str = "Nothing was measured yet: `cargo xtask bench-all` does it.";

/// What this book's figures are of, in a sentence or two.
pub fn here(book: &Book) -> Markdown {
    let mut line = Markdown::default();
    let Some(record) = book.record() else {
        line.words(NOT_YET);
        return line;
    };
    let ranked = ranked(book);
    let faster = |found: &&Compared| found.verdict == Verdict::Faster;
    let gains: Vec<Compared> = ranked.iter().map(|r| r.gain).filter(|it| faster(&it)).collect();
    let peers: Vec<Compared> =
        ranked.iter().filter_map(|ranked| ranked.summary.best_against_peer()).collect();
    line.block(&html! {
        p.here {
            "Measured here, on " strong { (processor(&record.machine)) } ": "
            strong { (gains.len()) " of " (ranked.len()) " techniques gain" }
            @if let [first, .., last] = &*gains {
                ", from " (format::middle(last.ratio)) " to " (format::middle(first.ratio))
            }
            "; " (peers.iter().filter(faster).count()) " of " (peers.len())
            " are ahead of "
            a href="method.html#beside-the-crates" { "the crate that a professional would pick" }
            "."
        }
    });
    line
}

/// "AMD EPYC, 2 cores".
fn processor(machine: &Machine) -> String {
    let cores = format::plural("core", machine.cores);
    format!("{}, {} {cores}", machine.processor, machine.cores)
}

/// The ranking with its plot, table and notes.
pub fn ranking(book: &Book) -> Markdown {
    let mut page = Markdown::default();
    let Some(record) = book.record() else {
        page.words(NOT_YET);
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
        (advice(&ranked))
        figure {
            (plot)
            figcaption {
                "The fastest of our rungs (filled) and the crate that a professional would pick \
                 (open) against naive, each at its headline size, with 95 % intervals. Titles \
                 lead to the chapters."
            }
        }
        (claimed(&ranked))
        @if let Some(across) = book.beside() { (machines::front_line(across)) }
        (table(&ranked))
        p.small {
            "Of our rungs, the fastest is named; where nobody can tell the last one from it, \
             that. From which size on a case is ahead is said of the rung at which its chapter \
             arrives, and goes by verdicts: where it is undecided between two sizes, both are \
             named. A limit is shown where it explains at least a tenth of the time."
        }
        (provenance(record, None))
        @if let Some(told) = Told::of(&summaries(record)) {
            p.provenance { (told::sentence(told)) }
        }
    });
    page
}

/// What was measured, the greatest gain first.
fn ranked<'a>(book: &Book<'a>) -> Vec<Ranked<'a>> {
    let with_gain = |case: &'a Case| {
        let summary = book.summary(&case.name)?;
        let (best, gain) = (summary.best()?, summary.best_rung()?.against_naive?);
        Some(Ranked { case, summary, best, gain })
    };
    let mut ranked: Vec<Ranked> = book.workspace.cases.iter().filter_map(with_gain).collect();
    ranked.sort_by(|a, b| a.gain.by_gain(&b.gain));
    ranked
}

fn row(Ranked { case, summary, best, gain }: &Ranked) -> Row {
    let dot = |rung: usize, class| {
        let ratio = summary.headline().rungs[rung].as_ref()?.against_naive?.ratio;
        Some(plot::Dot::of(class, ratio))
    };
    Row {
        label: case.title.clone(),
        link: Some(Link::to(case)),
        dots: summary
            .peer
            .and_then(|peer| dot(peer, "peer"))
            .into_iter()
            .chain(dot(*best, "best"))
            .collect(),
        text: format::verdict(*gain),
    }
}

/// What to try first, in a sentence.
fn advice(ranked: &[Ranked]) -> Markup {
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
    html! {
        div.advice {
            p {
                "Try these first, if your program has their problem: " (joined(first, ", ")) "."
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

/// What became of all claims, in a line; those that did not hold are named below it.
fn claimed(ranked: &[Ranked]) -> Markup {
    let all = || ranked.iter().flat_map(|ranked| ranked.summary.claims.iter());
    let of = |counts: &dyn Fn(&Claim, Outcome) -> bool| {
        all().filter(|(claim, outcome)| counts(claim, *outcome)).count()
    };
    let judged = of(&|_, outcome| outcome.is_judged());
    let held = of(&|_, outcome| outcome == Outcome::Held);
    let open = of(&|_, outcome| outcome == Outcome::Undecided);
    let broken = |expect: fn(Expect) -> bool| {
        of(&move |claim, outcome| outcome == Outcome::Broken && expect(claim.expect))
    };
    let slower = broken(|expect| expect == Expect::Faster);
    // A rung that pays where its case said that it would not is better than claimed.
    let better = broken(|expect| expect == Expect::DoesNotPay);
    let larger = broken(|expect| matches!(expect, Expect::MemoryAtMost(_)));
    html! {
        @if judged > 0 {
            p.claimed {
                "Of " (format::count(judged)) " " (format::plural("claim", judged)) ", "
                (format::count(held)) " held, " (open) " undecided, " (slower)
                " slower than claimed, " (better) " better than claimed"
                @if larger > 0 { ", " (larger) " of memory broken" }
                "."
            }
            @if slower + better + larger > 0 { (by_name(ranked)) }
        }
    }
}

/// The claims that did not hold, by case.
fn by_name(ranked: &[Ranked]) -> Markup {
    html! {
        details {
            summary { "Claims that did not hold, by name" }
            @for Ranked { case, summary, .. } in ranked {
                @let broken = || summary.claims.iter().filter(|(_, it)| *it == Outcome::Broken);
                @if broken().next().is_some() {
                    p { a href=(Link::to_claims(case)) { (case.title) } }
                    ul.claims {
                        @for (claim, outcome) in broken() {
                            li { (claims::said(summary, claim, *outcome)) }
                        }
                    }
                }
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
                        @for title in ["technique", "fastest of ours", "measured at"] {
                            th scope="col" { (title) }
                        }
                        th.figure scope="col" { "against naive" }
                        th scope="col" { "ahead from" }
                        th.figure scope="col" { "of the limit" }
                        th.figure scope="col" { "against the peer" }
                    }
                }
                tbody { @for ranked in ranked { (cells(ranked)) } }
            }
        }
    }
}

fn cells(Ranked { case, summary, best, gain }: &Ranked) -> Markup {
    let dash = || "–".to_owned();
    let headline = summary.headline();
    let share = summary.best_rung().and_then(|best| best.share);
    html! {
        tr {
            td { (link(Some(case), &case.name)) }
            td { code { (summary.rungs[*best]) } }
            td { (scenario::short(summary, &headline.record.scenario)) }
            td.figure { (judged(*gain)) }
            td { (ahead::short(summary).unwrap_or_else(dash)) }
            td.figure { (share.map_or_else(dash, format::share)) }
            td.figure { (summary.best_against_peer().map_or_else(dash, format::verdict)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::Across;
    use crate::across::tests as synthetic;
    use crate::html::tests::plain;
    use crate::page::tests::{case, committed, workspace};
    use judge::summary::summaries;
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
        let text = plain(&advice(&ranked(&book)).into_string());
        let here = plain(&here(&book).to_string());
        let measured = "Measured here, on A &lt;fast&gt; one, 2 cores: 4 of 6 techniques gain, from \
                        3.50× to 9.00×; ";
        assert!(here.contains(measured), "{here}");
        assert!(text.contains("problem: b (9.00×), c (6.00×), a (4.00×)."), "{text}");
        assert!(text.contains("Do not expect a gain from f, e."), "{text}");
        assert!(advice(&[]).0.is_empty());
    }

    #[test]
    fn claims_have_one_line_and_below_it_those_that_did_not_hold() {
        // Each case claims that its best rung beats the peer, and that "words" does not pay.
        let fast = synthetic::record("", &[(1_000, [2.0, 4.0, 1.5])]);
        let mut record = record(&[("a", 4.0), ("b", 1.2), ("c", 1.1)]);
        record.cases.insert("a".into(), fast.cases["bitsets"].clone());
        let page = front(&record, &["a", "b", "c"]);
        let line =
            "Of 6 claims, 3 held, 0 undecided, 2 slower than claimed, 1 better than claimed.";
        let named = "<a href=\"b.html#claims\">b</a>";
        in_order(&page, &["class=\"advice\"", line, "<details><summary>", named, "\"ranking\""]);
        assert!(plain(&page).contains("✗ slower than claimed optimized is faster than peer"));
    }

    #[test]
    fn what_nobody_can_tell_stands_behind_every_gain_and_reads_as_no_win() {
        let mut record = record(&[("a", 1.5), ("b", 1.2), ("c", 0.5)]);
        let noisy = &mut record.cases.get_mut("a").unwrap().scenarios[0];
        noisy.pairs[2].logs = [-4_000, 4_055, 12_000].map(|log| vec![log; 5]).to_vec();
        // All rungs of this one are slower than naive.
        let slow = synthetic::record("", &[(1_000, [0.4, 0.5, 1.5])]);
        record.cases.insert("c".into(), slow.cases["bitsets"].clone());
        let page = front(&record, &["a", "b", "c"]);
        let (_, table) = page.split_once("class=\"ranking\"").unwrap();
        in_order(table, &["b.html", ">faster<", "a.html", ">undecided<", "c.html", ">slower<"]);
    }

    #[test]
    fn every_answer_to_ahead_from_where_has_its_own_word() {
        let mut record = record(&[]);
        let cases = [("always", [2.0, 2.0]), ("never", [0.5, 0.5]), ("later", [0.5, 2.0])];
        for (name, [small, large]) in cases {
            let sizes = [(10, [1.0, small, 1.0]), (1_000, [1.0, large, 1.0])];
            let one = synthetic::record("", &sizes);
            record.cases.insert(name.into(), one.cases["bitsets"].clone());
        }
        let text = plain(&front(&record, &["always", "never", "later"]));
        for part in ["faster | the smallest size | ", "undecided | never | ", "| near 100 rows | "]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
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

    /// The share of claims that every machine of the book must hold. A claim that is not made any
    /// more, as the newest record shows, is not asked for.
    const HELD: f64 = 0.97;

    #[test]
    fn claims_hold_on_every_machine_of_the_book() {
        let records = committed().1;
        let newest = &records.iter().max_by_key(|(_, record)| record.started).unwrap().1;
        let made = summaries(newest);
        for (path, record) in &records {
            let known = summaries(record);
            let is_made = |case: &&str, claim: &Claim| {
                made.get(case).is_some_and(|case| case.claims.iter().any(|it| it.0 == claim))
            };
            let all = known.iter().flat_map(|(case, summary)| {
                let made = summary.claims.iter().filter(move |(claim, _)| is_made(case, claim));
                made.map(|(_, outcome)| *outcome).filter(|outcome| outcome.is_judged())
            });
            let all: Vec<Outcome> = all.collect();
            let count = |wanted| all.iter().filter(|outcome| **outcome == wanted).count();
            assert_eq!(count(Outcome::Broken), 0, "{}", path.display());
            let held = count(Outcome::Held);
            assert!(held as f64 >= HELD * all.len() as f64, "{}: {held}", path.display());
            assert!(all.len() > 400, "{} in {}", all.len(), path.display());
        }
    }
}
