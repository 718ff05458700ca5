//! The page on which machines stand side by side, and a line of it for each case.

mod ratios;

use crate::html::{escape, place};
use std::fmt::Write as _;

use protocol::Scenario;

use super::Book;
use super::flips::sentence;
use crate::across::{Across, Flip, Kind, Machine, find};
use judge::stats::Verdict;
use judge::summary::Compared;
use judge::words::format;

/// Flips that stand open; the smaller ones are folded.
const OPEN: usize = 12;
/// More machines than these are counted in sentences, not named.
pub const NAMED: usize = 3;

/// The whole page.
pub fn page(book: &Book, across: &Across) -> String {
    let mut page = String::from("# Across machines\n\n");
    page.push_str(&lede(across));
    page.push_str(&machines(across));
    page.push_str(&cautions(across));
    page.push_str(&flips(book, across));
    page.push_str(&ratios::section(book, across));
    page
}

/// Faster on A, slower on B, not measured on C; empty for a case that no machine measured.
pub fn line(across: &Across, case: &str) -> String {
    let Some(scenario) = across.shown(case) else { return String::new() };
    let verdicts: Vec<(String, Option<Compared>)> = across.machines[1..]
        .iter()
        .map(|machine| (escape(&machine.label), best(machine, case, scenario)))
        .collect();
    let others = if verdicts.len() > NAMED { counted(&verdicts) } else { named(&verdicts) };
    let flipped = across.flips.iter().filter(|flip| flip.case == case).count();
    let at = place(across.machines.iter().find_map(|m| m.cases.get(case)), scenario);
    let more = match flipped {
        0 => "no conclusion flips".to_owned(),
        n => format!(
            "{n} {} between them",
            if n == 1 { "conclusion flips" } else { "conclusions flip" }
        ),
    };
    format!(
        "<p class=\"elsewhere\">On other machines, at {at}: {}. <a href=\"machines.html\">Across \
         machines</a>: {more}.</p>\n\n",
        others.join(", ")
    )
}

fn named(verdicts: &[(String, Option<Compared>)]) -> Vec<String> {
    let text = |(label, found): &(String, Option<Compared>)| match found {
        Some(compared) => format!("{} on {label}", format::verdict(*compared)),
        None => format!("not measured on {label}"),
    };
    verdicts.iter().map(text).collect()
}

/// "Faster on 5, slower on 1": of so many machines nobody reads the names.
fn counted(verdicts: &[(String, Option<Compared>)]) -> Vec<String> {
    let ways = [
        ("faster", Some(Verdict::Faster)),
        ("slower", Some(Verdict::Slower)),
        ("cannot tell", Some(Verdict::CannotTell)),
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
pub fn front_line(across: &Across) -> String {
    let others = &across.machines[1..];
    let names = if others.len() > NAMED {
        format!("{} other machines", others.len())
    } else {
        others.iter().map(|machine| escape(&machine.label)).collect::<Vec<_>>().join(", ")
    };
    let flips = match across.flips.len() {
        0 => "no conclusion flips".to_owned(),
        1 => "one conclusion flips".to_owned(),
        n => format!("{n} conclusions flip"),
    };
    format!("\nHeld against [{names}](machines.md): {flips}.\n\n")
}

/// What came out, in a sentence or two.
fn lede(across: &Across) -> String {
    let compared = format::count(across.compared);
    let flips = across.flips.len();
    let open = match across.open {
        0 => String::new(),
        n => format!(" {} more are open: one side or both cannot tell.", format::count(n)),
    };
    let nature = if across.one_machine() {
        "These runs come from the same kind of processor, so what differs shows how well a run \
         repeats. "
    } else {
        ""
    };
    let found = match flips {
        0 => format!("Nothing flips: all {compared} conclusions that could be compared agree."),
        1 => format!("Of {compared} conclusions that could be compared, **one flips**."),
        n => format!("Of {compared} conclusions that could be compared, **{n} flip**."),
    };
    format!("{nature}{found}{open} [What is compared](method.md#several-machines).\n\n")
}

fn machines(across: &Across) -> String {
    let mut html = String::from(
        "<div class=\"table-wrapper\"><table class=\"machines\"><thead><tr><th></th>\
         <th>processor</th><th>cores</th><th>system</th><th>compiler</th><th>effort</th>\
         <th>run of</th><th>commit</th></tr></thead><tbody>",
    );
    for Machine { label, record, .. } in &across.machines {
        let rustc = record.toolchain.rustc.split(" (").next().unwrap_or_default();
        let effort = record.effort.to_string();
        let cells = [
            escape(&record.machine.processor),
            record.machine.cores.to_string(),
            escape(&record.machine.system),
            escape(rustc),
            effort,
            record.date()[..10].to_owned(),
            format!("<code>{}</code>", escape(record.commit.as_deref().unwrap_or("unknown"))),
        ];
        let _ = write!(html, "<tr><th>{}</th>", escape(label));
        html.extend(cells.map(|cell| format!("<td>{cell}</td>")));
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>\n\n");
    html
}

fn cautions(across: &Across) -> String {
    let cautions = across.cautions();
    if cautions.is_empty() {
        return String::new();
    }
    let all: String = cautions.iter().map(|text| format!("<li>{}.</li>", escape(text))).collect();
    format!(
        "<div class=\"caution\"><strong>These runs differ in more than the machine:</strong><ul>{all}</ul></div>\n\n"
    )
}

fn flips(book: &Book, across: &Across) -> String {
    if across.flips.is_empty() {
        return String::new();
    }
    let (sizes, others): (Vec<&Flip>, Vec<&Flip>) =
        across.flips.iter().partition(|flip| flip.kind == Kind::BreakEven);
    let list = |flips: &[&Flip]| {
        let item = |flip: &&Flip| {
            let case = book.workspace.cases.iter().find(|case| case.name == flip.case);
            format!("<li>{}.</li>", sentence(across, case, flip))
        };
        format!("<ul class=\"flips\">{}</ul>\n", flips.iter().map(item).collect::<String>())
    };
    let mut html = "## What flips\n\n".to_owned();
    if !others.is_empty() {
        let (open, folded) = others.split_at(others.len().min(OPEN));
        html.push_str("The greatest difference first.\n\n");
        html.push_str(&list(open));
        if !folded.is_empty() {
            let n = folded.len();
            let _ = write!(
                html,
                "<details><summary>{n} smaller {}</summary>\n{}</details>\n",
                format::plural("one", n),
                list(folded)
            );
        }
    }
    if !sizes.is_empty() {
        html.push_str("\nSizes from which it pays, further apart than a factor of four:\n\n");
        html.push_str(&list(&sizes));
    }
    html.push('\n');
    html
}

/// Our best rung against naive.
fn best(machine: &Machine, case: &str, key: &Scenario) -> Option<Compared> {
    let case = machine.cases.get(case)?;
    find(case, key)?.rungs.get(case.optimized)?.as_ref()?.against_naive
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::tests::{empty, record};

    #[test]
    fn a_case_has_a_line_on_the_other_machines() {
        let one = record("A", &[(1_000, [3.1, 4.0, 3.5])]);
        let two = record("B<", &[(1_000, [0.7, 3.0, 2.5])]);
        let three = empty("C");
        let across = Across::new(&[&one, &two, &three]);
        let text = line(&across, "bitsets").replace('×', " times");
        assert!(
            text.contains("at 1k rows: 3.0 times faster on B&lt;, not measured on C."),
            "{text}"
        );
        assert!(text.contains("1 conclusion flips between them"), "{text}");
        assert_eq!(line(&across, "arenas"), "");
    }

    #[test]
    fn many_machines_are_counted() {
        let records: Vec<record::Record> =
            (0..5).map(|at| record(&format!("M{at}"), &[(9, [1.0, 2.0, 1.5])])).collect();
        let across = Across::new(&records.iter().collect::<Vec<_>>());
        assert!(line(&across, "bitsets").contains("at 9 rows: faster on 4. "));
        assert!(front_line(&across).contains("4 other machines"));
    }

    #[test]
    fn the_page_opens_with_what_came_out() {
        let one = record("A", &[(1_000, [2.0, 4.0, 3.5])]);
        let two = record("B", &[(1_000, [0.7, 4.0, 3.5])]);
        assert!(lede(&Across::new(&[&one, &two])).contains("Of 5 conclusions"));
        assert!(lede(&Across::new(&[&one, &two])).contains("**one flips**"));
        let alike = lede(&Across::new(&[&one, &one]));
        assert!(alike.contains("Nothing flips: all 5 conclusions"), "{alike}");
        assert!(alike.contains("how well a run repeats"), "{alike}");
    }

    #[test]
    fn machines_are_named_and_differences_between_runs_too() {
        let (one, mut two) = (empty("A"), empty("B"));
        two.toolchain.rustc = "rustc 1.96.0 (abc 2026-01-01)".into();
        let across = Across::new(&[&one, &two]);
        let table = machines(&across);
        assert!(table.contains("<td>rustc 1.96.0</td>") && table.contains("1970-01-01"));
        assert!(cautions(&across).contains("different compilers"));
        assert_eq!(cautions(&Across::new(&[&one, &one])), "");
    }
}
