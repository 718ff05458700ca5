//! The scenario that stands for a case wherever there is room for one only.

use protocol::{Claim, Description, Expect};

use crate::pairing;
use record::{CaseRecord, ScenarioRecord};

/// Index of the scenario at which the case first claims that its best rung gains over naive. Where
/// it was not measured, the largest of that distribution; `None` if nothing was measured.
pub fn index(case: &CaseRecord) -> Option<usize> {
    let description = case.description.as_ref()?;
    let claim = claim(description);
    claim.and_then(|claim| case.claimed(claim)).or_else(|| {
        let input = claim.map_or(&case.scenarios.first()?.scenario.input, |claim| &claim.input);
        let of_input = |at: &usize| case.scenarios[*at].scenario.input == *input;
        let size = |at: &usize| case.scenarios[*at].scenario.n;
        (0..case.scenarios.len()).filter(of_input).max_by_key(size).or(Some(0))
    })
}

/// The first claim that the best rung gains over naive.
fn claim(description: &Description) -> Option<&Claim> {
    let optimized = &description.rungs.get(pairing::optimized(description))?.name;
    let gain = |claim: &&Claim| {
        let over_naive = claim.over.is_none() && claim.expect == Expect::Faster;
        claim.rung == *optimized && over_naive
    };
    description.claims.iter().find(gain)
}

/// Why this system cannot do the scenario that would stand for the case, if it cannot: another one
/// stands for it then, of which the chapter may not speak.
pub fn absent(description: &Description) -> Option<&str> {
    let claim = claim(description)?;
    description.absent(&claim.input, claim.n)
}

/// The scenario itself.
pub fn of(case: &CaseRecord) -> Option<&ScenarioRecord> {
    case.scenarios.get(index(case)?)
}
