//! The page on which machines stand side by side, and a line of it for each case.

mod ratios;

use maud::{Markup, html};

use protocol::Scenario;

use super::Book;
use super::flips::{NAMED, sentence};
use crate::across::{Across, Flip, Kind, Machine, find};
use crate::html::{place, titles};
use crate::markdown::Markdown;
use judge::stats::Verdict;
use judge::summary::Compared;
use judge::words::format;

/// Flips that stand open; the smaller ones are folded.
const OPEN: usize = 12;

/// The whole page.
pub fn page(book: &Book, across: &Across) -> Markdown {
    let mut page = Markdown::default();
    page.heading(1, "Across machines");
    page.block(&html! { (lede(across)) (machines(across)) (cautions(across)) });
    page.append(&flips(book, across));
    page.append(&ratios::section(book, across));
    page
}

/// Faster on A, slower on B, not measured on C; empty for a case that no machine measured.
pub fn line(across: &Across, case: &str) -> Markup {
    let Some(scenario) = across.shown(case) else { return Markup::default() };
    let (alike, others): (Vec<&Machine>, Vec<&Machine>) =
        across.machines[1..].iter().partition(|machine| {
            across.has_same_rungs(machine, case) || !machine.cases.contains_key(case)
        });
    let verdicts: Vec<(&str, Option<Compared>)> = alike
        .iter()
        .map(|machine| (machine.label.as_str(), best(machine, case, scenario)))
        .collect();
    let mut said = if verdicts.len() > NAMED { counted(&verdicts) } else { named(&verdicts) };
    said.extend(others.iter().map(|machine| format!("with other rungs on {}", machine.label)));
    let at = place(across.machines.iter().find_map(|m| m.cases.get(case)), scenario);
    let more = match across.flips.iter().filter(|flip| flip.case == case).count() {
        0 => "no conclusion flips".to_owned(),
        1 => "1 conclusion flips between them".to_owned(),
        n => format!("{n} conclusions flip between them"),
    };
    html! {
        p.elsewhere {
            "On other machines, at " (at) ": " (said.join(", ")) ". "
            a href="machines.html" { "Across machines" } ": " (more) "."
        }
    }
}

fn named(verdicts: &[(&str, Option<Compared>)]) -> Vec<String> {
    let text = |(label, found): &(&str, Option<Compared>)| match found {
        Some(compared) => format!("{} on {label}", format::verdict(*compared)),
        None => format!("not measured on {label}"),
    };
    verdicts.iter().map(text).collect()
}

/// "Faster on 5, slower on 1": of so many machines nobody reads the names.
fn counted(verdicts: &[(&str, Option<Compared>)]) -> Vec<String> {
    let ways = [
        ("faster", Some(Verdict::Faster)),
        ("slower", Some(Verdict::Slower)),
        ("undecided", Some(Verdict::CannotTell)),
        ("not measured", None),
    ];
    let count = |(word, way): (&str, Option<Verdict>)| {
        let same = |found: &Option<Compared>| found.map(|compared| compared.verdict) == way;
        let n = verdicts.iter().filter(|(_, found)| same(found)).count();
        (n > 0).then(|| format!("{word} on {n}"))
    };
    ways.into_iter().filter_map(count).collect()
}

/// The front page's sentence on the other machines.
pub fn front_line(across: &Across) -> Markup {
    let others = &across.machines[1..];
    let names = if others.len() > NAMED {
        format!("{} other machines", others.len())
    } else {
        others.iter().map(|machine| machine.label.as_str()).collect::<Vec<_>>().join(", ")
    };
    let flips = match across.flips.len() {
        0 => "no conclusion flips".to_owned(),
        1 => "one conclusion flips".to_owned(),
        n => format!("{n} conclusions flip"),
    };
    html! { p { "Held against " a href="machines.html" { (names) } ": " (flips) "." } }
}

/// What came out, in a sentence or two.
fn lede(across: &Across) -> Markup {
    let compared = format::count(across.compared);
    html! {
        p {
            @if across.one_machine() {
                "These runs come from the same kind of processor, so what differs shows how well \
                 a run repeats. "
            }
            @match across.flips.len() {
                0 => {
                    "Nothing flips: all " (compared)
                    " conclusions that could be compared agree."
                },
                flips => {
                    "Of " (compared) " conclusions that could be compared, "
                    strong {
                        @if flips == 1 { "one flips" } @else { (flips) " flip" }
                    }
                    "."
                },
            }
            @if across.open > 0 {
                " " (format::count(across.open)) " more are undecided on one machine or on both."
            }
            " " a href="method.html#several-machines" { "What is compared" } "."
        }
    }
}

fn machines(across: &Across) -> Markup {
    html! {
        div.table-wrapper {
            table.machines {
                thead { (titles(&["", "processor", "cores", "system", "compiler", "effort", "run of", "commit"])) }
                tbody { @for machine in &across.machines { (row(machine)) } }
            }
        }
    }
}

fn row(Machine { label, record, .. }: &Machine) -> Markup {
    html! {
        tr {
            th scope="row" { (label) }
            td { (record.machine.processor) }
            td { (record.machine.cores) }
            td { (record.machine.system) }
            td { (record.toolchain.rustc.split(" (").next().unwrap_or_default()) }
            td { (record.effort) }
            td { (record.date()[..10]) }
            td { code { (record.commits()) } }
        }
    }
}

fn cautions(across: &Across) -> Markup {
    let cautions = across.cautions();
    html! {
        @if !cautions.is_empty() {
            div.caution {
                strong { "These runs differ in more than the machine:" }
                ul { @for text in cautions { li { (text) "." } } }
            }
        }
    }
}

fn flips(book: &Book, across: &Across) -> Markdown {
    let mut section = Markdown::default();
    if across.flips.is_empty() {
        return section;
    }
    let (sizes, others): (Vec<&Flip>, Vec<&Flip>) =
        across.flips.iter().partition(|flip| flip.kind == Kind::BreakEven);
    let list = |flips: &[&Flip]| {
        html! {
            ul.flips {
                @for flip in flips { li { (sentence(across, book.case(flip.case), flip)) "." } }
            }
        }
    };
    let (open, folded) = others.split_at(others.len().min(OPEN));
    section.heading(2, "What flips");
    section.block(&html! {
        @if !open.is_empty() { p { "The greatest difference first." } (list(open)) }
        @if !folded.is_empty() {
            details {
                summary { (folded.len()) " smaller " (format::plural("one", folded.len())) }
                (list(folded))
            }
        }
        @if !sizes.is_empty() {
            p { "Sizes from which it pays, further apart than a factor of four:" }
            (list(&sizes))
        }
    });
    section
}

/// The last of our rungs against naive.
fn best(machine: &Machine, case: &str, key: &Scenario) -> Option<Compared> {
    let case = machine.cases.get(case)?;
    find(case, key)?.rungs.get(case.optimized)?.as_ref()?.against_naive
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::tests::{empty, record};
    use crate::html::tests::plain;

    #[test]
    fn a_case_has_a_line_on_the_other_machines() {
        let one = record("A", &[(1_000, [3.1, 4.0, 3.5])]);
        let two = record("B<", &[(1_000, [0.7, 3.0, 2.5])]);
        let three = empty("C");
        let across = Across::new(&[&one, &two, &three]);
        let text = line(&across, "bitsets").into_string().replace('×', " times");
        assert!(
            text.contains("at 1,000 rows: 3.00 times faster on B&lt;, not measured on C."),
            "{text}"
        );
        assert!(text.contains("1 conclusion flips between them"), "{text}");
        assert_eq!(line(&across, "arenas").into_string(), "");
    }

    #[test]
    fn many_machines_are_counted() {
        let records: Vec<record::Record> =
            (0..5).map(|at| record(&format!("M{at}"), &[(9, [1.0, 2.0, 1.5])])).collect();
        let across = Across::new(&records.iter().collect::<Vec<_>>());
        assert!(
            plain(&line(&across, "bitsets").into_string()).contains("at 9 rows: faster on 4. ")
        );
        assert!(plain(&front_line(&across).into_string()).contains("4 other machines"));
    }

    #[test]
    fn the_page_opens_with_what_came_out() {
        let one = record("A", &[(1_000, [2.0, 4.0, 3.5])]);
        let two = record("B", &[(1_000, [0.7, 4.0, 3.5])]);
        let differ = lede(&Across::new(&[&one, &two])).into_string();
        assert!(differ.contains("Of 5 conclusions"), "{differ}");
        assert!(differ.contains("<strong>one flips</strong>"), "{differ}");
        let alike = plain(&lede(&Across::new(&[&one, &one])).into_string());
        assert!(alike.contains("Nothing flips: all 5 conclusions"), "{alike}");
        assert!(alike.contains("how well a run repeats"), "{alike}");
    }

    #[test]
    fn machines_are_named_and_differences_between_runs_too() {
        let (one, mut two) = (empty("A"), empty("B"));
        two.toolchain.rustc = "rustc 1.96.0 (abc 2026-01-01)".into();
        let across = Across::new(&[&one, &two]);
        let table = machines(&across).into_string();
        assert!(table.contains("<td>rustc 1.96.0</td>") && table.contains("1970-01-01"));
        assert!(plain(&cautions(&across).into_string()).contains("different compilers"));
        assert_eq!(cautions(&Across::new(&[&one, &one])).into_string(), "");
    }
}
