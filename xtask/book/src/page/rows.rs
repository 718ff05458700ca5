//! The rungs of one case as whole programs, beside others that do the same job.

use maud::{Markup, html};

use crate::html::Column::{Figures, Words};
use crate::html::{Column, judged, said, table, term};
use crate::markdown::Markdown;
use cases::Workspace;
use judge::programs::Standing;
use judge::rows::RowsSummary;
use judge::summary::Compared;
use judge::words::{self, format};
use record::{Rows, RowsOutcome, RowsProgram};

/// The case whose rungs are a program, too.
pub const CASE: &str = "billion-rows";

/// What the latest run of these programs found, or a committed one.
pub fn section(workspace: &Workspace) -> Markdown {
    let mut section = Markdown::default();
    section.heading(2, "As whole programs");
    let path = workspace.best_rows();
    let own = path.as_ref() == Some(&workspace.latest_rows());
    match path.map(|path| Rows::load(&path)) {
        Some(Ok(rows)) => section.block(&figures(&rows, own)),
        missing => {
            if let Some(Err(error)) = missing {
                record::errln!("left out: {error:#}");
            }
            section.words("Unavailable: nothing was run here yet; `cargo xtask rows` does it.");
        }
    }
    section
}

fn figures(rows: &Rows, own: bool) -> Markup {
    let summary = RowsSummary::of(rows);
    html! {
        p {
            "Each is a process of its own that reads "
            @if let Some(count) = rows.rows { (format::count(count as usize)) " rows, " }
            (format::bytes(rows.bytes as f64))
            ", from the system's cache of files, and prints what naive prints. Intervals are over \
             rounds in which all had a turn: "
            a href="method.html#whole-programs" { "how it is measured" } "."
        }
        @if !own {
            p.caution {
                "Of another machine, or another day: this comes with the book. "
                code { "cargo xtask rows" } " runs all of it here."
            }
        }
        @if let Some(told) = words::programs::disturbance(&summary.disturbance) {
            p.caution { "In this run, " (told) "." }
        }
        (all(&summary))
        @for (program, standing) in summary.programs() { (missing(program, standing)) }
        (over_peers(&summary))
        p.provenance {
            (rows.host.processor) " · " (rows.host.cores) " "
            (format::plural("core", rows.host.cores)) " · " (rows.host.target) " · "
            (rows.host.rustc)
            @for program in rows.programs.iter().filter(|program| !program.version.is_empty()) {
                " · " (program.name) " " (program.version)
            }
            " · commit " (rows.commit.as_deref().unwrap_or("unknown")) " · run of "
            (record::date(rows.started))
        }
    }
}

/// Every program that ran, in the order in which the chapter has them.
fn all(summary: &RowsSummary) -> Markup {
    let [time, processor] = match summary.record.rows {
        Some(_) => ["time a row", "processor time a row"],
        None => ["time", "processor time"],
    };
    let rows = summary.record.rows.unwrap_or(1) as f64;
    let columns = [
        Words("program"),
        Figures(time),
        Figures(processor),
        Figures("start"),
        Figures("peak memory"),
        Figures("speed over naive"),
    ];
    let known = |value: Option<f64>, text: fn(f64) -> String| value.map_or("–".into(), text);
    let row = |(at, (program, standing)): (usize, (&RowsProgram, Option<Standing>))| {
        let standing = standing?;
        let Standing { ratio, verdict, .. } = standing;
        Some([
            html! { (program.name) },
            html! { (format::time(standing.wall / rows)) },
            html! { (known(standing.cpu.map(|cpu| cpu / rows), format::time)) },
            html! { (known(standing.start_up, format::time)) },
            html! { (known(standing.peak, format::bytes)) },
            html! { @if at == 0 { "1" } @else { (judged(Compared { ratio, verdict })) } },
        ])
    };
    table(columns, summary.programs().enumerate().filter_map(row))
}

/// Why a program has no row.
fn missing(program: &RowsProgram, standing: Option<Standing>) -> Markup {
    let why = match &program.outcome {
        RowsOutcome::Ran if standing.is_some() => return Markup::default(),
        RowsOutcome::Ran => ("no quiet round", ""),
        RowsOutcome::Refused(why) => ("refused: ", why.as_str()),
        RowsOutcome::Unavailable(why) => ("unavailable: ", why.as_str()),
    };
    html! { p.small { (program.name) ": " (why.0) (said(why.1)) } }
}

/// How fast ours are, held against each of those that one would use instead.
fn over_peers(summary: &RowsSummary) -> Markup {
    let (ours, peers) = (summary.that_ran(false), summary.that_ran(true));
    let name = |at: &usize| summary.record.programs[*at].name.as_str();
    let titles: Vec<String> = peers.iter().map(|peer| format!("over {}", name(peer))).collect();
    let columns: Vec<Column> =
        [Words("program")].into_iter().chain(titles.iter().map(|title| Figures(title))).collect();
    let rows = ours.iter().map(|program| {
        let over = |peer: &usize| match summary.over(*peer, *program) {
            Some(compared) => judged(compared),
            None => html! { "–" },
        };
        [html! { (name(program)) }].into_iter().chain(peers.iter().map(over)).collect::<Vec<_>>()
    });
    html! {
        @if !peers.is_empty() && !ours.is_empty() {
            p {
                "Speed over what one would use instead, round by round, with the same "
                (term("noise floor")) ":"
            }
            (table(columns, rows))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use crate::page::tests::{House, LIVE};
    use record::fixture::rows;
    use record::mutated::{HOSTILE, mutant};
    use std::fs;

    #[test]
    fn every_program_has_its_figures_and_what_is_missing_says_why() {
        let text = plain(&figures(&rows(), true).into_string());
        for part in [
            "reads 1,000,000 rows, ",
            "program | time a row | processor time a row | ",
            "cursors | 20 ns | 40 ns | 1 ms | 4 MiB | 9.99× [",
            "polars | 40 ns | 80 ns | – | ",
            "duckdb: unavailable: pip install duckdb, for python3",
            "awk: refused: it prints something else",
            "program | over peer | over polars | ",
            "cursors | 5.00× [",
            "Example, &quot;fast&quot; one · 2 cores",
            "polars 1.2.3",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        assert!(!text.contains("comes with the book") && !text.contains("others took"), "{text}");
    }

    #[test]
    fn many_disturbed_runs_and_programs_that_never_were_alone_are_said() {
        let mut rows = rows();
        for round in &mut rows.rounds {
            let run = round.runs[1].as_mut().unwrap();
            run.others = Some(run.wall);
        }
        let text = plain(&figures(&rows, true).into_string());
        assert!(text.contains("cursors: no quiet round"), "{text}");
        assert!(text.contains("In this run, others took more than a twentieth"), "{text}");
    }

    #[test]
    fn a_run_of_one_s_own_is_shown_before_the_committed_one_which_is_marked() {
        let house = House::new(&[CASE]);
        let shown = || section(&house.workspace).to_string();
        assert!(shown().contains("`cargo xtask rows` does it"), "{}", shown());
        let committed = house.workspace.root.join("docs/results/rows/example-1000000.json");
        rows().save(&committed).unwrap();
        assert!(shown().contains("this comes with the book"), "{}", shown());
        let mut own = rows();
        own.host.processor = "Mine".to_owned();
        own.save(&house.workspace.latest_rows()).unwrap();
        assert!(
            !shown().contains("comes with the book") && shown().contains("Mine"),
            "{}",
            shown()
        );
        fs::write(house.workspace.latest_rows(), "{").unwrap();
        assert!(shown().contains("Unavailable"), "{}", shown());
    }

    #[test]
    fn what_a_record_says_is_no_html() {
        let mut rows = rows();
        rows.host.processor = HOSTILE.to_owned();
        rows.programs[3].version = HOSTILE.to_owned();
        for at in [0, 3] {
            rows.programs[at].name = HOSTILE.to_owned();
        }
        rows.programs[4].outcome = RowsOutcome::Unavailable(HOSTILE.to_owned());
        rows.programs[5].outcome = RowsOutcome::Refused(HOSTILE.to_owned());
        dead(&rows, 0);
    }

    #[test]
    fn no_mutant_of_a_record_panics_or_gets_a_tag_into_the_page() {
        let whole = serde_json::to_value(rows()).unwrap();
        let read =
            (0..600).filter_map(|seed| Some((seed, Rows::read(&mutant(&whole, seed)).ok()?)));
        let shown = read.inspect(|(seed, rows)| dead(rows, *seed)).count();
        assert!(shown > 60, "{shown} were shown");
    }

    fn dead(rows: &Rows, seed: u64) {
        let mut page = Markdown::default();
        page.block(&figures(rows, true));
        let page = page.to_string();
        for tag in LIVE {
            assert!(!page.contains(tag), "{tag} with the seed {seed}\n{page}");
        }
    }
}
