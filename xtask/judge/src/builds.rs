//! What a record of builds says: how each variant stands to the base in speed, size, memory and
//! build time; beyond which floor, since the same code in another layout is faster or slower too;
//! and which variants another one beats in all.

use record::{BuildCost, BuildOutcome, BuiltProgram, BuiltVariant};

use crate::programs::{Standing, standings};
use crate::stats::{self, Interval, Verdict};

/// A program, judged.
#[derive(Debug)]
pub struct ProgramSummary<'r> {
    /// What was measured.
    pub record: &'r BuiltProgram,
    /// Its variants, the base first, those of another layout left out.
    pub variants: Vec<VariantSummary<'r>>,
    /// By job: how far the base in other layouts is from itself, as a share.
    pub layout: Vec<f64>,
    /// How many other layouts there were.
    pub layouts: usize,
}

/// A variant, judged.
#[derive(Debug)]
pub struct VariantSummary<'r> {
    /// What was built.
    pub record: &'r BuiltVariant,
    /// What it took, if it was built.
    pub cost: Option<&'r BuildCost>,
    /// How it stands, by job.
    pub standings: Vec<Option<Standing>>,
    /// Whether another variant is at least as fast and as small, and one of the two more so.
    pub dominated: bool,
}

impl<'r> ProgramSummary<'r> {
    /// Judges a program.
    pub fn of(record: &'r BuiltProgram) -> Self {
        let by_job: Vec<Vec<Option<Standing>>> =
            record.jobs.iter().map(|job| standings(&job.rounds)).collect();
        let is_layout = |at: &usize| record.variants[*at].layout;
        let layout: Vec<f64> = by_job
            .iter()
            .map(|standings| {
                let layouts = (0..standings.len()).filter(is_layout);
                let ratios = layouts.filter_map(|at| Some(standings[at]?.ratio.mid));
                ratios.map(|ratio| ratio.ln().abs().exp_m1()).fold(0.0, f64::max)
            })
            .collect();
        let summary = |at: usize| {
            let record = &record.variants[at];
            let cost = match &record.outcome {
                BuildOutcome::Built(cost) => Some(cost),
                _ => None,
            };
            let floors = by_job.iter().zip(&layout);
            let standings = floors
                .map(|(standings, floor)| Some(standings.get(at)?.as_ref()?.with_floor(*floor)));
            VariantSummary { record, cost, standings: standings.collect(), dominated: false }
        };
        let wanted = (0..record.variants.len()).filter(|at| !is_layout(at));
        let mut variants: Vec<VariantSummary> = wanted.map(summary).collect();
        let dominated: Vec<bool> =
            variants.iter().map(|one| variants.iter().any(|other| other.dominates(one))).collect();
        for (variant, dominated) in variants.iter_mut().zip(dominated) {
            variant.dominated = dominated;
        }
        let layouts = record.variants.iter().filter(|variant| variant.layout).count();
        Self { record, variants, layout, layouts }
    }

    /// The variant that all others are held against.
    pub fn base(&self) -> &VariantSummary<'r> {
        &self.variants[0]
    }

    /// The variant of this name, if it was built and measured.
    pub fn variant(&self, name: &str) -> Option<&VariantSummary<'r>> {
        let variant = self.variants.iter().find(|variant| variant.record.name == name)?;
        variant.cost.map(|_| variant)
    }

    /// How many times as fast as the base the variant of this name is in the first job.
    pub fn speed(&self, name: &str) -> Option<Standing> {
        self.variant(name)?.first()
    }

    /// The product of what some variants gain alone: what they would gain together if none did the
    /// other's work.
    pub fn product(&self, names: &[&str]) -> Option<Interval> {
        let logs = names.iter().map(|name| Some(self.speed(name)?.ratio.map(f64::ln)));
        let logs: Option<Vec<Interval>> = logs.collect();
        let logs = logs?;
        let mid: f64 = logs.iter().map(|log| log.mid).sum();
        let wide = |of: fn(&Interval) -> f64| logs.iter().map(of).fold(0.0, f64::hypot);
        let (below, above) = (wide(|log| log.mid - log.low), wide(|log| log.high - log.mid));
        Some(Interval { low: mid - below, mid, high: mid + above }.map(f64::exp))
    }

    /// How the cost of a variant is to the base's, by one measure of it.
    pub fn costs(&self, name: &str, of: fn(&BuildCost) -> u64) -> Option<f64> {
        Some(of(self.variant(name)?.cost?) as f64 / of(self.base().cost?) as f64)
    }
}

impl VariantSummary<'_> {
    /// How it stands in the first job, which decides.
    pub fn first(&self) -> Option<Standing> {
        self.standings.first().copied().flatten()
    }

    /// Whether another one need not be looked at any more. Speeds that cannot be told apart from
    /// the base's are the base's: noise dominates nobody.
    fn dominates(&self, other: &VariantSummary<'_>) -> bool {
        let place = |variant: &VariantSummary<'_>| {
            let standing = variant.first()?;
            let told = standing.verdict != Verdict::CannotTell;
            let speed = if told { standing.ratio.mid } else { 1.0 };
            Some((speed, variant.cost?.file))
        };
        let (Some((speed, size)), Some((its_speed, its_size))) = (place(self), place(other)) else {
            return false;
        };
        // Of two that are alike, neither is more than the other: both are shown.
        let near = its_speed * (1.0 + stats::LEAST_FLOOR);
        (speed >= its_speed && size < its_size) || (speed > near && size <= its_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::fixture::builds;

    #[test]
    fn another_layout_is_a_floor_and_no_variant() {
        let builds = builds();
        let rules = ProgramSummary::of(builds.program("rules").unwrap());
        let names: Vec<&str> = rules.variants.iter().map(|one| &*one.record.name).collect();
        assert_eq!(names, ["release", "fat", "small", "bolt"]);
        assert!((rules.layout[0] - 0.01).abs() < 0.002, "{:?}", rules.layout);
        let fat = rules.variant("fat").unwrap();
        let standing = fat.first().unwrap();
        assert_eq!(standing.verdict, Verdict::Faster);
        assert!((standing.ratio.mid - 1.25).abs() < 0.01 && standing.floor >= rules.layout[0]);
        assert_eq!(fat.standings[1].unwrap().verdict, Verdict::CannotTell);
        assert!(rules.variant("bolt").is_none() && rules.variant("layout-1").is_none());
    }

    #[test]
    fn what_is_slower_and_larger_is_dominated() {
        let builds = builds();
        let rules = ProgramSummary::of(builds.program("rules").unwrap());
        let dominated = rules.variants.iter().map(|one| one.dominated);
        assert_eq!(dominated.collect::<Vec<_>>(), [true, false, false, false]);
        let kernel = ProgramSummary::of(builds.program("kernel").unwrap());
        let told = |one: &VariantSummary| one.first().map(|standing| standing.verdict);
        let expected = [Some(Verdict::CannotTell), Some(Verdict::CannotTell)];
        assert_eq!([told(&kernel.variants[1]), told(&kernel.variants[2])], expected);
    }

    #[test]
    fn costs_are_shares_of_the_base_and_gains_multiply() {
        let builds = builds();
        let rules = ProgramSummary::of(builds.program("rules").unwrap());
        assert_eq!(rules.costs("fat", |cost| cost.clean), Some(3.0));
        assert_eq!(rules.costs("bolt", |cost| cost.clean), None);
        let both = rules.product(&["fat", "small"]).unwrap();
        assert!((both.mid - 1.25 * 0.5).abs() < 0.01, "{both:?}");
        assert_eq!(rules.product(&["fat", "bolt"]), None);
    }
}
