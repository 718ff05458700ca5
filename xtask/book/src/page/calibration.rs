//! The method page's table of how often verdicts are wrong on the record's machine.

use crate::html::escape;
use std::fmt::Write as _;

use judge::rate::{self, LEAST_AGREED, LEAST_FOUND, MOST_FALSE, Rate, Target};
use judge::words::format;
use record::{CalibratedKind, Calibration, Record, RunAgreement};

const NOT_YET: &str = "Unavailable: this machine is not calibrated yet; `cargo xtask calibrate` \
                       does it, in about five minutes.\n";

/// What the latest calibration of the record's machine found.
pub fn section(record: Option<&Record>) -> String {
    let Some(calibration) = record.and_then(|record| record.calibration.as_ref()) else {
        return NOT_YET.to_owned();
    };
    let mut text = String::new();
    if calibration.kinds.is_empty() {
        text.push_str(NOT_YET);
    } else {
        text.push_str(&table(calibration));
    }
    match &calibration.agreement {
        Some(agreement) => text.push_str(&agreed(agreement)),
        None => text.push_str(
            "\nWhether two runs agree: unavailable; run `bench-all` twice on one commit and give \
             both records to `cargo xtask calibrate --runs`.\n",
        ),
    }
    text
}

fn table(calibration: &Calibration) -> String {
    let Calibration { processor, effort, processes, .. } = calibration;
    let mut text = format!(
        "On {}, {}: experiments of {processes} processes, as a {} run has \
         them.\n\n| job | ms per process | experiments | false verdicts | \
         slowdown of {} found | noise hid it | \
         too busy |\n|---|--:|--:|--:|--:|--:|--:|\n",
        escape(processor),
        record::date(calibration.started),
        effort,
        format::share(calibration.slowdown),
    );
    let total = calibration.total();
    for kind in calibration.kinds.iter().chain([&total]) {
        let CalibratedKind { name, millis, experiments, hidden, too_busy, .. } = kind;
        let (wrong, found) = (counted(rate::false_verdicts(kind)), counted(rate::found(kind)));
        let name = escape(name);
        let millis = if *millis == 0 { String::new() } else { millis.to_string() };
        let _ = writeln!(
            text,
            "| {name} | {millis} | {experiments} | {wrong} | {found} | {hidden} | {too_busy} |"
        );
    }
    let [few, enough] = rate::targets(calibration);
    let _ = write!(
        text,
        "\nAt most {} false verdicts: {}. At least {} of the slowdowns found: {}.\n",
        format::share(MOST_FALSE),
        words(few),
        format::share(LEAST_FOUND),
        words(enough)
    );
    text
}

fn agreed(agreement: &RunAgreement) -> String {
    let rate = rate::agreed(agreement);
    format!(
        "\nTwo {} runs of commit {} give the same verdict in {} of {} comparisons, {}; {} \
         contradict each other. At least {}: {}.\n",
        agreement.effort,
        escape(&agreement.commit),
        rate.hits,
        rate.of,
        counted(rate),
        agreement.opposite,
        format::share(LEAST_AGREED),
        words(rate.at_least(LEAST_AGREED))
    )
}

/// "0.6 % [0.1, 1.8]".
fn counted(rate: Rate) -> String {
    if rate.of == 0 {
        return "–".to_owned();
    }
    let (low, high) = rate.interval();
    let [share, low, high] = [rate.share(), low, high].map(|share| share * 100.0);
    format!("{share:.1} % <span class=\"ci\">[{low:.1}, {high:.1}]</span>")
}

fn words(target: Target) -> &'static str {
    match target {
        Target::Held => "held",
        Target::MissedPerhaps => "**not held**, but by no more than chance allows",
        Target::Missed => "**not held**, beyond chance",
        Target::Unknown => "cannot tell, the machine was too busy throughout",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_is_shown_with_its_meaning() {
        let record = record::fixture::record();
        let text = section(Some(&record));
        for part in
            ["| branches | 60 | 100 | 1.0 %", "97.0 %", "| all |  | 100 |", "49 of 50", "held"]
        {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }

    #[test]
    fn what_was_not_done_says_how_to_do_it() {
        assert!(section(None).contains("not calibrated yet"));
        let mut record = record::fixture::record();
        let calibration = record.calibration.as_mut().unwrap();
        calibration.agreement = None;
        assert!(section(Some(&record)).contains("calibrate --runs"));
        record.calibration = None;
        assert!(section(Some(&record)).contains("not calibrated yet"));
    }
}
