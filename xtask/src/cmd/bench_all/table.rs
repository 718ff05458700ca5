//! The table that a run ends with.

use std::collections::BTreeMap;

use cases::Case;
use judge::summary::{CaseSummary, Outcome};
use judge::words::{format, scenario as words};
use record::Record;

/// One line per case at its headline scenario.
pub fn print(cases: &[Case], record: &Record) {
    println!(
        "\n{:<20} {:<28} {:>22}  {:<24} {:>9}  claims",
        "case", "at", "against naive", "against peer", "of limit"
    );
    let titles: BTreeMap<&str, &Case> =
        cases.iter().map(|case| (case.name.as_str(), case)).collect();
    for (name, case) in &record.cases {
        if let Some(failure) = &case.failure {
            println!("{name:<20} FAILED: {failure}");
        }
        let Some(summary) = CaseSummary::new(case, &record.machine) else { continue };
        let scenario = &summary.headline().record.scenario;
        let Some(best) = summary.best() else { continue };
        let against_naive = best.against_naive.map_or(String::new(), |compared| {
            let ratio = compared.ratio;
            format!(
                "{} [{}, {}]",
                format::ratio(ratio.mid),
                format::ratio(ratio.low),
                format::ratio(ratio.high)
            )
        });
        let peer = titles.get(name.as_str()).map_or("peer", |case| case.peer.as_str());
        let against_peer = summary.headline().against_peer.map_or("–".to_owned(), |compared| {
            format!("{} {peer}", format::ratio(compared.ratio.mid))
        });
        let at = format!("{} {}", words::value(&summary, scenario), scenario.input);
        let share = best.share.map_or("–".to_owned(), format::share);
        println!(
            "{name:<20} {at:<28} {against_naive:>22}  {against_peer:<24} {share:>9}  {}",
            claims(&summary)
        );
    }
    for (name, why) in record.file.iter().flat_map(|file| &file.refused) {
        println!("{name:<20} does not read this file: {why}");
    }
    println!();
}

/// "5 held", "4 held, 1 broken".
fn claims(summary: &CaseSummary) -> String {
    let words = [
        (Outcome::Held, "held"),
        (Outcome::Broken, "broken"),
        (Outcome::Undecided, "undecided"),
        (Outcome::NotMeasured, "not measured"),
    ];
    let counts = words.iter().filter_map(|(outcome, word)| {
        let count = summary.claims.iter().filter(|(_, got)| got == outcome).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}
