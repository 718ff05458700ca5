//! The table of a program's variants.

use std::fmt::Write as _;

use judge::builds::{ProgramSummary, VariantSummary};
use judge::programs::Disturbance;
use judge::stats::Verdict;
use judge::words::{self, format};
use record::{BuildOutcome, BuiltProgram};

use crate::table::Side::{Left, Right};
use crate::table::Table;

/// All of it, for a terminal.
pub fn of(built: &BuiltProgram) -> String {
    let summary = ProgramSummary::of(built);
    let mut out = String::new();
    for (job, name) in built.jobs.iter().map(|job| &job.name).enumerate() {
        let mut table = Table::new([Left, Right, Left, Right, Right, Right, Right, Right, Right]);
        table.row(["variant", "speed", "", "start", "memory", "file", "code", "clean", "again"]);
        for variant in &summary.variants {
            if let Some(row) = row(variant, job) {
                table.row(row.each_ref().map(String::as_str));
            }
        }
        let _ = writeln!(out, "\n{}, {name}\n{table}", built.name);
        let _ = writeln!(
            out,
            "{} other layouts of the base differ by up to {}: less is told of no variant",
            summary.layouts,
            format::share(summary.layout[job])
        );
    }
    for job in &built.jobs {
        if let Some(said) = words::programs::disturbance(&Disturbance::of(&job.rounds)) {
            let _ = writeln!(out, "{}, {}: {said}", built.name, job.name);
        }
    }
    for variant in &built.variants {
        match &variant.outcome {
            BuildOutcome::Unavailable(why) => {
                let _ = writeln!(out, "{}: unavailable: {why}", variant.name);
            }
            BuildOutcome::Refused(why) => {
                let _ = writeln!(out, "{}: REFUSED: {why}", variant.name);
            }
            BuildOutcome::Built(_) => {}
        }
    }
    out
}

fn row(variant: &VariantSummary, job: usize) -> Option<[String; 9]> {
    let (standing, cost) = (variant.standings.get(job).copied().flatten()?, variant.cost?);
    let [mid, low, high] = format::interval(standing.ratio, &[1.0]);
    let known = |value: Option<f64>, text: fn(f64) -> String| value.map_or("–".into(), text);
    let verdict = match standing.verdict {
        Verdict::CannotTell => "",
        verdict => format::word(verdict),
    };
    Some([
        variant.record.name.clone(),
        format!("{mid}× [{low}, {high}]"),
        verdict.to_owned(),
        known(standing.start_up, format::time),
        known(standing.peak, format::bytes),
        format::bytes(cost.file as f64),
        format::bytes(cost.text as f64),
        format::time(cost.clean as f64 * 1e6),
        format::time(cost.incremental as f64 * 1e6),
    ])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_has_every_variant_and_says_what_is_missing() {
        let builds = record::fixture::builds();
        let table = super::of(&builds.programs[0]);
        for part in
            ["rules, train", "1.25× [", "faster", "bolt: unavailable: BOLT", "1 other layout"]
        {
            assert!(table.contains(part), "{part} is not in\n{table}");
        }
        assert!(!table.contains("layout-1"), "{table}");
    }
}
