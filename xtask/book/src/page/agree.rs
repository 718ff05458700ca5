//! One clock: a time that is divided by another one on the same page lies within the interval that
//! is printed for the two, on every page of every record that is committed.

use judge::pairing;
use judge::summary::{CaseSummary, ScenarioSummary, summaries};
use record::{CaseRecord, Record};

use super::case::glance;
use super::claims::claims;
use super::tables::tables;
use super::tests::{case, committed};
use crate::across::tests as synthetic;
use crate::html::tests::plain;

/// A rung's two times as they are printed, in nanoseconds: of a call, and of an item.
type Printed = [f64; 2];

/// "38.66 µs" in nanoseconds.
fn time(text: &str) -> f64 {
    let (value, unit) = text.split_once(' ').unwrap_or_else(|| panic!("{text} is no time"));
    let unit = match unit {
        "s" => 1e9,
        "ms" => 1e6,
        "µs" => 1e3,
        "ns" => 1.0,
        "ps" => 1e-3,
        _ => panic!("{text} is no time"),
    };
    value.parse::<f64>().unwrap_or_else(|_| panic!("{text} is no time")) * unit
}

/// "9.4× \[9.2, 9.6\] faster", or with "×" behind each end; `None` where nothing is compared.
fn interval(text: &str) -> Option<(f64, f64)> {
    let text = text.replace('×', "").replace("&#91;", "[").replace("&#93;", "]");
    let (low, high) = text.split_once('[')?.1.split_once(']')?.0.split_once(", ")?;
    Some((low.parse().ok()?, high.parse().ok()?))
}

/// What a page does not agree with itself on.
#[derive(Default)]
struct Disagreements {
    compared: usize,
    found: Vec<String>,
}

impl Disagreements {
    /// Holds the quotients of two rungs' times against an interval; of a case that is slower, the
    /// other way round.
    fn hold(&mut self, place: &str, base: Printed, rung: Printed, (low, high): (f64, f64)) {
        for (base, rung) in base.into_iter().zip(rung) {
            self.compared += 1;
            // What a reader's calculator rounds.
            let quotient = base / rung;
            if quotient < low * (1.0 - 1e-12) || quotient > high * (1.0 + 1e-12) {
                self.found.push(format!("{place}: {quotient} is not in [{low}, {high}]"));
            }
        }
    }

    fn case(&mut self, name: &str, record: &CaseRecord, summary: &CaseSummary) {
        let html = tables(summary, "").into_string();
        // The headline's table comes first, then the others in their order.
        let mut order: Vec<usize> = (0..summary.scenarios.len()).collect();
        order.sort_by_key(|at| (*at != summary.headline, *at));
        let printed: Vec<&str> = html.split("<tbody>").skip(1).collect();
        assert_eq!(printed.len(), order.len(), "{name}");
        for (at, table) in order.into_iter().zip(printed) {
            let scenario = &summary.scenarios[at];
            let times = self.table(name, record, scenario, summary, table);
            if at == summary.headline {
                self.headline(name, summary, &times);
            }
            self.claims(name, scenario, summary, &times);
        }
    }

    /// The rows of a table: each rung against naive, and against the one before.
    fn table(
        &mut self,
        name: &str,
        record: &CaseRecord,
        scenario: &ScenarioSummary,
        summary: &CaseSummary,
        table: &str,
    ) -> Vec<Option<Printed>> {
        let rows = table.split("</tbody>").next().unwrap().split("<tr>").skip(1);
        let rows: Vec<Vec<String>> =
            rows.map(|row| plain(row).split(" | ").map(str::to_owned).collect()).collect();
        let mut rows = rows.into_iter();
        let mut times: Vec<Option<Printed>> = Vec::new();
        let place = scenario.record.scenario.to_string();
        for (at, rung) in summary.rungs.iter().enumerate() {
            times.push(None);
            if scenario.rungs[at].is_none() {
                continue;
            }
            let row = rows.next().unwrap();
            assert!(row[0].starts_with(rung), "{name}: {row:?} is not of {rung}");
            let own = [time(&row[1]), time(&row[2])];
            times[at] = Some(own);
            let previous = pairing::previous(record.description.as_ref().unwrap(), at);
            for (base, cell) in [(Some(0), &row[3]), (previous, &row[4])] {
                if let (Some(base), Some(interval)) = (base, interval(cell)) {
                    self.hold(
                        &format!("{name} {place} {rung}"),
                        times[base].unwrap(),
                        own,
                        interval,
                    );
                }
            }
        }
        times
    }

    /// The fastest of our rungs against naive and the peer, at the top of a page.
    fn headline(&mut self, name: &str, summary: &CaseSummary, times: &[Option<Printed>]) {
        let html = glance(&case(name), summary).into_string();
        let text = plain(&html.replace("</li>", " | ").replace("</p>", " | "));
        let (rung, place) =
            (summary.best().and_then(|best| times[best]), format!("{name}, at a glance"));
        let against_peer = |part: &&str| part.contains(" against memchr ");
        let peer = text.split(" | ").find(against_peer).map(|part| (summary.peer, part));
        for (base, part) in peer.into_iter().chain(text.split(" | ").next().map(|it| (Some(0), it)))
        {
            let Some((base, rung)) = base.and_then(|base| times[base]).zip(rung) else { continue };
            let Some((low, high)) = interval(part) else { continue };
            if part.contains(" slower") {
                self.hold(&place, rung, base, (low, high));
            } else {
                self.hold(&place, base, rung, (low, high));
            }
        }
    }

    /// Claims at a scenario, whatever they hold a rung against.
    fn claims(
        &mut self,
        name: &str,
        scenario: &ScenarioSummary,
        summary: &CaseSummary,
        times: &[Option<Printed>],
    ) {
        let html = claims(summary).to_string();
        let lines = html.split("<li ").skip(1).map(plain);
        for ((claim, _), line) in summary.claims.iter().zip(lines) {
            let rungs = [claim.base(), &claim.rung].map(|rung| summary.rung_index(rung).unwrap());
            let [base, rung] = rungs.map(|rung| times[rung]);
            let here = claim.is_about(&scenario.record.scenario);
            if let (true, Some((base, rung)), Some(interval)) =
                (here, base.zip(rung), interval(&line))
            {
                self.hold(&format!("{name}, claim: {line}"), base, rung, interval);
            }
        }
    }
}

fn disagreements(record: &Record) -> Disagreements {
    let mut disagreements = Disagreements::default();
    for (name, summary) in summaries(record) {
        disagreements.case(name, &record.cases[name], &summary);
    }
    disagreements
}

#[test]
fn times_divided_by_each_other_lie_within_the_interval_in_every_committed_record() {
    for (path, record) in committed().1 {
        let Disagreements { compared, found } = disagreements(&record);
        assert!(compared > 1_000, "{}: {compared} quotients were compared", path.display());
        assert!(
            found.is_empty(),
            "{}: {} of {compared} quotients lie outside:\n{}",
            path.display(),
            found.len(),
            found.join("\n")
        );
    }
}

#[test]
fn times_divided_by_each_other_lie_within_the_interval_in_records_that_are_made_up() {
    for record in [
        record::fixture::record(),
        synthetic::record("A", &[(10, [0.333, 1.2345, 9.996]), (1_000, [3.0, 99.94, 1.005])]),
    ] {
        let Disagreements { compared, found } = disagreements(&record);
        assert!(compared > 0 && found.is_empty(), "{compared}: {found:?}");
    }
}
