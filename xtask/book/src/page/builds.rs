//! What build settings do: one table of all variants, speed over size as a plot, what they do
//! together, and what of it belongs into a manifest.

mod advice;

use std::cmp::Ordering;

use maud::{Markup, html};

use crate::html::Column::{Figures, Words};
use crate::html::{judged, ratio_with_interval, table};
use crate::markdown::Markdown;
use crate::plot::{Pareto, Point};
use judge::builds::{ProgramSummary, VariantSummary};
use judge::programs::{Disturbance, Standing};
use judge::stats::{self, Verdict};
use judge::summary::Compared;
use judge::words::{self, format};
use record::{BuildOutcome, Builds};

/// The program of several crates, and the one of a single loop.
pub const RULES: &str = "rules";
const KERNEL: &str = "kernel";
/// Variants of which one is several others together: what that gains is held against their product.
const TOGETHER: [(&str, &[&str]); 2] =
    [("native-pgo-fat", &["cpu-native", "pgo", "lto-fat"]), ("fat-one", &["lto-fat", "one-unit"])];

/// Fills every place of the page that asks for something of the record.
pub fn fill(page: &mut Markdown, builds: Option<&Builds>) {
    let summary = |name| builds.and_then(|builds| builds.program(name)).map(ProgramSummary::of);
    let (rules, kernel) = (summary(RULES), summary(KERNEL));
    page.fill("{{builds}}", || table_of(builds, rules.as_ref()));
    page.fill("{{pareto}}", || of(rules.as_ref(), pareto));
    page.fill("{{layout}}", || of(rules.as_ref(), layout));
    page.fill("{{together}}", || of(rules.as_ref(), together));
    page.fill("{{null}}", || of(kernel.as_ref(), null));
    page.fill("{{advice}}", || rules.as_ref().map_or_else(not_yet, advice::section));
}

fn of(summary: Option<&ProgramSummary>, part: fn(&ProgramSummary) -> Markup) -> Markdown {
    let mut section = Markdown::default();
    match summary {
        Some(summary) => section.block(&part(summary)),
        None => return not_yet(),
    }
    section
}

fn not_yet() -> Markdown {
    let mut section = Markdown::default();
    section.words("Unavailable: no builds were measured here yet; `cargo xtask builds` does it.");
    section
}

fn table_of(builds: Option<&Builds>, rules: Option<&ProgramSummary>) -> Markdown {
    let (Some(builds), Some(rules)) = (builds, rules) else { return not_yet() };
    let mut section = Markdown::default();
    section.block(&html! {
        (all(rules))
        (missing(rules))
        @for job in &rules.record.jobs {
            @if let Some(told) = words::programs::disturbance(&Disturbance::of(&job.rounds)) {
                p.caution { (job.name) ": " (told) "." }
            }
        }
        p.provenance {
            (builds.processor) " · " (builds.target) " · " (builds.rustc) " · commit "
            (builds.commit.as_deref().unwrap_or("unknown")) " · run of "
            (record::date(builds.started))
        }
    });
    section
}

/// Every variant that was built, in the order in which they are tried.
fn all(rules: &ProgramSummary) -> Markup {
    let jobs: Vec<&str> = rules.record.jobs.iter().map(|job| job.name.as_str()).collect();
    let speed = |job: usize| format!("speed, {}", jobs.get(job).unwrap_or(&"other input"));
    let (first, second) = (speed(0), speed(1));
    let columns = [
        Words("variant"),
        Words("what is set"),
        Figures(&first),
        Figures(&second),
        Figures("start"),
        Figures("peak memory"),
        Figures("file"),
        Figures("machine code"),
        Figures("clean build"),
        Figures("incremental"),
    ];
    let row = |variant: &VariantSummary| {
        let cost = variant.cost?;
        let known = |of: fn(&Standing) -> Option<f64>, text: fn(f64) -> String| {
            let value = variant.first().as_ref().and_then(of);
            value.map_or_else(|| "–".to_owned(), text)
        };
        let is_base = std::ptr::eq(variant, rules.base());
        let speed = |job: usize| match variant.standings.get(job).copied().flatten() {
            Some(_) if is_base => html! { "1" },
            standing => speed_of(standing),
        };
        Some([
            html! { (variant.record.name) },
            settings(variant),
            speed(0),
            speed(1),
            html! { (known(|standing| standing.start_up, format::time)) },
            html! { (known(|standing| standing.peak, format::bytes)) },
            html! { (format::bytes(cost.file as f64)) },
            html! { (format::bytes(cost.text as f64)) },
            html! { (seconds(cost.clean)) },
            html! { (seconds(cost.incremental)) },
        ])
    };
    table(columns, rules.variants.iter().filter_map(row))
}

fn settings(variant: &VariantSummary) -> Markup {
    html! {
        @if variant.record.settings.is_empty() { "as cargo has it" }
        @for (at, setting) in variant.record.settings.iter().enumerate() {
            @if at > 0 { ", " }
            code { (setting) }
        }
    }
}

fn speed_of(standing: Option<Standing>) -> Markup {
    html! {
        @match standing {
            Some(Standing { ratio, verdict, .. }) => (judged(Compared { ratio, verdict })),
            None => "–",
        }
    }
}

fn seconds(millis: u64) -> String {
    format::time(millis as f64 * 1e6)
}

/// What this machine lacks, and how to get it.
fn missing(rules: &ProgramSummary) -> Markup {
    let why = |variant: &VariantSummary| match &variant.record.outcome {
        BuildOutcome::Unavailable(why) => Some(("unavailable", why.clone())),
        BuildOutcome::Refused(why) => Some(("refused", why.clone())),
        BuildOutcome::Built(_) => None,
    };
    let missing = rules.variants.iter().filter_map(|variant| Some((variant, why(variant)?)));
    html! {
        @for (variant, (how, why)) in missing {
            p.small { (variant.record.name) ": " (how) ": " (why) }
        }
    }
}

/// Speed over size, the time of a clean build as the dot's area.
fn pareto(rules: &ProgramSummary) -> Markup {
    let point = |variant: &VariantSummary| {
        let (cost, standing) = (variant.cost?, variant.first()?);
        let (x, y, area) = (cost.file as f64 / 1024.0, standing.ratio.mid, cost.clean as f64);
        let name = (!variant.dominated).then(|| variant.record.name.clone());
        Some(Point { name, x, y, area })
    };
    let plot = Pareto {
        title: "Speed of each variant over the size of its file",
        x_label: "size of the file, logarithmic; a dot's area is the time of a clean build",
        y_label: "speed, release = 1",
        x_text: |size| format!("{size} KiB"),
        points: rules.variants.iter().filter_map(point).collect(),
    };
    let mut best: Vec<&VariantSummary> =
        rules.variants.iter().filter(|one| !one.dominated && one.cost.is_some()).collect();
    let size = |one: &VariantSummary| one.cost.map_or(0, |cost| cost.file);
    best.sort_by_key(|one| size(one));
    let columns = [Words("not beaten"), Figures("file"), Figures("speed"), Figures("clean build")];
    let rows = best.iter().filter_map(|variant| {
        let (cost, standing) = (variant.cost?, variant.first()?);
        Some([
            html! { (variant.record.name) },
            html! { (format::bytes(cost.file as f64)) },
            html! { (ratio_with_interval(standing.ratio, &[1.0])) },
            html! { (seconds(cost.clean)) },
        ])
    });
    html! {
        figure {
            (plot.svg())
            figcaption {
                "Named: no other is as fast and as small. Grey: some other is. A speed that cannot \
                 be told from the base’s counts as the base’s."
            }
        }
        (table(columns, rows))
    }
}

/// By how much the base differs from itself in other layouts.
fn layout(rules: &ProgramSummary) -> Markup {
    let floor = rules.layout.first().copied().unwrap_or_default();
    let twin = rules.base().first().map_or(stats::LEAST_FLOOR, |base| base.floor);
    html! {
        p {
            "Here the base, built " (rules.layouts) " more " (format::plural("time", rules.layouts))
            " under other names, was up to "
            (format::share(floor)) " from itself. A variant counts only beyond "
            (format::share(floor.max(twin))) "."
        }
    }
}

/// Whether several settings do each other's work.
fn together(rules: &ProgramSummary) -> Markup {
    let columns = [
        Words("together"),
        Words("alone"),
        Figures("product of the parts"),
        Figures("measured together"),
        Words("so"),
    ];
    let row = |(name, parts): (&str, &[&str])| {
        let (product, whole) = (rules.product(parts)?, rules.speed(name)?);
        let quotient = stats::quotient(whole.ratio, product);
        let so = match stats::verdict(quotient, whole.floor) {
            Verdict::Faster => "more than the product: one makes room for the other",
            Verdict::Slower => "less than the product: they do each other’s work",
            Verdict::CannotTell => "the product, as far as can be told",
        };
        Some([
            html! { (name) },
            html! { (parts.join(" · ")) },
            html! { (ratio_with_interval(product, &[1.0])) },
            html! { (ratio_with_interval(whole.ratio, &[1.0])) },
            html! { (so) },
        ])
    };
    let rows: Vec<_> = TOGETHER.iter().filter_map(|one| row(*one)).collect();
    html! {
        @if rows.is_empty() {
            p { "Unavailable: some of the parts could not be built here; the table above says why." }
        } @else {
            (table(columns, rows))
        }
    }
}

/// Of the program that no setting should change: how many did, and the farthest.
fn null(kernel: &ProgramSummary) -> Markup {
    let others = || kernel.variants.iter().skip(1).filter_map(|one| Some((one, one.first()?)));
    let told = || others().filter(|(_, standing)| standing.verdict != Verdict::CannotTell);
    let far = |standing: &Standing| standing.ratio.mid.ln().abs();
    let farthest = others()
        .max_by(|one, other| far(&one.1).partial_cmp(&far(&other.1)).unwrap_or(Ordering::Equal));
    html! {
        p {
            "Of " (others().count()) " variants of " code { (KERNEL) } ", "
            (told().count()) " differ from the base beyond chance, noise and layout"
            @for (at, (one, standing)) in told().enumerate() {
                (if at == 0 { ": " } else { ", " })
                (one.record.name) " (" (ratio_with_interval(standing.ratio, &[1.0])) ")"
            }
            ". "
            @if let Some((one, standing)) = farthest {
                "The farthest is " (one.record.name) ", at "
                (ratio_with_interval(standing.ratio, &[1.0])) "."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use crate::markdown::Prose;
    use crate::page::tests::LIVE;
    use record::fixture::builds;
    use record::mutated::mutant;

    fn page(builds: Option<&Builds>) -> String {
        let mut page = Markdown::default();
        let places = ["builds", "pareto", "layout", "together", "null", "advice"];
        for place in places {
            page.prose(&Prose::of_repository(format!("{{{{{place}}}}}")));
        }
        fill(&mut page, builds);
        page.to_string()
    }

    #[test]
    fn every_variant_has_its_figures_and_what_is_missing_says_why() {
        let text = plain(&page(Some(&builds())));
        for part in [
            "fat | lto = &quot;fat&quot; | 1.25× ",
            "bolt: unavailable: BOLT is not here",
            "up to 1.0 % from itself",
            "some of the parts could not be built here",
            "0 differ from the base",
            "Example, &quot;fast&quot; one",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        assert!(!text.contains("layout-1"), "{text}");
    }

    #[test]
    fn many_disturbed_runs_are_said_with_their_job() {
        let mut builds = builds();
        for round in &mut builds.programs[0].jobs[1].rounds {
            round.runs[0].as_mut().unwrap().again = 1;
        }
        let text = plain(&page(Some(&builds)));
        assert_eq!(text.matches("others took more than a twentieth").count(), 1, "{text}");
        assert!(text.contains("other: others took"), "{text}");
    }

    #[test]
    fn no_mutant_of_a_record_panics_or_gets_a_tag_into_the_page() {
        let whole = serde_json::to_value(builds()).unwrap();
        let read = |seed| Builds::read(&mutant(&whole, seed)).ok();
        let shown: Vec<String> = (0..300).filter_map(read).map(|it| page(Some(&it))).collect();
        assert!(shown.len() > 30, "{} were shown", shown.len());
        for (page, tag) in shown.iter().flat_map(|page| LIVE.map(|tag| (page, tag))) {
            assert!(!page.contains(tag), "{tag} in\n{page}");
        }
    }

    #[test]
    fn without_a_record_the_page_says_how_to_make_one() {
        let text = page(None);
        assert_eq!(text.matches("`cargo xtask builds` does it").count(), 6, "{text}");
    }

    #[test]
    fn what_a_record_says_is_no_html() {
        let mut builds = builds();
        let hostile = "<script>alert(1)</script> | `# loud` {{builds}}";
        builds.processor = hostile.to_owned();
        builds.programs[0].variants[1].settings = vec![hostile.to_owned()];
        builds.programs[0].variants[3].outcome = BuildOutcome::Unavailable(hostile.to_owned());
        let page = page(Some(&builds));
        assert!(!page.contains("<script") && !page.contains("{{builds"), "{page}");
    }
}
