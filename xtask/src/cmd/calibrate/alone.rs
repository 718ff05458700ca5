//! `cargo xtask calibrate --alone`: do the latest record's ratios hold for rungs that run alone?

use std::path::PathBuf;

use anyhow::{Context, Result};

use cases::{Case, Workspace};
use judge::alone::{Alone, FAR, LEAST_WITHIN, NEAR};
use judge::summary::summaries;
use judge::words::format;
use measure::build;
use measure::calibrate::alone::{self, Plan};
use measure::doctor;
use measure::forecast::about;
use measure::interrupt;
use measure::limits;
use record::{Record, whole};

use super::{counted, outcome, words};
use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;

/// As many of those that are furthest apart are printed; the book's method page has all.
const WORST: usize = 10;

/// Measures each rung of the latest record alone, of these cases or of all, puts what it found into
/// the record, and prints how well the two agree. The exit status is 1 if a target is missed beyond
/// chance.
///
/// # Errors
/// If there is no record, or it was not made by this commit and compiler on this processor; if a
/// case does not build, or a process fails.
pub(super) fn run(only: &[String]) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    let chosen = workspace.select(only)?;
    let path = workspace.latest_record();
    let mut record =
        Record::load(&path).context("there is no run whose ratios could be held against")?;
    let unsure = alone::same_commit(&record, build::commit(&workspace).as_deref())?;
    if let Some(unsure) = unsure {
        record::errln!("{unsure}");
    }
    let plan = Plan::of(&record, only)?;
    whole::try_file(&path)?;
    announce(&plan);
    interrupt::listen()?;

    let mut settings = build::Settings::of(&workspace)?;
    record::output::err(doctor::short(&doctor::examine(Ok(&settings))));
    let names = plan.cases();
    let wanted: Vec<&Case> = chosen.into_iter().filter(|case| names.contains(&case.name)).collect();
    let built = build::build_recorded(&workspace, &wanted, &mut settings, || ())?;
    if interrupt::came() {
        record::errln!("interrupted: nothing was measured yet");
        return Ok(Outcome::Interrupted);
    }
    let machine = limits::measure(built.get("machine").map(PathBuf::as_path));
    alone::same_ground(&record, &settings.toolchain, &machine)?;
    let binaries = alone::binaries(&plan, &record, &built)?;
    let measured = alone::run(&plan, &binaries, &mut record, &path)
        .with_context(|| format!("what was measured until then is in {}", path.display()))?;

    let mut cases = summaries(&record);
    cases.retain(|name, _| names.iter().any(|known| known == name));
    let found = Alone::of(&cases);
    record::output::out(report(&found, measured.again, &plan.left_out));
    record::outln!("record: {}; `cargo xtask book` shows it", path.display());
    if interrupt::came() {
        record::errln!("interrupted: {} scenarios were complete and are kept", measured.scenarios);
        return Ok(Outcome::Interrupted);
    }
    Ok(outcome(&found.targets()))
}

/// Says what will be done and how long it takes, before any of it begins.
fn announce(plan: &Plan) {
    let scenarios = plan.scenarios();
    record::errln!(
        "Measuring each rung alone in {scenarios} {} of {}: {} processes, about {} on a quiet \
         machine, beside the build. Ctrl-C keeps what is measured.",
        format::plural("scenario", scenarios),
        match plan.cases().as_slice() {
            [only] => only.clone(),
            cases => format!("{} cases", cases.len()),
        },
        plan.processes(),
        about(plan.seconds()),
    );
}

/// What was counted, and the worst.
fn report(found: &Alone, again: usize, left_out: &[String]) -> String {
    let (within, far, untold) = (found.within(), found.far(), found.untold());
    let mut text = String::new();
    if within.of == 0 {
        text.push_str("no ratio was measured alone yet\n");
    } else {
        let [most, none] = found.targets().map(words);
        let (near, apart) = (format::share(NEAR), format::ratio(FAR));
        text.push_str(&format!(
            "{} ratios, paired and alone: within {near} of each other {}\n\
             more than {apart} apart: {}, of which in {} processes differ by themselves\n\
             at least {} within {near}: {most}\n\
             none else more than {apart} apart: {none}\n",
            within.of,
            counted(within),
            far.hits,
            far.hits - untold.hits,
            format::share(LEAST_WITHIN),
        ));
    }
    if again > 0 {
        text.push_str(&format!(
            "{again} {} not within {} at first, and got more processes once\n",
            if again == 1 { "rung was" } else { "rungs were" },
            format::share(NEAR)
        ));
    }
    if !left_out.is_empty() {
        let calls = "left out, since a call takes more than a second";
        text.push_str(&format!("{calls}: {}\n", left_out.join("; ")));
    }
    if within.of > 0 {
        text.push_str(&format!("\n{}", worst(found)));
    }
    text
}

/// Those that are furthest apart.
fn worst(found: &Alone) -> Table<6> {
    let mut table = Table::new([Left, Left, Left, Right, Right, Right]);
    table.note("furthest apart:");
    table.row(["case", "at", "rung", "paired", "alone", "apart"]);
    for place in found.places.iter().take(WORST) {
        let ratios = place.ratios;
        let scenario = place.scenario.to_string();
        let [paired, alone, apart] =
            [ratios.paired, ratios.alone, ratios.apart()].map(format::ratio);
        table.row([place.case, &scenario, place.rung, &paired, &alone, &apart]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::fixture;

    /// The report of the fixture's rung, which is four times as fast in pairs.
    fn shown(alone: &[f64], again: usize, left_out: &[&str]) -> String {
        let mut record = fixture::record();
        let case = record.cases.get_mut("words").unwrap();
        let scenario = case.scenarios.remove(0);
        for (n, ratio) in (1..).zip(alone) {
            let mut scenario = scenario.clone();
            scenario.scenario.n = n;
            scenario.alone = vec![Some(100.0), None, Some(100.0 / ratio)];
            case.scenarios.push(scenario);
        }
        let left_out: Vec<String> = left_out.iter().map(|text| (*text).to_owned()).collect();
        let cases = summaries(&record);
        report(&Alone::of(&cases), again, &left_out)
    }

    #[test]
    fn the_report_counts_judges_and_names_the_worst_first() {
        let text = shown(&[4.0, 4.1, 8.0], 1, &["words at short, mixed/9"]);
        for part in [
            "3 ratios, paired and alone: within 15 % of each other 2, 66.7 % [9.4, 99.2]",
            "more than 1.50× apart: 1, of which in 0 processes",
            "at least 95 % within 15 %: NOT HELD, but by no more than chance allows",
            "none else more than 1.50× apart: NOT HELD, beyond chance",
            "1 rung was not within 15 % at first",
            "more than a second: words at short, mixed/9\n",
            "words short, mixed/3 optimized 4.0× 8.0× 2.0×",
        ] {
            let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
            assert!(words.join(" ").contains(part), "{part} is not in\n{text}");
        }
        let worst = text.lines().skip_while(|line| !line.starts_with("case")).nth(1).unwrap();
        assert!(worst.contains("mixed/3"), "{text}");
    }

    #[test]
    fn at_most_ten_are_named_and_without_any_nothing_is_judged() {
        let text = shown(&[4.0; 12], 0, &[]);
        assert_eq!(text.matches("optimized").count(), 10);
        assert!(text.contains("95 % within 15 %: held") && !text.contains("at first"), "{text}");
        let none = shown(&[], 0, &[]);
        assert_eq!(none, "no ratio was measured alone yet\n");
    }
}
