//! The table that a run ends with.

use cases::Case;
use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared, Outcome, summaries};
use judge::told::Told;
use judge::words::{self, format, scenario};
use record::Record;

use crate::table::Side::{Left, Right};
use crate::table::Table;

/// One line per case at its headline scenario.
pub fn print(cases: &[Case], record: &Record) {
    record::outln!("\n{}", of(cases, record));
    if let Some(told) = Told::of(&summaries(record)) {
        record::outln!("{}", words::told::sentence(told));
    }
}

fn of(cases: &[Case], record: &Record) -> Table<6> {
    let mut table = Table::new([Left, Left, Right, Left, Right, Left]);
    table.row(["case", "at", "against naive", "against peer", "of limit", "claims"]);
    for (name, case) in &record.cases {
        if let Some(failure) = &case.failure {
            table.note(format!("{name}: FAILED: {failure}"));
        }
        let peer = cases.iter().find(|known| known.name == *name);
        let peer = peer.map_or("peer", |case| case.peer.as_str());
        if let Some(cells) =
            CaseSummary::new(case, &record.machine).and_then(|case| cells(name, &case, peer))
        {
            table.row(cells.each_ref().map(String::as_str));
        }
    }
    for (name, why) in record.file.iter().flat_map(|file| &file.refused) {
        table.note(format!("{name}: does not read this file: {why}"));
    }
    table
}

/// `None` if the last of our rungs was not measured at the headline.
fn cells(name: &str, summary: &CaseSummary, peer: &str) -> Option<[String; 6]> {
    let (headline, best) = (summary.headline(), summary.best()?);
    let at = &headline.record.scenario;
    let against_naive = best.against_naive.map_or(String::new(), |compared| {
        let ratio = format::with_interval(compared.ratio);
        told(compared, &ratio)
    });
    let against_peer = headline.against_peer.map_or("–".to_owned(), |compared| {
        format!("{} {peer}", told(compared, &format::middle(compared.ratio)))
    });
    Some([
        name.to_owned(),
        format!("{} {}", scenario::value(summary, at), at.input),
        against_naive,
        against_peer,
        best.share.map_or("–".to_owned(), format::share),
        claims(summary),
    ])
}

/// The ratio; where nobody can tell, that comes first, or it would read as a gain.
fn told(compared: Compared, ratio: &str) -> String {
    match compared.verdict {
        Verdict::CannotTell => format!("cannot tell: {ratio}"),
        Verdict::Faster | Verdict::Slower => ratio.to_owned(),
    }
}

/// "5 held", "4 held, 1 broken".
fn claims(summary: &CaseSummary) -> String {
    let words = [
        (Outcome::Held, "held"),
        (Outcome::Broken, "broken"),
        (Outcome::Undecided, "undecided"),
        (Outcome::NotMeasured, "not measured"),
        (Outcome::Elsewhere, "not on this machine"),
    ];
    let counts = words.iter().filter_map(|(outcome, word)| {
        let count = summary.claims.iter().filter(|(_, got)| got == outcome).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_tell_is_no_win() {
        let mut record = record::fixture::record();
        let scenario = &mut record.cases.get_mut("words").unwrap().scenarios[0];
        scenario.pairs[1].logs = [-4_000, 5_000, 20_000].map(|log| vec![log; 2]).to_vec();
        let text = of(&[], &record).to_string();
        assert!(text.contains("cannot tell: 1.65× [0.22, 44.5]"), "{text}");
    }

    #[test]
    fn what_was_measured_what_failed_and_what_was_refused_have_a_line_each() {
        let text = of(&[], &record::fixture::record()).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert_eq!(lines[1], "words: FAILED: interrupted");
        for part in ["words  1k short, mixed", "  4.00× [3.99, 4.01]", "50 %", "not measured"] {
            assert!(lines[2].contains(part), "{part} is not in\n{text}");
        }
        assert_eq!(lines[3], "sums: does not read this file: line 1: `a` is no number");
    }
}
