//! What the reader's whole program gains: a calculator, and a small table where no script runs.
//! The law and its words are `judge`'s; `docs/casebook.js` does the same with what is entered.

use maud::{Markup, html};

use crate::html::{Column, table};
use judge::stats;
use judge::summary::{CaseSummary, Compared};
use judge::whole::{self, SHARES};
use judge::words::{self, format, scenario};

/// Both, of the rung that stands for the case; nothing if that was not measured.
pub fn calculator(summary: &CaseSummary) -> Markup {
    let (Some(rung), Some(gain)) = (summary.best(), at(summary, summary.headline)) else {
        return Markup::default();
    };
    let headline = scenario::long(summary, &summary.headline().record.scenario);
    let rows = SHARES.map(|share| {
        let gain = words::whole::gain(whole::gain(share, gain));
        let bound = words::whole::bound(share);
        [html! { (format::share(share)) }, html! { (gain) }, html! { (bound) }]
    });
    let columns = ["share of the time", "gain of the whole", "at most"].map(Column::Figures);
    html! {
        div.whole {
            p {
                strong { "Your whole program" } " spends only a share of its time in such code; a \
                 profile says which. With " code { (summary.rungs[rung]) } " instead of naive"
                span.fixed { " at " (headline) }
                ", it gains by Amdahl's law:"
            }
            (form(summary))
            div.fixed { (table(columns, rows)) }
        }
    }
}

/// What is entered, and the place of the answer; a script shows it.
fn form(summary: &CaseSummary) -> Markup {
    html! {
        form hidden data-pays=(stats::PAYS) {
            label {
                "share of the time, % "
                input type="number" name="share" value="25" min="0" max="100" step="any";
            }
            " "
            label {
                "size "
                select name="size" {
                    @for (index, scenario) in summary.scenarios.iter().enumerate() {
                        @if let Some(Compared { ratio, verdict }) = at(summary, index) {
                            option data-low=(ratio.low) data-ratio=(ratio.mid)
                                data-high=(ratio.high) data-verdict=(format::word(verdict))
                                selected[index == summary.headline] {
                                (scenario::long(summary, &scenario.record.scenario))
                            }
                        }
                    }
                }
            }
            " "
            output {}
        }
    }
}

/// The rung that stands for the case, against naive in a scenario.
fn at(summary: &CaseSummary, scenario: usize) -> Option<Compared> {
    summary.scenarios[scenario].compared(0, summary.best()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use record::CaseRecord;
    use record::fixture::{self, record};

    fn shown(change: impl FnOnce(&mut CaseRecord)) -> String {
        let mut record = record();
        let mut case = record.cases.remove("words").unwrap();
        change(&mut case);
        calculator(&CaseSummary::new(&case, &record.machine).unwrap()).into_string()
    }

    #[test]
    fn without_a_script_the_headline_has_a_row_for_each_share() {
        let text = plain(&shown(|_| ()));
        assert!(
            text.contains("With optimized instead of naive at 1,000 words, short, mixed, it gains"),
            "{text}"
        );
        for row in [
            "10 % | 1.08× [1.08, 1.09] faster | 1.11× | ",
            "25 % | 1.23× [1.23, 1.24] faster | 1.33× | ",
            "50 % | 1.60× [1.59, 1.61] faster | 2.0× | ",
            "90 % | 3.08× [3.07, 3.08] faster | 10× | ",
        ] {
            assert!(text.contains(row), "{row} in {text}");
        }
    }

    #[test]
    fn the_form_has_every_size_at_which_the_rung_ran_with_all_that_is_computed_from() {
        let html = shown(|case| {
            let mut busy = case.scenarios[0].clone();
            busy.scenario.n = 2_000;
            let mut alone = busy.clone();
            fixture::busy(&mut busy, 2, 1.5);
            alone.scenario.n = 3_000;
            alone.pairs.pop();
            case.scenarios.extend([busy, alone]);
        });
        assert_eq!(html.matches("<option ").count(), 2, "{html}");
        let chosen = "data-verdict=\"faster\" selected>1,000 words, short, mixed</option>";
        let open = "data-verdict=\"undecided\">2,000 words, short, mixed</option>";
        assert!(html.contains(chosen) && html.contains(open), "{html}");
        assert_eq!(html.matches("<label>").count(), 2, "{html}");
        assert!(html.contains("<form hidden data-pays=\"1.05\">"), "{html}");
        let low = html.split("data-low=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!((3.99..4.0).contains(&low.parse::<f64>().unwrap()), "{low}");
    }

    #[test]
    fn what_nobody_can_tell_is_undecided_of_the_whole_and_no_rung_no_gain() {
        let text = plain(&shown(|case| fixture::busy(&mut case.scenarios[0], 2, 1.5)));
        assert_eq!(text.matches("undecided | ").count(), SHARES.len(), "{text}");
        let gone = |case: &mut CaseRecord| {
            case.scenarios[0].times.iter_mut().for_each(|times| times[2] = 0.0);
        };
        assert_eq!(shown(gone), "");
    }
}
