//! The page on which machines stand side by side, and a line of it for each case.

use std::fmt::Write as _;

use protocol::Scenario;

use super::Book;
use super::flips::{place, sentence};
use super::format::{self, escape};
use crate::across::{Across, Flip, Kind, Machine, find};
use crate::plot::groups::{Group, GroupRow, groups};
use crate::stats::Interval;
use crate::summary::{CaseSummary, Compared};
use crate::workspace::Case;

/// Flips that stand open; the smaller ones are folded.
const OPEN: usize = 12;

/// The whole page.
pub fn page(book: &Book, across: &Across) -> String {
    let mut page = String::from("# Across machines\n\n");
    page.push_str(&lede(across));
    page.push_str(&machines(across));
    page.push_str(&cautions(across));
    page.push_str(&flips(book, across));
    page.push_str(&ratios(book, across));
    page
}

/// Faster on A, slower on B, not measured on C; empty for a case that no machine measured.
pub fn line(across: &Across, case: &str) -> String {
    let Some(scenario) = across.shown(case) else { return String::new() };
    let others = across.machines[1..].iter().map(|machine| {
        let label = escape(&machine.label);
        match best(machine, case, scenario) {
            Some(compared) => format!("{} on {label}", format::verdict(compared)),
            None => format!("not measured on {label}"),
        }
    });
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
        others.collect::<Vec<_>>().join(", ")
    )
}

/// The front page's sentence on the other machines.
pub fn front_line(across: &Across) -> String {
    let others: Vec<String> =
        across.machines[1..].iter().map(|machine| escape(&machine.label)).collect();
    let flips = match across.flips.len() {
        0 => "no conclusion flips".to_owned(),
        1 => "one conclusion flips".to_owned(),
        n => format!("{n} conclusions flip"),
    };
    format!("\nHeld against [{}](machines.md): {flips}.\n\n", others.join(", "))
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
        let effort = format!("{:?}", record.effort).to_lowercase();
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

/// Plot and table: our best rung against naive, a row for each machine.
fn ratios(book: &Book, across: &Across) -> String {
    let mut rows: Vec<Row> =
        book.workspace.cases.iter().filter_map(|case| Row::new(across, case)).collect();
    // By the first machine's gain, as on the front page; what it did not measure comes last.
    let gain = |row: &Row| row.found[0].map_or(0.0, |compared| compared.ratio.mid);
    rows.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
    let plot = groups(
        "Our best rung against naive, on each machine",
        "times as fast as naive, logarithmic",
        &rows.iter().map(|row| row.group(across)).collect::<Vec<_>>(),
    );
    let mut html = format!(
        "## Every case on every machine\n\n<figure>{plot}<figcaption>Our best rung against naive, \
         with 95 % intervals; right of the line is faster. The filled dot is the machine of the \
         other pages.</figcaption></figure>\n\n\
         <div class=\"table-wrapper\"><table><thead><tr><th>technique</th><th>measured at</th>"
    );
    for machine in &across.machines {
        let _ = write!(html, "<th>{}</th>", escape(&machine.label));
    }
    html.push_str("</tr></thead><tbody>");
    for row in &rows {
        row.cells(across, &mut html);
    }
    html.push_str("</tbody></table></div>\n");
    html
}

/// A case at the scenario at which it is shown.
struct Row<'c, 'a> {
    case: &'c Case,
    scenario: &'a Scenario,
    place: String,
    /// By machine.
    found: Vec<Option<Compared>>,
}

impl<'c, 'a> Row<'c, 'a> {
    fn new(across: &Across<'a>, case: &'c Case) -> Option<Self> {
        let scenario = across.shown(&case.name)?;
        let found = across.machines.iter().map(|machine| best(machine, &case.name, scenario));
        let first = across.machines.iter().find_map(|machine| machine.cases.get(&*case.name));
        Some(Self { case, scenario, place: place(first, scenario), found: found.collect() })
    }

    fn group(&self, across: &Across) -> Group {
        let row = |(shape, machine): (usize, &Machine)| GroupRow {
            label: machine.label.clone(),
            shape,
            ratio: self.found[shape].map(|compared| compared.ratio),
            text: self.found[shape].map_or("not measured".to_owned(), format::short_verdict),
        };
        Group {
            title: self.case.title.clone(),
            link: format!("{}.html", self.case.name),
            note: self.place.clone(),
            rows: across.machines.iter().enumerate().map(row).collect(),
        }
    }

    fn cells(&self, across: &Across, html: &mut String) {
        let Self { case, place, .. } = self;
        let _ = write!(
            html,
            "<tr><td><a href=\"{}.html\">{}</a></td><td>{place}</td>",
            case.name,
            escape(&case.title)
        );
        for (machine, found) in across.machines.iter().zip(&self.found) {
            let Some(compared) = found else {
                html.push_str("<td class=\"cannot-tell\">not measured</td>");
                continue;
            };
            let _ = write!(
                html,
                "<td>{}<br><span class=\"small\">{}</span></td>",
                format::ratio_with_interval(compared.ratio),
                self.notes(machine)
            );
        }
        html.push_str("</tr>");
    }

    /// From which size on it pays, and which rung is the fastest.
    fn notes(&self, machine: &Machine) -> String {
        let Some(case) = machine.cases.get(&*self.case.name) else { return String::new() };
        let mut notes = Vec::new();
        if let Some(n) = case.break_even() {
            notes.push(format!("from {}", format::about(n)));
        }
        if let Some(rung) = fastest(case, self.scenario) {
            notes.push(format!("fastest: <code>{}</code>", escape(rung)));
        }
        notes.join(" · ")
    }
}

/// Our best rung against naive.
fn best(machine: &Machine, case: &str, key: &Scenario) -> Option<Compared> {
    let case = machine.cases.get(case)?;
    find(case, key)?.rungs.get(case.optimized)?.as_ref()?.against_naive
}

fn fastest<'a>(case: &CaseSummary<'a>, key: &Scenario) -> Option<&'a str> {
    let ratio = |rung: &Option<crate::summary::RungSummary>| -> Option<Interval> {
        Some(rung.as_ref()?.against_naive?.ratio)
    };
    let rungs = case.rungs.iter().zip(&find(case, key)?.rungs);
    let measured = rungs.filter_map(|(name, rung)| Some((*name, ratio(rung)?.mid)));
    Some(measured.max_by(|a, b| a.1.total_cmp(&b.1))?.0)
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
