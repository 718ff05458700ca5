//! A scenario in words: how many items, or which value of what varies instead, and the
//! distribution.

use protocol::{Claim, Description, Effort, Scenario};

use super::format;
use crate::summary::CaseSummary;

/// "1,000,000 rows, one in thirty", or "50 % of the rows selected, 1,000,000 rows, random".
pub fn long(summary: &CaseSummary, scenario: &Scenario) -> String {
    format!("{}, {}", size(summary, scenario), scenario.input)
}

/// The same for the scenario of a claim.
pub fn of_claim(summary: &CaseSummary, claim: &Claim) -> String {
    let effort = Effort::default();
    long(summary, &Scenario { input: claim.input.clone(), n: claim.n, effort })
}

/// The same without the distribution.
pub fn size(summary: &CaseSummary, scenario: &Scenario) -> String {
    let description = summary.record.description.as_ref();
    description.map_or_else(String::new, |description| described(description, scenario))
}

/// The same of a case that was not measured.
pub fn described(description: &Description, scenario: &Scenario) -> String {
    let items = description.items(scenario);
    let size = format!("{} {}", format::count(items), format::plural(&description.item, items));
    match description.axis(&scenario.input) {
        Some(axis) => {
            format!("{}{} {}, {size}", format::count(scenario.n), axis.unit, axis.quantity)
        }
        None => size,
    }
}

/// "1M rows", "50 % of the rows selected": where there is little room.
pub fn short(summary: &CaseSummary, scenario: &Scenario) -> String {
    match summary.axis(&scenario.input) {
        Some(axis) => {
            format!("{}{} {}", format::count(scenario.n), axis.unit, axis.quantity)
        }
        None => format!(
            "{} {}",
            format::short_count(scenario.n as f64),
            format::plural(summary.item(), scenario.n)
        ),
    }
}

/// "1M", "50 %".
pub fn value(summary: &CaseSummary, scenario: &Scenario) -> String {
    match summary.axis(&scenario.input) {
        Some(axis) => format!("{}{}", format::count(scenario.n), axis.unit),
        None => format::short_count(scenario.n as f64),
    }
}
