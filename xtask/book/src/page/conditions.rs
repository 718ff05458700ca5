//! The machine page's section on what was found on the machine before the run.

use maud::html;

use crate::html::Column::Words;
use crate::html::{said, table};
use crate::markdown::Markdown;
use record::{Condition, Record, Severity};

/// A table of what disturbs and what is to note, the worst first; and what was in order.
pub fn section(record: &Record) -> Markdown {
    let mut section = Markdown::default();
    section.heading(2, "What may have disturbed it");
    if record.conditions.is_empty() {
        section.words("Unavailable: the run that made this record did not look.");
        return section;
    }
    let (fine, mut other): (Vec<&Condition>, Vec<&Condition>) =
        record.conditions.iter().partition(|condition| condition.severity == Severity::Ok);
    other.sort_by_key(|condition| std::cmp::Reverse(condition.severity));
    let fine: Vec<&str> = fine.iter().map(|condition| condition.name.as_str()).collect();
    let rows = other.iter().map(|Condition { name, finding, severity }| {
        [html! { (severity.to_string()) }, html! { (name) }, said(finding)]
    });
    section.block(&html! {
        @if !other.is_empty() {
            (table([Words(""), Words("what"), Words("found before the run")], rows))
        }
        p {
            @if !fine.is_empty() { "In order: " (fine.join(", ")) ". " }
            code { "cargo xtask doctor" }
            " says what each means for the figures and what mends it."
        }
    });
    section
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tests::plain;
    use protocol::{Effort, Machine};
    use record::Toolchain;

    fn page(conditions: &[(&str, &str, Severity)]) -> String {
        let toolchain =
            Toolchain { rustc: "rustc".into(), target: "x".into(), ..Toolchain::default() };
        let mut record = Record::new(Effort::Quick, None, toolchain, Machine::default());
        record.conditions = conditions
            .iter()
            .map(|&(name, finding, severity)| Condition {
                name: name.to_owned(),
                finding: finding.to_owned(),
                severity,
            })
            .collect();
        plain(&section(&record).to_string())
    }

    #[test]
    fn the_worst_stands_first_and_what_is_fine_in_a_sentence() {
        let page = page(&[
            ("turbo", "on", Severity::Note),
            ("power", "mains", Severity::Ok),
            ("virtual machine", "yes: <A|B>", Severity::Disturbs),
        ]);
        let worst = page.find("disturbs | virtual machine | yes: &lt;A&#124;B&gt; |").unwrap();
        assert!(worst < page.find("note | turbo | on |").unwrap());
        assert!(page.contains("In order: power. "));
    }

    #[test]
    fn a_record_that_did_not_look_says_so() {
        assert!(page(&[]).contains("Unavailable"));
        let quiet = page(&[("power", "mains", Severity::Ok)]);
        assert!(!quiet.contains(" | ") && quiet.contains("In order: power."));
    }
}
