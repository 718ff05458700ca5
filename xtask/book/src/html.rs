//! What HTML pages share: escaping, classes of rungs and verdicts, places.

use judge::stats::{Interval, Verdict};
use judge::summary::CaseSummary;
use judge::words::format::{ratio, short_count, two_digits};
use judge::words::scenario::short;

/// "9.4× \[9.2, 9.6\]".
pub fn ratio_with_interval(interval: Interval) -> String {
    format!(
        "{} <span class=\"ci\">[{}, {}]</span>",
        ratio(interval.mid),
        two_digits(interval.low),
        two_digits(interval.high)
    )
}

/// A text inside HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The class that gives a rung its colour.
pub fn class(summary: &CaseSummary, rung: usize) -> &'static str {
    match rung {
        0 => "naive",
        rung if rung == summary.optimized => "best",
        rung if Some(rung) == summary.peer => "peer",
        _ => "middle",
    }
}

/// The class that gives a verdict its colour.
pub fn class_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::CannotTell => "cannot-tell",
    }
}

/// "1M rows", with the distribution where a case has several.
pub fn place(case: Option<&CaseSummary>, scenario: &protocol::Scenario) -> String {
    let size = case.map_or_else(|| short_count(scenario.n as f64), |case| short(case, scenario));
    if case.is_some_and(|case| case.distributions().len() > 1) {
        format!("{size}, {}", escape(&scenario.input))
    } else {
        size
    }
}
