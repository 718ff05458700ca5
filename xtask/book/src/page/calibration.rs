//! The method page's table of how often verdicts are wrong on the record's machine.

use maud::{Markup, html};

use crate::html::Column::{Figures, Words};
use crate::html::table;
use crate::markdown::Markdown;
use judge::rate::{self, LEAST_AGREED, LEAST_FOUND, MOST_FALSE, Rate, Target};
use judge::words::format;
use record::{CalibratedKind, Calibration, Record, RunAgreement};

const NOT_YET: &str = "Unavailable: this machine is not calibrated yet; `cargo xtask calibrate` \
                       does it, in about five minutes.";

/// What the latest calibration of the record's machine found.
pub fn section(record: Option<&Record>) -> Markdown {
    let mut section = Markdown::default();
    let Some(calibration) = record.and_then(|record| record.calibration.as_ref()) else {
        section.words(NOT_YET);
        return section;
    };
    if calibration.kinds.is_empty() {
        section.words(NOT_YET);
    } else {
        section.block(&kinds(calibration));
    }
    match &calibration.agreement {
        Some(agreement) => section.block(&agreed(agreement)),
        None => section.words(
            "Whether two runs agree: unavailable; run `bench-all` twice on one commit and give \
             both records to `cargo xtask calibrate --runs`.",
        ),
    }
    section
}

fn kinds(calibration: &Calibration) -> Markup {
    let slowdown = format!("slowdown of {} found", format::share(calibration.slowdown));
    let Calibration { processor, effort, processes, started, .. } = calibration;
    let columns = [
        Words("job"),
        Figures("ms per process"),
        Figures("experiments"),
        Figures("false verdicts"),
        Figures(&slowdown),
        Figures("noise hid it"),
        Figures("too busy"),
    ];
    let total = calibration.total();
    let [few, enough] = rate::targets(calibration);
    html! {
        p {
            "On " (processor) ", " (record::date(*started)) ": experiments of " (processes)
            " processes, as a " (effort) " run has them."
        }
        (table(columns, calibration.kinds.iter().chain([&total]).map(row)))
        p {
            "At most " (format::share(MOST_FALSE)) " false verdicts: " (words(few))
            ". At least " (format::share(LEAST_FOUND)) " of the slowdowns found: " (words(enough))
            "."
        }
    }
}

fn row(kind: &CalibratedKind) -> [Markup; 7] {
    let CalibratedKind { name, millis, experiments, hidden, too_busy, .. } = kind;
    [
        html! { (name) },
        html! { @if *millis > 0 { (millis) } },
        html! { (experiments) },
        counted(rate::false_verdicts(kind)),
        counted(rate::found(kind)),
        html! { (hidden) },
        html! { (too_busy) },
    ]
}

fn agreed(agreement: &RunAgreement) -> Markup {
    let rate = rate::agreed(agreement);
    html! {
        p {
            "Two " (agreement.effort) " runs of commit "
            (agreement.commit) " give the same verdict in " (rate.hits) " of " (rate.of)
            " comparisons, " (counted(rate)) "; " (agreement.opposite)
            " contradict each other. At least " (format::share(LEAST_AGREED)) ": "
            (words(rate.at_least(LEAST_AGREED))) "."
        }
    }
}

/// "0.6 % [0.1, 1.8]".
pub(super) fn counted(rate: Rate) -> Markup {
    if rate.of == 0 {
        return html! { "–" };
    }
    let (low, high) = rate.interval();
    let [share, low, high] = [rate.share(), low, high].map(|share| format!("{:.1}", share * 100.0));
    html! { (share) " % " span.ci { "[" (low) ", " (high) "]" } }
}

/// What became of a target.
pub(super) fn words(target: Target) -> Markup {
    html! {
        @match target {
            Target::Held => "held",
            Target::MissedPerhaps => {
                strong { "not held" } ", but by no more than chance allows"
            },
            Target::Missed => { strong { "not held" } ", beyond chance" },
            Target::Unknown => "undecided, the machine was too busy throughout",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;

    #[test]
    fn every_count_is_shown_with_its_meaning() {
        let record = record::fixture::record();
        let text = plain(&section(Some(&record)).to_string());
        for part in ["branches | 60 | 100 | 1.0 %", "97.0 %", "all |  | 100 |", "49 of 50", "held"]
        {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }

    #[test]
    fn what_was_not_done_says_how_to_do_it() {
        assert!(section(None).to_string().contains("not calibrated yet"));
        let mut record = record::fixture::record();
        let calibration = record.calibration.as_mut().unwrap();
        calibration.agreement = None;
        assert!(section(Some(&record)).to_string().contains("calibrate --runs"));
        record.calibration = None;
        assert!(section(Some(&record)).to_string().contains("not calibrated yet"));
    }
}
