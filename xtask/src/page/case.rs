//! One case's page: the verdict at a glance, the plots, the chapter, the sources side by side, the
//! evidence, the claims.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use protocol::{Expect, LimitKind, Machine};

use super::format::{self, escape};
use super::{Book, provenance};
use crate::plot::{self, Line, Lines, Row};
use crate::stats::Verdict;
use crate::summary::{CaseSummary, Compared, Outcome, RungSummary, ScenarioSummary};
use crate::workspace::Case;

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
    let failure = book.record.and_then(|record| record.cases.get(&case.name)?.failure.as_ref());
    if let Some(failure) = failure {
        let _ = writeln!(
            page,
            "\n<div class=\"failed\"><strong>Failed in this run:</strong> {}</div>\n",
            escape(failure)
        );
    }
    let summary = book.summary(case);
    match (&summary, book.record) {
        (Some(summary), Some(record)) => {
            page.push_str(&glance(case, summary)?);
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
    if let (Some(summary), Some(record)) = (&summary, book.record) {
        page.push_str(&evidence(summary, &record.machine));
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
fn glance(case: &Case, summary: &CaseSummary) -> Result<String> {
    let (headline, item) = (summary.headline(), item(summary));
    let Some(best) = summary.best() else { return Ok(String::new()) };
    let scenario = &headline.record.scenario;
    let size = format!("{} {}", format::count(scenario.n), format::plural(item, scenario.n));
    let mut html = String::from("\n<div class=\"glance\">\n");
    if let Some(compared) = best.against_naive {
        let _ = writeln!(
            html,
            "<p class=\"verdict {}\"><strong>{}</strong> <span class=\"ci\">{}</span><br><span class=\"where\">than naive at {size}, {}</span></p>",
            class_of(compared.verdict),
            format::verdict(compared),
            interval_of(compared),
            escape(&scenario.input),
        );
    }
    let mut facts = Vec::new();
    facts.push(match summary.break_even() {
        Some(n) => format!(
            "breaks even near <strong>{}</strong> {}",
            format::about(n),
            format::plural(item, 2)
        ),
        None => pays_from(summary),
    });
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
            format::verdict(compared),
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
    facts.push(cost(case)?);
    let _ = writeln!(
        html,
        "<ul>{}</ul>\n</div>\n",
        facts.iter().map(|fact| format!("<li>{fact}</li>")).collect::<String>()
    );
    Ok(html)
}

/// Where our best rung is ahead when its ratio to naive crosses 1 nowhere between sizes.
fn pays_from(summary: &CaseSummary) -> String {
    let distributions = summary.distributions();
    let (_, scenarios) = &distributions[0];
    let ahead = scenarios
        .last()
        .and_then(|scenario| scenario.rungs[summary.optimized].as_ref()?.against_naive);
    if ahead.is_some_and(|compared| compared.ratio.mid > 1.0) {
        format!(
            "ahead from the smallest size on, {}",
            format::count(scenarios[0].record.scenario.n)
        )
    } else {
        "ahead at no size of the main input".to_owned()
    }
}

/// Lines, unsafe and crates that the gain costs.
fn cost(case: &Case) -> Result<String> {
    let (naive, optimized) = (code(case, "naive")?, code(case, "optimized")?);
    let lines = |text: &str| {
        let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        text.lines().filter(is_code).count()
    };
    let more = match lines(&optimized).cast_signed() - lines(&naive).cast_signed() {
        0 => "no line more".to_owned(),
        more @ 1.. => format!("{more} {} more", format::plural("line", more.unsigned_abs())),
        less => format!("{} {} less", -less, format::plural("line", less.unsigned_abs())),
    };
    let blocks = optimized.matches("unsafe {").count();
    let safety = if blocks == 0 {
        "no unsafe".to_owned()
    } else {
        format!("{blocks} unsafe {}", format::plural("block", blocks))
    };
    let used: Vec<String> = case
        .dependencies
        .iter()
        .filter(|dep| optimized.contains(&format!("{}::", dep.replace('-', "_"))))
        .map(|dep| format!("crate {dep}"))
        .collect();
    let crates = if used.is_empty() { "no crate".to_owned() } else { used.join(", ") };
    Ok(format!("costs {more} · {safety} · {crates}"))
}

fn plots(summary: &CaseSummary, machine: &Machine) -> String {
    let mut html = String::new();
    for (input, scenarios) in summary.distributions() {
        let svg = time_plot(summary, input, &scenarios, machine);
        if !svg.is_empty() {
            let _ = write!(
                html,
                "\n<figure>{svg}<figcaption>Time per {} for “{}”, by size. Bands are 95 % intervals.</figcaption></figure>\n",
                item(summary),
                escape(input)
            );
        }
    }
    let forest = ratio_plot(summary);
    let _ = write!(
        html,
        "\n<figure>{forest}<figcaption>Every scenario against naive: right of the line is faster. The filled dot is our best rung, the open one the peer, the small ones are the rungs between.</figcaption></figure>\n"
    );
    html
}

fn time_plot(
    summary: &CaseSummary,
    input: &str,
    scenarios: &[&ScenarioSummary],
    machine: &Machine,
) -> String {
    let item = item(summary);
    let per = |scenario: &ScenarioSummary| scenario.record.scenario.n.max(1) as f64;
    let mut lines: Vec<Line> = (0..summary.rungs.len())
        .map(|rung| {
            let point = |scenario: &&ScenarioSummary| {
                let (n, time) = (per(scenario), scenario.rungs[rung].as_ref()?.time);
                Some((n, time.mid / n, time.low / n, time.high / n))
            };
            let points = scenarios.iter().filter_map(point).collect();
            Line { label: summary.rungs[rung].to_owned(), class: class(summary, rung), points }
        })
        .filter(|line| !line.points.is_empty())
        .collect();
    let limit = |scenario: &&ScenarioSummary| {
        let least = scenario.least? / per(scenario);
        Some((per(scenario), least, least, least))
    };
    let points: Vec<_> = scenarios.iter().filter_map(limit).collect();
    if !points.is_empty() {
        lines.insert(0, Line { label: "limit".to_owned(), class: "limit", points });
    }
    let unit = format::plural(item, 2);
    let marks = cache_marks(scenarios, machine);
    Lines {
        title: &format!("Time per {item} against number of {unit}, {input}"),
        x_label: &format!("{unit}, logarithmic"),
        y_label: &format!("time per {item}"),
        x_text: format::short_count,
        y_text: format::time,
        lines,
        marks,
    }
    .svg()
}

/// The sizes at which naive's data outgrows each cache.
fn cache_marks(scenarios: &[&ScenarioSummary], machine: &Machine) -> Vec<(f64, String)> {
    let Some(largest) = scenarios.last() else { return Vec::new() };
    let record = largest.record;
    let bytes =
        record.data_bytes.first().copied().flatten().map_or(record.within, |bytes| bytes as f64);
    let per_item = bytes / record.scenario.n.max(1) as f64;
    if per_item <= 0.0 {
        return Vec::new();
    }
    let level = |(at, size): (usize, &u64)| (*size as f64 / per_item, format!("L{}", at + 1));
    machine.caches.iter().enumerate().map(level).collect()
}

fn ratio_plot(summary: &CaseSummary) -> String {
    let rows: Vec<Row> = summary
        .scenarios
        .iter()
        .map(|scenario| {
            let dots = (1..summary.rungs.len()).filter_map(|rung| {
                let ratio = scenario.rungs[rung].as_ref()?.against_naive?.ratio;
                Some((class(summary, rung), ratio.mid, ratio.low, ratio.high))
            });
            // Our best last, so that it is drawn on top.
            let mut dots: Vec<_> = dots.collect();
            dots.sort_by_key(|dot| dot.0 == "best");
            let best =
                scenario.rungs[summary.optimized].as_ref().and_then(|rung| rung.against_naive);
            let n = format::short_count(scenario.record.scenario.n as f64);
            Row {
                label: format!("{}, {n}", scenario.record.scenario.input),
                link: None,
                dots,
                text: best
                    .map_or(String::new(), format::verdict)
                    .replace("no difference that can be told", "cannot tell"),
            }
        })
        .collect();
    plot::forest("Ratio to naive in every scenario", "times as fast as naive, logarithmic", &rows)
}

/// Naive beside optimized, the other rungs behind tabs, the frame folded below.
fn sources(book: &Book, case: &Case) -> Result<String> {
    let lib = code(case, "lib")?;
    let rungs = rung_modules(&lib);
    let mut html =
        String::from("\n## Side by side\n\n<div class=\"pair\">\n<div class=\"pane\">\n\n");
    let _ = write!(
        html,
        "<p class=\"file\">naive.rs</p>\n\n{}\n</div>\n<div class=\"pane tabs\">\n",
        fence(&code(case, "naive")?)
    );
    let others: Vec<&String> =
        rungs.iter().filter(|rung| *rung != "naive" && case.source(rung).exists()).collect();
    let first = others.iter().position(|rung| *rung == "optimized").unwrap_or(0);
    for (at, rung) in others.iter().enumerate() {
        let checked = if at == first { " checked" } else { "" };
        let _ = writeln!(
            html,
            "<input type=\"radio\" name=\"rung\" id=\"rung-{rung}\"{checked}><label for=\"rung-{rung}\">{rung}.rs</label>"
        );
    }
    for rung in others {
        let _ = write!(html, "<div class=\"panel\">\n\n{}\n</div>\n", fence(&code(case, rung)?));
    }
    html.push_str("</div>\n</div>\n");
    let bench = fs::read_to_string(&case.bench)
        .with_context(|| format!("cannot read {}", case.bench.display()))?;
    let bench_path = case.bench.canonicalize().unwrap_or_else(|_| case.bench.clone());
    let shown =
        bench_path.strip_prefix(&book.workspace.root).unwrap_or(&bench_path).display().to_string();
    for (name, text) in [
        ("lib.rs: the input and the table of rungs".to_owned(), lib),
        (format!("{shown}: what is timed, and why"), bench),
    ] {
        let _ =
            write!(html, "\n<details><summary>{name}</summary>\n\n{}\n</details>\n", fence(&text));
    }
    Ok(html)
}

/// Names of the rungs, read from the table in `lib.rs`.
pub fn rung_modules(lib: &str) -> Vec<String> {
    let names = lib.match_indices("Rung::").filter_map(|(at, _)| {
        let call = &lib[at..];
        let name = call.split('"').nth(1)?;
        let is_call = call[..call.find('"')?].contains('(');
        (is_call && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
            .then(|| name.to_owned())
    });
    names.collect()
}

fn fence(source: &str) -> String {
    format!("```rust\n{}\n```\n", source.trim_end())
}

fn code(case: &Case, module: &str) -> Result<String> {
    let path = case.source(module);
    fs::read_to_string(&path)
        .with_context(|| format!("rung `{module}` has no file {}", path.display()))
}

/// How to read the tables, and the tables.
fn evidence(summary: &CaseSummary, machine: &Machine) -> String {
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
fn tables(summary: &CaseSummary) -> String {
    let mut html = String::new();
    let order = std::iter::once(summary.headline)
        .chain((0..summary.scenarios.len()).filter(|at| *at != summary.headline));
    for at in order {
        let scenario = &summary.scenarios[at];
        let open = if at == summary.headline { " open" } else { "" };
        let key = &scenario.record.scenario;
        let size = format!(
            "{} {}, {}",
            format::count(key.n),
            format::plural(item(summary), key.n),
            escape(&key.input)
        );
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
        item(summary)
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
        let n = scenario.record.scenario.n.max(1) as f64;
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
        format::ratio_with_interval(compared.ratio),
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

fn claims(summary: &CaseSummary) -> String {
    let mut html = String::from("\n## Claims\n\n<ul class=\"claims\">\n");
    for (claim, outcome) in &summary.claims {
        let (mark, class, word) = match outcome {
            Outcome::Held => ("✓", "faster", "held"),
            Outcome::Broken => ("✗", "slower", "broken"),
            Outcome::Undecided => ("?", "cannot-tell", "undecided"),
            Outcome::NotMeasured => ("–", "cannot-tell", "not measured in this run"),
        };
        let says = match claim.expect {
            Expect::AtLeast(least) => {
                format!("is at least {} as fast as naive", format::ratio(least))
            }
            Expect::DoesNotPay => "does not pay".to_owned(),
            Expect::MemoryAtMost(share) => {
                format!("works on at most {} of naive's bytes", format::fraction(share))
            }
        };
        let scenario = summary
            .scenarios
            .iter()
            .find(|s| s.record.scenario.input == claim.input && s.record.scenario.n == claim.n);
        let rung = summary.rungs.iter().position(|rung| *rung == claim.rung);
        let measured =
            scenario.zip(rung).and_then(|(scenario, rung)| scenario.rungs[rung].as_ref());
        let measured = match (claim.expect, measured) {
            (Expect::MemoryAtMost(_), Some(rung)) => {
                rung.data.map(|bytes| format!(": {}", format::bytes(bytes as f64)))
            }
            (_, Some(rung)) => rung
                .against_naive
                .map(|compared| format!(": {}", format::ratio_with_interval(compared.ratio))),
            _ => None,
        };
        let _ = writeln!(
            html,
            "<li><span class=\"{class}\">{mark} {word}</span> <code>{}</code> {says} at {} {}, {}{}</li>",
            claim.rung,
            format::count(claim.n),
            format::plural(item(summary), claim.n),
            escape(&claim.input),
            measured.unwrap_or_default(),
        );
    }
    html.push_str("</ul>\n\n");
    html
}

fn item<'a>(summary: &CaseSummary<'a>) -> &'a str {
    summary.record.description.as_ref().map_or("item", |description| description.item.as_str())
}

fn class(summary: &CaseSummary, rung: usize) -> &'static str {
    match rung {
        0 => "naive",
        rung if rung == summary.optimized => "best",
        rung if Some(rung) == summary.peer => "peer",
        _ => "middle",
    }
}

fn class_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::CannotTell => "cannot-tell",
    }
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

    #[test]
    fn rungs_are_read_from_the_table() {
        let lib = r#"
            pub const RUNGS: &[Rung<A, B>] = &[
                Rung::new("naive", |a| naive::run(a)),
                Rung::in_place("words", |a: &mut A| words::run(a)).data(A::bytes),
                Rung::reusing(
                    "optimized",
                    |a| optimized::run(a),
                ),
            ];
            fn other() { "not_a_rung" }"#;
        assert_eq!(rung_modules(lib), ["naive", "words", "optimized"]);
    }
}
