//! A scenario in words: how many items, or which value of what varies instead, and the
//! distribution.

use protocol::{Claim, Description, Effort, Scenario};

use super::format;
use crate::summary::CaseSummary;

/// "1,000,000 rows, one in thirty", or "50 % of the rows selected, 1,000,000 rows, random"; what is
/// called like its items is not named twice.
pub fn long(summary: &CaseSummary, scenario: &Scenario) -> String {
    let size = size(summary, scenario);
    if scenario.input == format::plural(summary.item(), 2) {
        size
    } else {
        format!("{size}, {}", scenario.input)
    }
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
    let size = items(description.items(scenario), &description.item);
    match description.axis(&scenario.input) {
        Some(axis) => {
            format!("{}{} {}, {size}", format::count(scenario.n), axis.unit, axis.quantity)
        }
        None => size,
    }
}

/// "1,000 rows", "1 MiB": so many bytes in the unit in which they are a round number.
fn items(n: usize, item: &str) -> String {
    match binary(n, item) {
        Some(bytes) => bytes,
        None => format!("{} {}", format::count(n), format::plural(item, n)),
    }
}

/// "1 MiB" of bytes, where three digits say exactly how many.
fn binary(n: usize, item: &str) -> Option<String> {
    let unit = 1024_usize.pow(n.checked_ilog2()? / 10);
    let exact = item == "byte" && unit > 1 && n.is_multiple_of(unit) && n / unit < 1000;
    exact.then(|| format::bytes(n as f64))
}

/// "1,000,000 rows", "50 % of the rows selected": where there is little room.
pub fn short(summary: &CaseSummary, scenario: &Scenario) -> String {
    match summary.axis(&scenario.input) {
        Some(axis) => {
            format!("{}{} {}", format::count(scenario.n), axis.unit, axis.quantity)
        }
        None => items(scenario.n, summary.item()),
    }
}

/// "one in thirty, 1,000,000", or "2,000 messages" where both are called alike.
pub fn label(summary: &CaseSummary, scenario: &Scenario) -> String {
    if scenario.input == format::plural(summary.item(), 2) {
        short(summary, scenario)
    } else {
        format!("{}, {}", scenario.input, value(summary, scenario))
    }
}

/// "1,000,000", "1 MiB", "50 %".
pub fn value(summary: &CaseSummary, scenario: &Scenario) -> String {
    match summary.axis(&scenario.input) {
        Some(axis) => format!("{}{}", format::count(scenario.n), axis.unit),
        None => binary(scenario.n, summary.item()).unwrap_or_else(|| format::count(scenario.n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_binary_where_that_is_exact() {
        assert_eq!(items(1 << 20, "byte"), "1 MiB");
        assert_eq!(items(96 << 10, "byte"), "96 KiB");
        assert_eq!(items(1_000_000, "byte"), "1,000,000 bytes");
        assert_eq!(items((1 << 20) + 1024, "byte"), "1,049,600 bytes");
        assert_eq!([items(1 << 20, "row"), items(1, "byte")], ["1,048,576 rows", "1 byte"]);
    }
}
