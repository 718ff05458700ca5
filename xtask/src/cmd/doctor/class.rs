//! `doctor --class`: which labs this machine can grade, before a class finds out.

use anyhow::Result;
use cases::{Workspace, text};
use judge::stats::Verdict;
use judge::summary::{CaseSummary, ScenarioSummary, Summaries, summaries};
use judge::words::format;
use labs::Lab;
use labs::grade::FLOORS;
use record::Record;

use crate::table::Side::{Left, Right};
use crate::table::Table;

/// What a bench says whose rungs use several threads.
const THREADS: &str = ".threads()";

/// What is known of this machine.
struct Here<'a> {
    cores: usize,
    /// What a run found.
    figures: Option<&'a Summaries<'a>>,
    /// Whether that was a run on this machine.
    is_own: bool,
}

/// A line for each lab, with what is in the way.
///
/// # Errors
/// If a lab or its bench cannot be read.
pub fn report(workspace: &Workspace) -> Result<String> {
    let labs = Lab::find(workspace)?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // The latest run was made here; a reference may be of another machine.
    let source = workspace.best_record();
    let is_own = source.as_ref() == Some(&workspace.latest_record());
    let mut record = source.map(|path| Record::load(&path)).transpose()?;
    if let Some(record) = &mut record {
        record.cases.retain(|name, _| labs.iter().any(|lab| lab.name == *name));
    }
    let figures = record.as_ref().map(summaries);
    let here = Here { cores, figures: figures.as_ref(), is_own };
    let mut table = Table::new([Left, Right, Left, Left]);
    table.row(["lab", "minutes", "gradable here", "because"]);
    for lab in &labs {
        let needs_threads = text::read(&lab.bench)?.contains(THREADS);
        let (answer, because) = here.judge(lab, needs_threads);
        table.row([&lab.name, &lab.minutes.to_string(), answer, &because]);
    }
    if let Some(record) = record.filter(|_| !is_own) {
        table.note(format!(
            "No run was made here yet, and figures are of {}: `cargo xtask bench-all --quick` says \
             what holds here.",
            record.machine.processor
        ));
    }
    Ok(table.to_string())
}

impl Here<'_> {
    /// Whether a lab can be graded, and why.
    fn judge(&self, lab: &Lab, needs_threads: bool) -> (&'static str, String) {
        if needs_threads && self.cores < 2 {
            return ("no", "it needs two cores, and here is one".to_owned());
        }
        let case = self.figures.and_then(|figures| figures.get(lab.name.as_str()));
        let at = |case: &CaseSummary| {
            case.scenarios.iter().position(|scenario| {
                let scenario = &scenario.record.scenario;
                (&*scenario.input, scenario.n) == (&*lab.headline.input, lab.headline.n)
            })
        };
        let Some((case, at)) = case.and_then(|case| Some((case, at(case)?))) else {
            return ("probably", "nothing is in its way; it was not measured here".to_owned());
        };
        let Some(rung) = case.rung_index(&lab.reference) else {
            return ("no", format!("its case has no rung `{}`", lab.reference));
        };
        match measured(&case.scenarios[at], rung) {
            ("yes", because) if !self.is_own => ("probably", because),
            ("no", because) if !self.is_own => ("perhaps not", because),
            told => told,
        }
    }
}

/// What a run says of the reference: it must be ahead of naive by so many noise floors.
fn measured(scenario: &ScenarioSummary, rung: usize) -> (&'static str, String) {
    let floor = format::share(scenario.floor);
    let Some(found) = scenario.compared(0, rung) else {
        return ("no", "the book's rung cannot run here".to_owned());
    };
    let ratio = format::with_interval(found.ratio);
    let way = FLOORS * scenario.floor.ln_1p();
    match found.verdict {
        _ if !scenario.believable => ("not told", "neighbours were too busy".to_owned()),
        Verdict::Faster if found.ratio.mid.ln() > way => {
            ("yes", format!("the book's rung: {ratio}, noise floor {floor}"))
        }
        _ => {
            ("no", format!("the book's rung is not far enough ahead: {ratio}, noise floor {floor}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use labs::{Kind, Place};
    use record::fixture::record;

    fn lab(n: usize, reference: &str) -> Lab {
        let headline = Place { input: "short, mixed".to_owned(), n };
        Lab {
            name: "words".to_owned(),
            title: "Words".to_owned(),
            part: "Memory".to_owned(),
            kind: Kind::Rebuild,
            order: 1,
            minutes: 20,
            second: headline.clone(),
            headline,
            reference: reference.to_owned(),
            decoy: None,
            limits: Vec::new(),
            crates: Vec::new(),
            folder: "/nowhere".into(),
            bench: "/nowhere.rs".into(),
        }
    }

    #[test]
    fn a_lab_is_gradable_where_the_reference_is_far_ahead_and_cores_suffice() {
        let mut measured = record();
        let found = summaries(&measured);
        let here = Here { cores: 1, figures: Some(&found), is_own: true };
        assert_eq!(here.judge(&lab(1_000, "optimized"), true).0, "no");
        let (answer, because) = here.judge(&lab(1_000, "optimized"), false);
        assert_eq!(answer, "yes");
        assert!(because.contains("4.00× [3.99, 4.01]"), "{because}");
        assert_eq!(here.judge(&lab(1_000, "wide"), false).0, "no", "it did not run");
        assert_eq!(here.judge(&lab(5, "optimized"), false).0, "probably");
        let elsewhere = Here { is_own: false, ..here };
        assert_eq!(elsewhere.judge(&lab(1_000, "optimized"), false).0, "probably");
        assert_eq!(elsewhere.judge(&lab(1_000, "wide"), false).0, "perhaps not");
        let nothing = Here { cores: 2, figures: None, is_own: true };
        assert_eq!(nothing.judge(&lab(1_000, "optimized"), true).0, "probably");
        measured.cases.get_mut("words").unwrap().scenarios[0].quiet = 0.0;
        let found = summaries(&measured);
        let busy = Here { cores: 2, figures: Some(&found), is_own: true };
        assert_eq!(busy.judge(&lab(1_000, "optimized"), false).0, "not told");
    }

    #[test]
    fn every_lab_has_a_line() {
        let workspace = Workspace::load().unwrap();
        let report = report(&workspace).unwrap();
        for lab in Lab::find(&workspace).unwrap() {
            assert!(report.contains(&lab.name), "{report}");
        }
    }
}
