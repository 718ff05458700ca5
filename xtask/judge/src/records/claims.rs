//! What became of claims and verdicts from one record to the next.

use protocol::Claim;

use crate::stats::Verdict;
use crate::summary::{CaseSummary, Outcome};

/// A claim with another outcome than before.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The case.
    pub case: String,
    /// What was claimed.
    pub claim: Claim,
    /// Its outcome in the old record.
    pub old: Outcome,
    /// Its outcome in the new one.
    pub new: Outcome,
}

/// How often two records give the same verdict against naive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The same verdict in both.
    pub same: usize,
    /// Faster than naive in one, slower in the other.
    pub opposite: usize,
    /// All verdicts that both have.
    pub all: usize,
}

impl Flip {
    /// Whether the old run bore the claim out and the new one contradicts it.
    pub fn is_regression(&self) -> bool {
        (self.old, self.new) == (Outcome::Held, Outcome::Broken)
    }
}

impl Agreement {
    pub(super) fn take(&mut self, old: Option<Verdict>, new: Option<Verdict>) {
        let Some((old, new)) = old.zip(new) else { return };
        self.all += 1;
        self.same += usize::from(old == new);
        let told = ![old, new].contains(&Verdict::CannotTell);
        self.opposite += usize::from(told && old != new);
    }
}

/// Claims of both whose outcome is another now.
pub(super) fn flips(case: &str, old: &CaseSummary, new: &CaseSummary) -> Vec<Flip> {
    let flips = old.claims.iter().filter_map(|(claim, before)| {
        let (_, after) = new.claims.iter().find(|(other, _)| other == claim)?;
        let told = before != after && before.is_judged() && after.is_judged();
        let case = case.to_owned();
        told.then(|| Flip { case, claim: (*claim).clone(), old: *before, new: *after })
    });
    flips.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Comparison;
    use crate::records::examples::{case, one, record, scenario};
    use protocol::Expect;
    use record::Record;

    #[test]
    fn claims_that_break_are_regressions_and_others_are_told() {
        let of = |small: i32, large: i32| {
            let scenarios = vec![scenario(10, 1.0, &[small]), scenario(1_000, 1.0, &[large])];
            record(&[("arenas", case(&["naive", "fast"], scenarios))])
        };
        let outcomes = |old: &Record, new: &Record| {
            let comparison = Comparison::new(old, new);
            let flips = comparison.flips.iter().map(|flip| (flip.claim.n, flip.old, flip.new));
            (flips.collect::<Vec<_>>(), comparison.broken())
        };
        use Outcome::*;
        assert_eq!(
            outcomes(&of(0, 9_300), &of(3_000, 0)),
            (vec![(1_000, Held, Broken), (10, Held, Broken)], 2)
        );
        assert_eq!(
            outcomes(&of(3_000, 0), &of(0, 9_300)),
            (vec![(1_000, Broken, Held), (10, Broken, Held)], 0)
        );
        let mut changed = of(0, 9_000);
        let description = &mut changed.cases.get_mut("arenas").unwrap().description;
        description.as_mut().unwrap().claims[0].expect = Expect::DoesNotPay;
        assert_eq!(outcomes(&of(0, 9_300), &changed), (vec![], 0), "another claim");
        let mut only_small = of(0, 9_300);
        only_small.cases.get_mut("arenas").unwrap().scenarios.pop();
        assert_eq!(outcomes(&of(0, 9_300), &only_small), (vec![], 0), "not measured");
    }

    #[test]
    fn agreement_counts_verdicts_against_naive() {
        let comparison = Comparison::new(&one(1.0, 5_000, 3_000), &one(1.0, 9_000, 0));
        assert_eq!(comparison.agreement, Agreement { same: 1, opposite: 0, all: 2 });
        let comparison = Comparison::new(&one(1.0, 5_000, 3_000), &one(1.0, -5_000, 3_000));
        assert_eq!(comparison.agreement, Agreement { same: 1, opposite: 1, all: 2 });
    }
}
