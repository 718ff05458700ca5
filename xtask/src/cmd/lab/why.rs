//! `lab why`: what the machine says of an attempt, beside the same of naive.

use anyhow::Result;
use judge::words::format;
use labs::{Disagreement, Event};
use measure::evidence::{self, Subject, assembly};
use protocol::{Effort, HotSpots, Machine, Scenario};
use record::{Assembly, CaseRecord, Evidence, Found, Simulated};

use super::package::Place;
use super::trial::{ATTEMPT, Budget, Measured, Trial};
use super::{Desk, OfLab, check, fresh_seed, told};
use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;

/// What to look at.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    of: OfLab,
    /// Look at the size that a check shows and does not grade
    #[arg(long)]
    second: bool,
}

/// Looks at the attempt and at naive.
///
/// # Errors
/// If the attempt cannot be built or asked.
pub fn run(desk: &Desk, args: &Args) -> Result<Outcome> {
    let lab = desk.begun(args.of.name.as_deref())?;
    let place = Place::new(&desk.workspace, lab);
    let Some(binary) = place.build(&desk.folder.attempt(lab))? else {
        record::outln!(
            "{}: it does not compile.\nnext: mend what the compiler says above.",
            lab.name
        );
        return Ok(Outcome::Found);
    };
    let trial = Trial::new(lab, binary, fresh_seed())?;
    let at = if args.second { &lab.second } else { &lab.headline };
    let found = match look(&trial, at)? {
        Ok(found) => found,
        Err(wrong) => {
            record::outln!("{}", told::disagreement(lab, &wrong, trial.seed));
            check::note_wrong(desk, lab, wrong)?;
            return Ok(Outcome::Found);
        }
    };
    record::outln!("{}, for each call:", told::place(at));
    record::output::out(table(&found));
    record::output::out(widest(&trial, &trial.scenario(at)?));
    desk.note(lab, Event::Why)?;
    record::outln!("next: what of this grows with the input, and does it have to?");
    if !args.second && lab.second != lab.headline {
        record::outln!("`--second` shows the same at {}.", told::place(&lab.second));
    }
    record::outln!("`cargo xtask profile {}/naive` draws naive's time.", lab.name);
    Ok(Outcome::Fine)
}

/// What was found of the three rungs.
pub struct Looked {
    /// What they allocate.
    pub record: CaseRecord,
    /// Code and counts.
    pub evidence: Evidence,
}

/// Looks at naive, the attempt and the reference at a place; or says how the attempt is wrong.
///
/// # Errors
/// If the program does not answer.
pub fn look(trial: &Trial, at: &labs::Place) -> Result<Result<Looked, Disagreement>> {
    let lab = trial.lab;
    let mut headline: Measured = trial.at(at)?;
    if let Err(failure) = trial.measure(&mut headline, Budget::ROUGH) {
        return trial.failed(failure, &headline.scenario.to_string()).map(Err);
    }
    let mut scenario = headline.record().ok_or_else(|| anyhow::anyhow!("nothing was measured"))?;
    scenario.allocations = trial.binary.allocations(&headline.scenario).unwrap_or_default();
    let record = CaseRecord {
        failure: None,
        description: Some(trial.description.clone()),
        scenarios: vec![scenario],
        evidence: None,
        seconds: 0.0,
    };
    let (case, machine) = (lab.case(), Machine::default());
    let evidence = evidence::gather(&Subject {
        case: &case,
        binary: &trial.binary,
        measured: &record,
        machine: &machine,
        effort: Effort::Standard,
    });
    Ok(Ok(Looked { record, evidence }))
}

/// Functions that are shown at most.
const WIDEST: usize = 5;
/// Milliseconds for which it is looked where each of the two is.
const LOOK: u64 = 500;

/// The functions in which naive and the attempt spend most of their time.
fn widest(trial: &Trial, at: &Scenario) -> String {
    let of = |(rung, whose): (&str, &str)| {
        let samples = trial.binary.hot(rung, at, LOOK).ok()?;
        let functions = assembly::functions(&trial.binary.path, &samples);
        (!functions.is_empty()).then(|| frames(whose, functions, &samples))
    };
    [("naive", "naive"), (ATTEMPT, "yours")].into_iter().filter_map(of).collect()
}

/// Their shares of one's time, with what was seen in no function of the program.
fn frames(whose: &str, mut functions: Vec<(String, f64)>, samples: &HotSpots) -> String {
    let inside: u64 = samples.addresses.iter().map(|(_, count)| count).sum();
    let outside = samples.outside as f64 / (inside + samples.outside).max(1) as f64;
    functions.push(("outside the program: the C library or the system".to_owned(), outside));
    functions.retain(|(_, share)| *share > 0.0);
    functions.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut table = Table::indented([Right, Left]);
    for (function, share) in functions.iter().take(WIDEST) {
        table.row([&format::share(*share), &assembly::shortened(function)]);
    }
    format!("widest functions, {whose}:\n{table}")
}

/// One of the events that were counted.
type Count = fn(&Simulated) -> f64;

/// A line for each thing: naive's and the attempt's.
pub fn rows(found: &Looked) -> Vec<[String; 3]> {
    let mut rows = Vec::new();
    let mut row = |what: &str, of: &dyn Fn(usize) -> Option<String>| {
        if let (Some(naive), Some(attempt)) = (of(0), of(1)) {
            rows.push([what.to_owned(), naive, attempt]);
        }
    };
    let assembly = |rung: usize| -> Option<&Assembly> {
        found.evidence.assembly.here()?.rungs.get(rung)?.as_ref()
    };
    row("hot function", &|rung| Some(assembly(rung)?.function.clone()));
    row("share of the time in it", &|rung| Some(format::share(assembly(rung)?.share)));
    row("instructions in its code", &|rung| Some(assembly(rung)?.instructions.to_string()));
    row("of these on vectors", &|rung| Some(vectors(assembly(rung)?)));
    row("calls in its code", &|rung| Some(assembly(rung)?.calls.to_string()));
    row("calls that panic", &|rung| Some(assembly(rung)?.panics.to_string()));
    let allocations = |rung: usize| *found.record.scenarios[0].allocations.get(rung)?;
    let count = |n: u64| format::count(n as usize);
    row("allocations a call", &|rung| {
        let of = allocations(rung)?;
        Some(count(of.allocations + of.reallocations))
    });
    row("bytes asked for", &|rung| Some(format::bytes(allocations(rung)?.bytes as f64)));
    let simulated = |rung: usize| -> Option<&Simulated> {
        found.evidence.simulated.here()?.rungs.get(rung)?.as_ref()
    };
    let counts: [(&str, Count); 4] = [
        ("instructions run (simulated)", |of| of.instructions),
        ("wrong guesses (simulated)", |of| of.mispredictions),
        ("L1 misses (simulated)", |of| of.l1_misses),
        ("last-level misses (simulated)", |of| of.last_level_misses),
    ];
    for (what, of) in counts {
        row(what, &|rung| Some(format::events(of(simulated(rung)?))));
    }
    row("system calls (simulated)", &|rung| Some(format::events(simulated(rung)?.system?.calls)));
    rows
}

fn vectors(code: &Assembly) -> String {
    let widths = code.packed.iter().map(|(bits, count)| format!("{count} of {bits} bits"));
    let widths: Vec<String> = widths.collect();
    if widths.is_empty() { "none".to_owned() } else { widths.join(", ") }
}

fn table(found: &Looked) -> String {
    let mut table = Table::new([Left, Right, Right]);
    table.row(["", "naive", "yours"]);
    for [what, naive, attempt] in rows(found) {
        table.row([&what, &naive, &attempt]);
    }
    if let Found::Unavailable(why) = &found.evidence.simulated {
        table.note(format!("not counted: {why}"));
    }
    table.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_functions_are_shown_the_widest_first_and_libraries_among_them() {
        let functions = (1..7).map(|at| (format!("f{at}"), 0.1 - 0.01 * f64::from(at))).collect();
        let samples = HotSpots { addresses: vec![(7, 60)], outside: 40, ..HotSpots::default() };
        let shown = frames("yours", functions, &samples);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!((lines[0], lines.len()), ("widest functions, yours:", 6));
        assert!(lines[1].contains("40 %") && lines[1].contains("C library"), "{shown}");
        assert!(lines[2].ends_with("f1") && lines[5].ends_with("f4"), "{shown}");
    }
}
