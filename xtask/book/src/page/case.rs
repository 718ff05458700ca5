//! One case's page: the verdict at a glance, the plots, the chapter, the sources side by side, the
//! evidence, the claims.

use anyhow::{Context, Result};
use maud::{Markup, html};
use protocol::{LimitKind, Machine};

use super::claims::claims;
use super::plots::plots;
use super::sources::sources;
use super::statements::Tied;
use super::{Book, assembly, bill, failed, machines, provenance, tables, why};
use crate::html::{class_of, rungs};
use crate::markdown::{Markdown, Prose};
use cases::{Case, text};
use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared, RungSummary};
use judge::words::{ahead, format, level, scenario};

/// A share of the memory that differs from all of it by less than this is no news.
const SAME: f64 = 0.01;

/// The whole page.
pub fn page(book: &Book, case: &Case) -> Result<Markdown> {
    let known = book.summary(&case.name).zip(book.record());
    let tied =
        Tied::new(&chapter(case)?, known.map(|(summary, record)| (summary, &record.machine)));
    let chapter = &tied.prose;
    let (lede, sections) = chapter.split_at(chapter.find("\n## ").unwrap_or(chapter.len()));
    let mut page = Markdown::default();
    page.heading(1, &case.title);
    page.block(&byline(case)?);
    page.prose(&Prose::of_repository(lede.trim()));
    page.block(&measured(book, case));
    page.prose(&Prose::of_repository(sections));
    page.block(&tied.list());
    page.append(&sources(book, case)?);
    if let Some((summary, record)) = known {
        page.append(&tables::section(summary, &record.machine));
        page.append(&bill::section(summary, &record.machine));
        page.append(&why::section(summary, 2));
        page.block(&assembly::section(book.workspace, case, summary, record));
        page.append(&claims(summary));
        page.block(&tied.count());
        page.block(&provenance(record));
    }
    Ok(page)
}

/// The chapter below its heading.
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
    let Some(best) = summary.best() else { return Markup::default() };
    let scenario = &headline.record.scenario;
    html! {
        div.glance {
            @if let Some(compared) = best.against_naive {
                p class={ "verdict " (class_of(compared.verdict)) } {
                    (verdict(summary, compared, None)) br;
                    span.where {
                        "than naive at " (scenario::size(summary, scenario)) ", " (scenario.input)
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
    let Some(best) = summary.best() else { return Vec::new() };
    let ahead = ahead::long(summary).map(|text| html! { (text) });
    let peer = headline.against_peer.map(|found| verdict(summary, found, Some(&case.peer)));
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

/// Which of our rungs are ahead of the one that the verdict is about, or cannot be told from it.
/// The last one is the last one; that it is the fastest has to be found.
fn others(summary: &CaseSummary) -> Option<Markup> {
    let headline = summary.headline();
    let last = summary.rungs[summary.optimized];
    let mut fastest = headline.fastest(summary.ours());
    if !fastest.contains(&summary.optimized) {
        // Those among which nobody can tell are not all ahead of the last one for certain.
        fastest.retain(|rung| headline.is_faster(*rung, summary.optimized));
        let verb = if fastest.len() > 1 { "are" } else { "is" };
        return Some(html! {
            strong { (rungs(summary, &fastest)) } " " (verb) " ahead of " code { (last) } " here"
        });
    }
    fastest.retain(|rung| *rung != summary.optimized);
    let open = html! { "no difference to " (rungs(summary, &fastest)) " can be told here" };
    (!fastest.is_empty()).then_some(open)
}

/// What binds, where a limit explains at least a tenth of the time.
fn binds(summary: &CaseSummary) -> Option<Markup> {
    let share = summary.best()?.share?;
    Some(html! { strong { (format::share(share)) } " of the limit: " (limit_text(summary)) })
}

/// How often a call allocates. Where naive does as often, the count says nothing of the technique.
fn allocations(summary: &CaseSummary) -> Option<Markup> {
    let calls = |rung: &RungSummary| {
        let counts = rung.allocations?;
        Some((counts.allocations + counts.reallocations) as usize)
    };
    let n = calls(summary.best()?)?;
    let naive = summary.headline().rungs[0].as_ref().and_then(calls);
    (naive != Some(n)).then(|| {
        html! { strong { (format::count(n)) } " " (format::plural("allocation", n)) " a call" }
    })
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
    let ratio = match compared.verdict {
        Verdict::Slower => compared.ratio.inverse(),
        _ => compared.ratio,
    };
    let [_, low, high] = format::interval(ratio, &[1.0]);
    format!("[{low}×, {high}×]")
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
            "4.00× faster",
            "[3.99×, 4.01×]",
            "ahead from the smallest size on, 1,000 words. ",
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
        assert!(text.contains("wide is ahead of optimized here. "), "{text}");
        let as_fast = |case: &mut CaseRecord| {
            faster(case);
            let logs = &mut case.scenarios[0].pairs[2].logs;
            logs.iter_mut().flatten().for_each(|log| *log -= 1_010);
        };
        let text = shown(as_fast);
        assert!(text.contains("no difference to wide can be told here. "), "{text}");
        let alone = shown(|_| ());
        assert!(!alone.contains("is ahead of") && !alone.contains("can be told"), "{alone}");
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
