//! One case's page: the verdict at a glance, the ladder of its rungs, a plot, the chapter with
//! the sources side by side, the evidence, the claims, and what leads on from there.

use anyhow::{Context, Result};
use maud::{Markup, html};
use protocol::{LimitKind, Machine};

use super::claims::claims;
use super::ladder::ladder;
use super::plots::plots;
use super::sources::sources;
use super::statements::{Tied, Told};
use super::{Book, assembly, bill, course, failed, machines, provenance, rows, tables, whole, why};
use crate::html::{Link, class_of, joined, rungs, said, term};
use crate::markdown::{Markdown, Prose};
use cases::{Case, rungs, text};
use judge::older::Today;
use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared, RungSummary};
use judge::words::{ahead, format, level, scenario};
use record::Record;

/// The section before which the sources stand.
const LIMITS: &str = "\n## When it does not pay";

/// What a record says of a chapter whose case it has no figures of.
const UNMEASURED: Told = Err("nothing was measured in this record");

/// A share of the memory that differs from all of it by less than this is no news.
const SAME: f64 = 0.01;

/// The whole page.
pub fn page(book: &Book, case: &Case) -> Result<Markdown> {
    let known = book.summary(&case.name).zip(book.record());
    let tied = tied(book, case)?;
    let chapter = &tied.prose;
    let (lede, sections) = chapter.split_at(chapter.find("\n## ").unwrap_or(chapter.len()));
    let mut page = Markdown::default();
    page.heading(1, &case.title);
    page.block(&byline(case)?);
    page.prose(&Prose::of_repository(lede.trim()));
    page.block(&measured(book, case)?);
    // Code comes as soon as its ideas are known.
    let (ideas, rest) = sections.split_at(sections.find(LIMITS).unwrap_or(sections.len()));
    page.prose(&Prose::of_repository(ideas));
    page.append(&sources(book, case)?);
    page.prose(&Prose::of_repository(rest));
    page.block(&tied.list());
    if case.name == rows::CASE {
        page.append(&rows::section(book.workspace));
    }
    if let Some((summary, record)) = known {
        page.append(&tables::section(summary, &record.machine));
        page.append(&bill::section(summary, &record.machine));
        page.append(&why::section(summary, 2));
        page.block(&assembly::section(book.workspace, case, summary, record));
        page.append(&claims(summary));
        page.block(&tied.count());
        page.block(&html! { (provenance(record, Some(case))) (cite(book, case, record)) });
    }
    page.block(&html! { (course::try_it(case)) (next(book, case)) });
    Ok(page)
}

/// The chapter, held against the book's own record; what that cannot tell, those beside it may.
fn tied(book: &Book, case: &Case) -> Result<Tied> {
    let today = today(case)?;
    let told = book.across.machines.iter().map(|machine| {
        let told = match machine.cases.get(case.name.as_str()) {
            None => UNMEASURED,
            Some(summary) => Ok((summary, &machine.record.machine, &today)),
        };
        (machine.label.as_str(), told)
    });
    let told: Vec<(&str, Told)> = told.collect();
    let (own, beside) =
        told.split_first().map_or((UNMEASURED, &[][..]), |(own, beside)| (own.1, beside));
    Ok(Tied::new(&chapter(case)?, own, beside))
}

/// The case's rungs as they are now.
fn today(case: &Case) -> Result<Today> {
    let rungs = rungs::names(case)?;
    Ok(Today { code: rungs::code(case, &rungs), rungs })
}

/// How to point at this chapter and its figures, and where they are to be had.
fn cite(book: &Book, case: &Case, record: &Record) -> Markup {
    let repository = book.workspace.repository();
    let run = record.run_of(&case.name);
    html! {
        p.provenance {
            "To cite: “" (case.title) "”, Casebook"
            @if let Some(address) = &repository { ", " (address) }
            ", commit " (run.commit.as_deref().unwrap_or("unknown")) ", measured on "
            (record.machine.processor) ", " (record::date(run.started)[..10]) ". All figures: "
            a href="record.json" download="casebook-record.json" { "the record" }
            " (" a href="record.html" { "what it holds" } ")."
        }
    }
}

/// The chapter that comes after this one, by its name.
fn next(book: &Book, case: &Case) -> Markup {
    let after = book.workspace.cases.iter().skip_while(|known| known.name != case.name).nth(1);
    html! {
        @if let Some(next) = after {
            p.next { "Next: " a href=(Link::to(next)) { (next.title) } ", " "for " (said(&next.symptom)) }
        }
    }
}

/// The chapter below its heading. It links to other chapters as the repository has them, so that
/// its links work there too.
fn chapter(case: &Case) -> Result<String> {
    let path = case.folder.join("README.md");
    let chapter =
        text::read(&path).with_context(|| format!("the chapter {} is missing", path.display()))?;
    let below = chapter.strip_prefix(&format!("# {}\n", case.title)).with_context(|| {
        format!(
            "{} must begin with the heading `# {}`, as its manifest calls it",
            path.display(),
            case.title
        )
    })?;
    Ok(in_the_book(below))
}

/// Links of a chapter to others (`../bitsets/README.md`), as the book has them (`bitsets.md`).
fn in_the_book(chapter: &str) -> String {
    let mut parts = chapter.split("](../");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| match part.split_once("/README.md") {
        Some((name, rest)) if !name.contains(')') => format!("{before}]({name}.md{rest}"),
        _ => format!("{before}](../{part}"),
    })
}

/// That figures are of other code than the page shows; empty where they are not, as far as the
/// record can say.
fn older(case: &str, today: &Today, measured: &CaseSummary) -> Markup {
    let changed: Vec<&str> = today.changed(measured).collect();
    let new: Vec<&str> = today.added(measured).collect();
    let is_other = measured.rungs != today.rungs;
    let listed = |rungs: &[&str]| {
        let rungs: Vec<Markup> = rungs.iter().map(|rung| html! { code { (rung) } }).collect();
        joined(rungs, ", ")
    };
    html! {
        @if is_other || !changed.is_empty() {
            p.older role="note" {
                strong { "Figures older than the code." }
                @if is_other {
                    " When they were measured, this case had other rungs"
                    @if !new.is_empty() { ": without " (listed(&new)) }
                    "."
                }
                @if !changed.is_empty() {
                    " Other code then: " (listed(&changed)) "."
                } @else if is_other {
                    " One of the same name may have been other code."
                }
                " " code { "cargo xtask bench-all --only " (case) } " measures it anew."
            }
        }
    }
}

/// What stands before the chapter: how it went, the verdict, the ladder and the plot that matters
/// most.
fn measured(book: &Book, case: &Case) -> Result<Markup> {
    let failure = book.record().and_then(|record| record.cases.get(&case.name)?.failure.as_ref());
    Ok(html! {
        @if let Some(why) = failure { (failed("Failed in this run:", why)) }
        @match (book.summary(&case.name), book.record()) {
            (Some(summary), Some(record)) => {
                (older(&case.name, &today(case)?, summary))
                (glance(case, summary))
                @if let Some(across) = book.beside() { (machines::line(across, &case.name)) }
                (ladder(case, summary)?)
                @if let Some(first) = plots(summary, &record.machine, "").first() { (first) }
                (whole::calculator(summary))
            },
            (None, Some(record)) if is_absent(record, case) => {
                div.glance {
                    (tables::absent(record.cases[&case.name].description.as_ref(), ""))
                }
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
    })
}

/// Whether a record says that its system can do none of a case's scenarios.
fn is_absent(record: &Record, case: &Case) -> bool {
    let description = record.cases.get(&case.name).and_then(|known| known.description.as_ref());
    description.is_some_and(|all| all.scenarios.is_empty() && !all.absent.is_empty())
}

/// Plots and tables alone, for figures that belong to no chapter; `place` sets them apart from
/// those of other cases on the same page.
pub fn figures(summary: &CaseSummary, machine: &Machine, place: &str) -> Markup {
    html! { (joined(plots(summary, machine, place), "")) (tables::tables(summary, place)) }
}

fn byline(case: &Case) -> Result<Markup> {
    let lib = text::read(&case.source("lib"))?;
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
    let Some(best) = summary.best_rung() else { return Markup::default() };
    let scenario = &headline.record.scenario;
    html! {
        div.glance {
            @if let Some(compared) = best.against_naive {
                p class={ "verdict " (class_of(compared.verdict)) } {
                    (verdict(summary, compared, None)) br;
                    span.where {
                        "than naive at " (scenario::long(summary, scenario))
                        @if headline.cold { "; " (level::COLD) }
                        @if let Some(lies) = best.lies { "; its data lies " (level::lies(lies)) }
                        @if let Some(held) = headline.held { ". " (level::holds(held)) "." }
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
    let Some(best) = summary.best_rung() else { return Vec::new() };
    // Where that is not the rung of the verdict, it is named.
    let last = (summary.best() != Some(summary.optimized)).then_some(summary.optimized);
    let ahead = ahead::long(summary).map(|text| {
        html! { @if let Some(last) = last { (rungs(summary, &[last])) " is " } (text) }
    });
    let peer = summary.best_against_peer().map(|found| verdict(summary, found, Some(&case.peer)));
    let naive = headline.rungs[0].as_ref().and_then(|rung| rung.data);
    let memory = best.data.zip(naive).and_then(|(bytes, naive)| {
        let share = bytes as f64 / naive as f64;
        let same = (share - 1.0).abs() < SAME;
        (!same).then(|| html! { (format::part(share, "the memory")) })
    });
    [others(summary), ahead, binds(summary), peer, memory, allocations(summary), costs(summary)]
        .into_iter()
        .flatten()
        .collect()
}

/// How the rung of the verdict stands among ours: alone in front, or with others from which nobody
/// can tell it. The last one is the last one; if it is behind, that is said.
fn others(summary: &CaseSummary) -> Option<Markup> {
    let (headline, best, last) = (summary.headline(), summary.best()?, summary.optimized);
    let mut level = headline.fastest(summary.ours().filter(|rung| *rung > 0));
    level.retain(|rung| *rung != best && *rung != last);
    let behind = headline.between(best, last).filter(|_| best != last);
    headline.believable.then(|| {
        html! {
            code { (summary.rungs[best]) } " is the fastest of our " (term("rung")) "s here"
            @if !level.is_empty() { "; undecided whether " (rungs(summary, &level)) " is faster" }
            @if let Some(behind) = behind {
                "; " code { (summary.rungs[last]) } ", where the chapter arrives, is "
            (format::verdict(behind))
            }
        }
    })
}

/// What binds, where a limit explains at least a tenth of the time.
fn binds(summary: &CaseSummary) -> Option<Markup> {
    let share = summary.best_rung()?.share?;
    Some(html! {
        strong { (format::share(share)) } " of the " (term("limit")) ": " (limit_text(summary))
    })
}

/// How often a call allocates. Where naive does as often, the count says nothing of the technique.
fn allocations(summary: &CaseSummary) -> Option<Markup> {
    let calls = |rung: &RungSummary| {
        let counts = rung.allocations?;
        Some((counts.allocations + counts.reallocations) as usize)
    };
    let n = calls(summary.best_rung()?)?;
    let naive = summary.headline().rungs[0].as_ref().and_then(calls);
    (naive != Some(n)).then(|| {
        html! { strong { (format::count(n)) } " " (format::plural("allocation", n)) " a call" }
    })
}

/// What was found, against whom if that has to be said, and the interval.
fn verdict(summary: &CaseSummary, compared: Compared, against: Option<&str>) -> Markup {
    // What nobody could see well may yet differ.
    let verdict = match compared.verdict {
        Verdict::CannotTell if !summary.headline().believable => {
            "neighbours were too busy to tell".to_owned()
        }
        _ => format::verdict(compared),
    };
    html! {
        strong { (verdict) }
        @if let Some(against) = against { " against " (against) ", the " (term("peer")) }
        " " span.ci { (interval_of(compared)) }
    }
}

/// Lines, unsafe and crates that the gain costs; `None` where the record does not tell.
fn costs(summary: &CaseSummary) -> Option<Markup> {
    let costs = &summary.record.evidence.as_ref()?.cost;
    if costs.len() != summary.rungs.len() {
        return None;
    }
    let (naive, best) = (&costs[0], &costs[summary.best()?]);
    let more = match best.lines.cast_signed() - naive.lines.cast_signed() {
        0 => "no line more".to_owned(),
        more @ 1.. => format!("{more} {} more", format::plural("line", more as usize)),
        less => format!("{} {} less", -less, format::plural("line", less.unsigned_abs() as usize)),
    };
    let safety = match best.unsafe_blocks {
        0 => "no unsafe".to_owned(),
        n => format!("{n} unsafe {}", format::plural("block", n as usize)),
    };
    let crates: Vec<String> = best.crates.iter().map(|name| format!("crate {name}")).collect();
    let crates = if crates.is_empty() { "no crate".to_owned() } else { crates.join(", ") };
    Some(html! { "costs " (more) " · " (safety) " · " (crates) })
}

fn interval_of(compared: Compared) -> String {
    let ratio = match compared.verdict {
        Verdict::Slower => compared.ratio.inverse(),
        _ => compared.ratio,
    };
    let [_, low, high] = format::interval(ratio, &[1.0]);
    format!("[{low}×, {high}×]")
}

fn limit_text(summary: &CaseSummary) -> &'static str {
    match summary.record.description.as_ref().and_then(|description| description.limit) {
        Some(LimitKind::Read) => "reading the data once at one core's bandwidth",
        Some(LimitKind::Copy) => "copying the data once at one core's bandwidth",
        Some(LimitKind::Flops32 | LimitKind::Flops64) => "one core's peak arithmetic",
        Some(LimitKind::Accesses) => "the memory's latency",
        Some(LimitKind::Cores) => "naive divided by the cores",
        Some(LimitKind::SystemCalls) => "the system calls that no rung is spared",
        Some(LimitKind::Handovers) => "the ways of cache lines from core to core",
        Some(LimitKind::Faults) => "the first touch of each page",
        Some(LimitKind::Datagrams) => "the datagrams' way through the kernel",
        Some(LimitKind::DeviceReads) => "the device's own reads",
        None => "none is known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use crate::page::tests::case as known;
    use record::CaseRecord;
    use record::fixture::{self, record};

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
    fn chapters_link_to_others_as_the_repository_has_them() {
        assert_eq!(
            in_the_book("a [b](../bits/README.md), [c](../d/README.md#e) and [f](../g.md)."),
            "a [b](bits.md), [c](d.md#e) and [f](../g.md)."
        );
    }

    #[test]
    fn the_glance_says_what_how_sure_and_at_what_cost() {
        let text = shown(|_| ());
        for part in [
            "4.00× faster",
            "[3.99×, 4.01×]",
            "than naive at 1,000 words, short, mixed",
            "50 % of the limit: reading the data once at one core's bandwidth",
            "1/8 of the memory. ",
            "costs no line more · no unsafe · crate memchr. ",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("ahead from"), "it was measured at one size: {text}");
        let text = shown(|case| {
            let mut larger = case.scenarios[0].clone();
            larger.scenario.n *= 10;
            case.description.as_mut().unwrap().scenarios.push(larger.scenario.clone());
            case.scenarios.push(larger);
        });
        assert!(text.contains("ahead from the smallest size on, 1,000 words. "), "{text}");
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
        assert!(!shown(|_| ()).contains("allocation"), "of the last rung nothing was counted");
    }

    #[test]
    fn counts_that_tell_nothing_of_the_technique_and_limits_that_bind_nothing_are_left_out() {
        let counted = |n: u64| {
            shown(move |case| {
                let counts = case.scenarios[0].allocations[0].unwrap();
                let own = protocol::Allocations { allocations: n, ..counts };
                case.scenarios[0].allocations[2] = Some(own);
            })
        };
        assert!(counted(1).contains("3 allocations a call"), "{}", counted(1));
        assert!(!counted(3).contains("allocation"), "naive asks as often");
        let far = shown(|case| case.scenarios[0].work = 1.0);
        assert!(!far.contains("of the limit"), "{far}");
        let more = shown(|case| case.scenarios[0].data_bytes[2] = Some(1_760));
        assert!(more.contains("2.2× the memory. "), "{more}");
        let same = shown(|case| case.scenarios[0].data_bytes[2] = Some(800));
        assert!(!same.contains("the memory"), "{same}");
    }

    #[test]
    fn figures_of_other_code_are_told_to_be_older() {
        let record = record();
        let text = |case: &record::CaseRecord, rungs: &[&str], code: &[(&str, &str)]| {
            let owned = |(rung, code): &(&str, &str)| ((*rung).to_owned(), (*code).to_owned());
            let rungs = rungs.iter().map(|rung| (*rung).to_owned()).collect();
            let today = Today { rungs, code: code.iter().map(owned).collect() };
            let summary = CaseSummary::new(case, &record.machine).unwrap();
            plain(&older("words", &today, &summary).into_string())
        };
        let mut case = record.cases["words"].clone();
        assert_eq!(text(&case, &["naive", "wide", "optimized"], &[]), "");
        let said = text(&case, &["naive", "wide", "new", "optimized"], &[]);
        assert!(said.contains("this case had other rungs: without new. One of the same"), "{said}");
        assert!(said.contains("--only words measures it anew"), "{said}");
        let gone = text(&case, &["naive", "optimized"], &[]);
        assert!(gone.contains("this case had other rungs. "), "{gone}");
        case.evidence.as_mut().unwrap().cost[2].code = Some("1".into());
        let rungs = ["naive", "wide", "optimized"];
        assert_eq!(text(&case, &rungs, &[("optimized", "1")]), "");
        let changed = text(&case, &rungs, &[("optimized", "2")]);
        assert!(changed.contains("code. Other code then: optimized. cargo"), "{changed}");
    }

    #[test]
    fn where_its_data_lies_stands_below_the_verdict() {
        let mut record = record();
        let case = record.cases.remove("words").unwrap();
        assert!(!shown(|_| ()).contains("its data lies"), "no cache of this machine is known");
        record.machine.caches = vec![100, 2_000];
        let summary = CaseSummary::new(&case, &record.machine).unwrap();
        let text = plain(&glance(&known("words"), &summary).into_string());
        let here = "short, mixed; its data lies in L1. Meant to lie beyond the caches; here 800 B";
        assert!(text.contains(here), "{text}");
    }

    #[test]
    fn a_rung_that_is_ahead_of_the_last_one_is_named() {
        let faster = |case: &mut CaseRecord| {
            let scenario = &mut case.scenarios[0];
            let mut pair = scenario.pairs[1].clone();
            pair.rung = 1;
            pair.logs.iter_mut().flatten().for_each(|log| *log += 1_000);
            scenario.times.iter_mut().for_each(|times| times[1] = 20.0);
            scenario.pairs.push(pair);
        };
        let text = shown(faster);
        let behind =
            "wide is the fastest of our rungs here; optimized, where the chapter arrives, is ";
        assert!(text.contains(behind), "{text}");
        let as_fast = |case: &mut CaseRecord| {
            faster(case);
            let logs = &mut case.scenarios[0].pairs[2].logs;
            logs.iter_mut().flatten().for_each(|log| *log -= 1_010);
        };
        let text = shown(as_fast);
        let both = "optimized is the fastest of our rungs here; undecided whether wide is faster. ";
        assert!(text.contains(both), "{text}");
        let alone = shown(|_| ());
        assert!(alone.contains("optimized is the fastest of our rungs here. "), "{alone}");
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
        let text = shown(|case| fixture::busy(&mut case.scenarios[0], 2, 1.5));
        assert!(text.contains("neighbours were too busy to tell"), "{text}");
        assert!(!text.contains("faster"), "{text}");
        let large = shown(|case| fixture::busy(&mut case.scenarios[0], 2, 4.0));
        assert!(large.contains("4.00× faster"), "{large}");
    }

    #[test]
    fn a_case_that_this_system_cannot_do_says_why() {
        let mut record = record();
        let case = record.cases.get_mut("words").unwrap();
        (case.scenarios, case.evidence, case.failure) = (Vec::new(), None, None);
        assert!(!is_absent(&record, &known("words")), "another run may measure it");
        let case = record.cases.get_mut("words").unwrap();
        case.description.as_mut().unwrap().scenarios.clear();
        let house = crate::page::tests::House::new(&["words"]);
        let across = crate::across::Across::new(&[&record]);
        let book = Book { workspace: &house.workspace, across: &across, file_record: None };
        let text = page(&book, &house.workspace.cases[0]).unwrap().to_string();
        let absent = "64 words, cold: not on this system, because its pages stay in ";
        assert!(plain(&text).contains(absent), "{text}");
        assert!(!text.contains("Not measured in this record"), "{text}");
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
