//! What only one of two records has, and what fails that did not.

use std::collections::BTreeSet;

use super::Summaries;
use record::Record;

/// What a record has figures of.
pub(super) struct Measured(BTreeSet<(String, String, String)>);

impl Measured {
    /// Of these cases.
    pub(super) fn new(cases: &Summaries) -> Self {
        let mut all = BTreeSet::new();
        for (name, case) in cases {
            for scenario in &case.scenarios {
                let measured = case.rungs.iter().zip(&scenario.rungs);
                for (rung, _) in measured.filter(|(_, summary)| summary.is_some()) {
                    let scenario = scenario.record.scenario.to_string();
                    all.insert(((*name).to_owned(), scenario, (*rung).to_owned()));
                }
            }
        }
        Self(all)
    }

    /// What the other lacks, each in the fewest words: a case that is missing is one entry, not one
    /// for each of its scenarios and rungs.
    pub(super) fn beyond(&self, other: &Self) -> Vec<String> {
        let lacks = |same: &dyn Fn(&(String, String, String)) -> bool| !other.0.iter().any(same);
        let missing = self.0.difference(&other.0).map(|(case, scenario, rung)| {
            if lacks(&|(a, ..)| a == case) {
                case.clone()
            } else if lacks(&|(a, b, _)| (a, b) == (case, scenario)) {
                format!("{case}: scenario {scenario}")
            } else if lacks(&|(a, _, c)| (a, c) == (case, rung)) {
                format!("{case}: rung {rung}")
            } else {
                format!("{case}: rung {rung} in scenario {scenario}")
            }
        });
        missing.collect::<BTreeSet<String>>().into_iter().collect()
    }
}

/// Cases of both that fail now and did not before.
pub(super) fn failures(old: &Record, new: &Record) -> Vec<(String, String)> {
    let sound = |name: &String| old.cases.get(name).is_some_and(|case| case.failure.is_none());
    let failed = new.cases.iter().filter(|(name, _)| sound(name));
    failed.filter_map(|(name, case)| Some((name.clone(), case.failure.clone()?))).collect()
}

#[cfg(test)]
mod tests {
    use crate::records::Comparison;
    use crate::records::examples::{case, one, record, scenario};

    #[test]
    fn what_one_record_lacks_is_listed_in_the_fewest_words() {
        let rungs = ["naive", "fast", "peer"];
        let wide = |n| scenario(n, 1.0, &[100, 200]);
        let old = record(&[
            ("arenas", case(&rungs, vec![wide(10), wide(1_000)])),
            ("bitsets", case(&rungs, vec![wide(10), wide(1_000)])),
        ]);
        let mut unavailable = wide(1_000);
        unavailable.times.iter_mut().for_each(|process| process[2] = 0.0);
        let new = record(&[
            ("arenas", case(&rungs, vec![wide(10), unavailable, wide(7)])),
            ("hashing", case(&rungs, vec![wide(10)])),
        ]);
        let comparison = Comparison::new(&old, &new);
        assert_eq!(comparison.added, ["arenas: scenario words/7", "hashing"]);
        assert_eq!(comparison.removed, ["arenas: rung peer in scenario words/1000", "bitsets"]);
        assert_eq!(comparison.rungs().count(), 3);
    }

    #[test]
    fn a_case_that_fails_now_is_a_regression() {
        let old = one(100.0, 11_000, 6_931);
        let mut new = record(&[("arenas", case(&["naive"], vec![]))]);
        new.cases.get_mut("arenas").unwrap().failure = Some("it does not compile".into());
        let comparison = Comparison::new(&old, &new);
        assert_eq!(comparison.failures, [("arenas".into(), "it does not compile".into())]);
        assert_eq!(comparison.regressions(), 1);
        assert_eq!(Comparison::new(&new, &new).regressions(), 0, "it failed before");
        assert_eq!(Comparison::new(&new, &old).regressions(), 0, "it was mended");
    }
}
