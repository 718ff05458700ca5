//! A diagnosis on a terminal.

use std::fmt::Write as _;
use std::path::PathBuf;

use cases::{Case, Workspace};
use diagnose::Kind;
use diagnose::answer::{Advice, advice};
use diagnose::find::{Finding, Part};
use diagnose::saved::Diagnosis;
use judge::summary::{Summaries, summaries};
use judge::words::format;
use record::Record;

/// What a terminal shows of a diagnosis, with the figures of records that are named; no case is in
/// two of them.
pub fn text(
    diagnosis: &Diagnosis,
    workspace: &Workspace,
    measured: &[(PathBuf, Record)],
) -> String {
    let kind = diagnosis.kind.plural();
    let mut text = format!(
        "{}: {} {kind}, read as {}\n",
        clean(&diagnosis.program),
        format::count(diagnosis.samples as usize),
        diagnosis.how
    );
    for warning in &diagnosis.warnings {
        let _ = writeln!(text, "\nfirst: {warning}.");
    }
    let figures: Vec<(&Record, Summaries)> =
        measured.iter().map(|(_, record)| (record, summaries(record))).collect();
    for (at, finding) in diagnosis.findings.iter().enumerate() {
        let known = |case: &&Case| case.name == finding.case;
        if let Some(case) = workspace.cases.iter().find(known) {
            let of_case = figures.iter().find(|(record, _)| record.cases.contains_key(&case.name));
            let of_case = of_case.map(|(record, summaries)| (*record, summaries));
            section(&mut text, at + 1, finding, case, diagnosis, of_case);
        }
    }
    if diagnosis.findings.is_empty() {
        let _ = writeln!(text, "\nNo case of this book fits. Most was seen in");
        parts(&mut text, &diagnosis.widest, "  ");
    } else {
        text += &sources(measured);
    }
    for (case, what) in &diagnosis.asides {
        let _ = writeln!(text, "\nBeside that: {} (case `{}`).", clean(what), clean(case));
    }
    unseen(&mut text, workspace, diagnosis.kind);
    text
}

/// Whose gains those are.
fn sources(measured: &[(PathBuf, Record)]) -> String {
    if measured.is_empty() {
        return "\nNo record has these cases, so there are no gains: `cargo xtask bench-all` makes \
                one.\n"
            .to_owned();
    }
    let mut text = "\n".to_owned();
    for (path, record) in measured {
        let cases: Vec<String> = record.cases.keys().map(|case| clean(case)).collect();
        let of =
            if measured.len() > 1 { format!(" of {}", cases.join(", ")) } else { String::new() };
        let (path, processor) = (path.display(), clean(&record.machine.processor));
        let _ = writeln!(text, "Gains{of} are those of {path}, on {processor}.");
    }
    text
}

/// A case: what was seen, where, and what it may be worth.
fn section(
    text: &mut String,
    place: usize,
    finding: &Finding,
    case: &Case,
    diagnosis: &Diagnosis,
    figures: Option<(&Record, &Summaries)>,
) {
    let Advice { title, gain, whole, bound, against } =
        advice(finding, diagnosis.kind, diagnosis.size, case, figures);
    let _ = writeln!(
        text,
        "\n{place}. {}{title}: {} of the {} [{}, {}]",
        if finding.perhaps { "Perhaps also " } else { "" },
        format::share(finding.share),
        diagnosis.kind.plural(),
        format::share(finding.low),
        format::share(finding.high)
    );
    let mut line = |what: &str, words: String| {
        let _ = writeln!(text, "   {what:<9}{words}");
    };
    line("seen", finding.what.join("; "));
    line("in", listed(&finding.frames));
    if !finding.callers.is_empty() {
        line("from", listed(&finding.callers));
    }
    if !finding.overlaps.is_empty() {
        let same = finding.overlaps.iter().map(|other| {
            format!("{} explains {} of the same", other.name, format::share(other.share))
        });
        line("but", same.collect::<Vec<_>>().join(", "));
    }
    if let Some(gain) = gain {
        line("there", format!("the case's best rung is {gain}"));
    }
    if let (Some(whole), Some(bound)) = (whole, bound) {
        let most = format!("{whole} if yours gains as much; {bound} if that part cost nothing");
        line("you", most);
    }
    if let Some(against) = against {
        line("against", against);
    }
    line("read", format!("docs/book/{0}.html, crates/{0}/README.md", case.name));
}

/// "write 12 %, read 3.0 %".
fn listed(parts: &[Part]) -> String {
    let part = |part: &Part| format!("{} {}", clean(&part.name), format::share(part.share));
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn parts(text: &mut String, parts: &[Part], indent: &str) {
    for part in parts {
        let _ = writeln!(text, "{indent}{:>7}  {}", format::share(part.share), clean(&part.name));
    }
}

/// What no profile of this kind can show.
fn unseen(text: &mut String, workspace: &Workspace, kind: Kind) {
    let mut lines = workspace.cases.iter().filter_map(|case| {
        let why = case.seen.as_ref()?;
        Some(format!("  {}: {why}", case.title))
    });
    if kind == Kind::Samples && lines.clone().next().is_some() {
        let _ = writeln!(text, "\nWhat stacks cannot show:");
        lines.try_for_each(|line| writeln!(text, "{line}")).unwrap_or_default();
    }
}

/// Without what a terminal would obey.
fn clean(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::fixture::record;

    #[test]
    fn whose_gains_those_are_is_said_of_each_where_there_are_two() {
        let one = (PathBuf::from("latest.json"), record());
        let of_one = sources(std::slice::from_ref(&one));
        assert!(of_one.starts_with("\nGains are those of latest.json, on "), "{of_one}");
        let mut other = (PathBuf::from("kept.json"), record());
        other.1.cases.clear();
        other.1.cases.insert("ropes".to_owned(), one.1.cases.values().next().unwrap().clone());
        let of_both = sources(&[one, other]);
        assert!(of_both.contains("Gains of ropes are those of kept.json, on "), "{of_both}");
        assert!(sources(&[]).contains("no gains"));
    }
}
