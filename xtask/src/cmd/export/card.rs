//! The card of a record: what cases say of themselves beside what was measured of them.

use anyhow::{Result, bail};
use cases::Workspace;
use courses::subject::subject;
use judge::card::{Card, Subject};
use judge::summary::summaries;
use record::Record;

use super::Args;

/// The card of the chosen cases, as JSON or as Markdown. Cases that only the record knows have no
/// symptom, and so no row.
pub fn text(record: &Record, args: &Args, as_json: bool) -> Result<String> {
    if args.headline || !args.rung.is_empty() {
        bail!(
            "a card has the rung and the scenario that stand for each case; leave out `--rung` \
             and `--headline`"
        );
    }
    let workspace = Workspace::load()?;
    let chosen = workspace.select(&args.only)?;
    let subjects: Vec<Subject> = chosen.into_iter().map(subject).collect::<Result<_>>()?;
    for name in record.cases.keys() {
        if !workspace.cases.iter().any(|case| case.name == *name) {
            record::errln!("{name} is no case here, so the card has no row for it");
        }
    }
    let figures = summaries(record);
    let card = Card::new(record, &figures, &subjects);
    if as_json { card.json() } else { Ok(card.markdown()) }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;

    fn args(only: &[&str]) -> Args {
        let only = only.iter().map(|name| (*name).to_owned()).collect();
        let format = Format::Card;
        Args { record: None, format, only, rung: Vec::new(), headline: false, output: None }
    }

    #[test]
    fn every_case_has_a_row_whatever_was_measured_and_some_can_be_chosen() {
        let (record, workspace) = (record::fixture::record(), Workspace::load().unwrap());
        let all = text(&record, &args(&[]), false).unwrap();
        assert!(workspace.cases.iter().all(|case| all.contains(&format!("**{}**", case.title))));
        let one = text(&record, &args(&["bitsets"]), true).unwrap();
        assert_eq!(one.matches("\"case\": ").count(), 1, "{one}");
        assert!(one.contains("\"case\": \"bitsets\"") && one.contains("\"gain\": null"), "{one}");
    }

    #[test]
    fn a_card_has_no_rung_of_the_users() {
        let record = record::fixture::record();
        for chosen in [
            Args { headline: true, ..args(&[]) },
            Args { rung: vec!["optimized".to_owned()], ..args(&[]) },
        ] {
            let error = text(&record, &chosen, false).unwrap_err().to_string();
            assert!(error.contains("leave out `--rung`"), "{error}");
        }
        let error = text(&record, &args(&["bitset"]), false).unwrap_err().to_string();
        assert!(error.contains("bitsets"), "{error}");
    }
}
