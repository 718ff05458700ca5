//! What a run ends with: a table, and the claims that do not hold.

use std::fmt::Write as _;

use cases::Case;
use judge::stats::Verdict;
use judge::summary::{CaseSummary, Compared, Outcome, Summaries, summaries};
use judge::told::Told;
use judge::words::{self, claim, format, scenario};
use protocol::Absent;
use record::Record;

use crate::table::Side::{Left, Right};
use crate::table::Table;

/// One line per case at its headline scenario, the greatest gain first; then the claims.
pub fn print(cases: &[Case], record: &Record) {
    let summaries = summaries(record);
    record::outln!("\n{}", of(cases, record, &summaries));
    record::outln!("{}", claims(&summaries).trim_end());
    if let Some(told) = Told::of(&summaries) {
        record::outln!("{}", words::told::sentence(told));
    }
}

fn of(cases: &[Case], record: &Record, summaries: &Summaries) -> Table<5> {
    let mut table = Table::new([Left, Right, Right, Left, Right]);
    table.row(["case", "against naive", "against", "peer", "held"]);
    let gain = |summary: &CaseSummary| summary.best_rung()?.against_naive;
    let mut rows: Vec<(&str, &CaseSummary, Compared)> = summaries
        .iter()
        .filter_map(|(name, summary)| Some((*name, summary, gain(summary)?)))
        .collect();
    rows.sort_by(|a, b| a.2.by_gain(&b.2));
    for (name, summary, gain) in rows {
        let peer = cases.iter().find(|known| known.name == name);
        let peer = peer.map_or("peer", |case| case.peer.as_str());
        table.row(cells(name, summary, gain, peer).each_ref().map(String::as_str));
    }
    for (name, case) in &record.cases {
        if let Some(failure) = &case.failure {
            table.note(format!("{name}: FAILED: {failure}"));
        }
        for Absent { scenario, why } in case.description.iter().flat_map(|all| &all.absent) {
            table.note(format!("{name}: {scenario} is not on this system, because {why}"));
        }
    }
    for (name, why) in record.file.iter().flat_map(|file| &file.refused) {
        table.note(format!("{name}: does not read this file: {why}"));
    }
    table
}

/// Letters of a peer's name that a table of eighty columns has room for.
const PEER: usize = 19;

fn cells(name: &str, summary: &CaseSummary, gain: Compared, peer: &str) -> [String; 5] {
    let against_peer = summary.best_against_peer().map(|compared| match compared.verdict {
        Verdict::CannotTell => format::word(compared.verdict).to_owned(),
        Verdict::Faster | Verdict::Slower => format::middle(compared.ratio),
    });
    let peer = against_peer.as_ref().map_or("", |_| peer);
    let peer = console::truncate_str(peer, PEER, "…");
    let judged = summary.claims.iter().filter(|(_, outcome)| outcome.is_judged()).count();
    let held = summary.claims.iter().filter(|(_, outcome)| *outcome == Outcome::Held).count();
    let gain = told(gain);
    [
        name.to_owned(),
        gain,
        against_peer.unwrap_or_else(|| "–".to_owned()),
        peer.into_owned(),
        format!("{held}/{judged}"),
    ]
}

/// The ratio with its interval; where nobody can tell, that alone, since a figure would read as a
/// gain. The page has what it may be.
fn told(compared: Compared) -> String {
    match compared.verdict {
        Verdict::CannotTell => format::word(compared.verdict).to_owned(),
        Verdict::Faster | Verdict::Slower => format::with_interval(compared.ratio),
    }
}

/// How many claims came out how, and by name those that did not hold.
fn claims(summaries: &Summaries) -> String {
    let all = || {
        summaries.iter().flat_map(|(name, summary)| {
            summary.claims.iter().map(move |(claim, outcome)| (*name, summary, *claim, *outcome))
        })
    };
    let count = |outcome| all().filter(|(.., got)| *got == outcome).count();
    let [held, undecided, broken] = [Outcome::Held, Outcome::Undecided, Outcome::Broken].map(count);
    let judged = held + undecided + broken;
    let mut text =
        format!("Of {judged} claims, {held} held, {undecided} undecided, {broken} did not hold");
    for (name, summary, claim, _) in all().filter(|(.., got)| *got == Outcome::Broken) {
        let place = scenario::of_claim(summary, claim);
        let (rung, says, how) = (&claim.rung, claim::says(claim), claim::broken(claim));
        let _ = write!(text, "\n  {name}: {rung} {says} at {place}: {how}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_tell_is_no_win() {
        let mut record = record::fixture::record();
        let scenario = &mut record.cases.get_mut("words").unwrap().scenarios[0];
        scenario.pairs[1].logs = [-4_000, 5_000, 20_000].map(|log| vec![log; 2]).to_vec();
        let text = of(&[], &record, &summaries(&record)).to_string();
        assert!(text.lines().nth(1).unwrap().contains(" undecided "), "{text}");
    }

    #[test]
    fn what_was_measured_what_failed_and_what_was_refused_have_a_line_each() {
        let record = record::fixture::record();
        let text = of(&[], &record, &summaries(&record)).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 5, "{text}");
        for part in ["words  4.00× [3.99, 4.01]", "2/2"] {
            assert!(lines[1].contains(part), "{part} is not in\n{text}");
        }
        assert_eq!(lines[2], "words: FAILED: interrupted");
        let absent = "words: cold/64 is not on this system, because its pages stay in `tmpfs`";
        assert_eq!(lines[3], absent);
        assert_eq!(lines[4], "sums: does not read this file: line 1: `a` is no number");
    }

    #[test]
    fn claims_that_do_not_hold_are_named() {
        let mut record = record::fixture::record();
        let description = record.cases.get_mut("words").unwrap().description.as_mut().unwrap();
        description.claims[0].expect = protocol::Expect::DoesNotPay;
        let expected = "Of 2 claims, 1 held, 0 undecided, 1 did not hold\n  words: optimized does \
                        not pay at 1,000 words, short, mixed: better than claimed";
        assert_eq!(claims(&summaries(&record)), expected);
    }

    #[test]
    fn the_greatest_gain_stands_first_within_eighty_columns() {
        let workspace = cases::Workspace::load().unwrap();
        for path in workspace.committed_records() {
            let record = Record::load(&path).unwrap();
            let text = of(&workspace.cases, &record, &summaries(&record)).to_string();
            let widest = text.lines().map(|line| line.chars().count()).max();
            assert!(widest.is_some_and(|widest| widest <= 80), "{text}");
            let ratios = text.lines().skip(1).filter_map(|line| {
                line.split_whitespace().nth(1)?.strip_suffix('×')?.parse::<f64>().ok()
            });
            // What is printed has fewer digits for a wider interval.
            assert!(ratios.collect::<Vec<_>>().is_sorted_by(|a, b| a * 1.05 >= *b), "{text}");
        }
    }
}
