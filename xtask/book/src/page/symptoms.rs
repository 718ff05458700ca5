//! From what hurts to the chapter that helps, and what its technique gained here.

use maud::{Markup, html};

use crate::html::{Link, class_of, said};
use crate::markdown::Markdown;
use cases::Case;
use judge::summary::Compared;
use judge::words::format;

/// A decision table, a line for each case.
pub fn table<'a>(cases: impl IntoIterator<Item = (&'a Case, Option<Compared>)>) -> Markdown {
    let mut table = Markdown::default();
    table.block(&html! {
        div.table-wrapper {
            table.symptoms {
                thead {
                    tr {
                        th scope="col" { "what you see" }
                        th.look scope="col" { "look at" }
                        th scope="col" { "what helps" }
                        th.figure scope="col" { "gain here" }
                    }
                }
                tbody { @for (case, gain) in cases { (row(case, gain)) } }
            }
        }
    });
    table
}

fn row(case: &Case, gain: Option<Compared>) -> Markup {
    html! {
        tr {
            td { (said(&case.symptom)) }
            td.look { (said(&case.look)) }
            td { a href=(Link::to(case)) { (case.title) } }
            td.figure {
                @if let Some(gain) = gain {
                    span class=(class_of(gain.verdict)) { (format::verdict(gain)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use crate::page::tests::case;
    use judge::stats::{Interval, Verdict};

    #[test]
    fn every_case_has_a_line_that_leads_to_it_and_says_what_was_gained() {
        let one = Case { symptom: "`memmove` in a <profile>".into(), ..case("arenas") };
        let two = Case { title: "Two".into(), ..case("bitsets") };
        let ratio = Interval { low: 3.0, mid: 3.1, high: 3.2 };
        let gain = Compared { ratio, verdict: Verdict::Faster };
        let html = table([(&one, Some(gain)), (&two, None)]).to_string();
        assert!(html.contains("<code>memmove</code> in a &lt;profile&gt;"), "{html}");
        assert!(html.contains("<a href=\"bitsets.html\">Two</a>"), "{html}");
        let text = plain(&html);
        assert!(text.contains("a profile | arenas | 3.1× faster | it is slow"), "{text}");
        assert!(text.ends_with("a profile | Two |  | \n\n"), "{text:?}");
    }
}
