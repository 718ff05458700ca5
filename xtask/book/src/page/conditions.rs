//! The machine page's section on what was found on the machine before the run.

use crate::html::escape;
use std::fmt::Write as _;

use record::{Condition, Record, Severity};

/// A table of what disturbs and what is to note, the worst first; and what was in order.
pub fn section(record: &Record) -> String {
    let mut html = "\n## What may have disturbed it\n\n".to_owned();
    if record.conditions.is_empty() {
        html.push_str("Unavailable: the run that made this record did not look.\n");
        return html;
    }
    let (fine, mut other): (Vec<&Condition>, Vec<&Condition>) =
        record.conditions.iter().partition(|condition| condition.severity == Severity::Ok);
    other.sort_by_key(|condition| std::cmp::Reverse(condition.severity));
    if !other.is_empty() {
        html.push_str("| | what | found before the run |\n|---|---|---|\n");
        for Condition { name, finding, severity } in &other {
            let _ = writeln!(html, "| {severity} | {} | {} |", cell(name), cell(finding));
        }
        html.push('\n');
    }
    if !fine.is_empty() {
        let names: Vec<String> = fine.iter().map(|condition| cell(&condition.name)).collect();
        let _ = write!(html, "In order: {}. ", names.join(", "));
    }
    html.push_str("`cargo xtask doctor` says what each means for the figures and what mends it.\n");
    html
}

/// A text that breaks neither the HTML nor the table.
fn cell(text: &str) -> String {
    escape(text).replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
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
        section(&record)
    }

    #[test]
    fn the_worst_stands_first_and_what_is_fine_in_a_sentence() {
        let page = page(&[
            ("turbo", "on", Severity::Note),
            ("power", "mains", Severity::Ok),
            ("virtual machine", "yes: <A|B>", Severity::Disturbs),
        ]);
        let worst = page.find("| disturbs | virtual machine | yes: &lt;A\\|B&gt; |").unwrap();
        assert!(worst < page.find("| note | turbo | on |").unwrap());
        assert!(page.contains("In order: power. "));
    }

    #[test]
    fn a_record_that_did_not_look_says_so() {
        assert!(page(&[]).contains("Unavailable"));
        let quiet = page(&[("power", "mains", Severity::Ok)]);
        assert!(!quiet.contains("|---|") && quiet.contains("In order: power."));
    }
}
