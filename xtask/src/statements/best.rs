//! Whether a chapter says which rung to take where the one that it arrives at is not the best.

use cases::Case;
use judge::statement::Statement;
use judge::summary::{CaseSummary, ScenarioSummary};
use protocol::{Claim, Expect};

use super::{Chapter, Named};

/// As much longer as the last rung may take than another of ours before somebody has to be told.
const TENTH: f64 = 1.1;

/// Scenarios of a record in which another rung of ours is surely ahead of the last one by more than
/// a tenth, and neither a statement nor a claim says so.
pub fn untold(chapter: &Chapter, case: &Case, (name, record): &Named) -> Vec<String> {
    let found = record.cases.get(&case.name);
    let Some(summary) = found.and_then(|found| CaseSummary::new(found, &record.machine)) else {
        return Vec::new();
    };
    let last = summary.rungs[summary.optimized];
    let untold = summary.scenarios.iter().filter_map(|scenario| {
        let better = better(chapter, &summary, scenario);
        let (best, _) = better.first()?;
        let better: Vec<&str> = better.iter().map(|(rung, _)| *rung).collect();
        let place = &scenario.record.scenario;
        let says = |tied: &Statement| {
            let there = tied.scenario(&summary).is_some_and(|at| at.same_place(place));
            there && names(&tied.rungs(), last, &better)
        };
        let claims =
            |(claim, _): &(&Claim, _)| claim.is_about(place) && tells(claim, last, &better);
        let told = chapter.tied.iter().any(|tied| says(&tied.statement));
        (!told && !summary.claims.iter().any(claims)).then(|| {
            let (input, n) = (&place.input, place.n);
            format!(
                "in {input} at {n} `{best}` is ahead of `{last}` by more than a tenth ({name}), \
                 and no statement or claim says so"
            )
        })
    });
    untold.collect()
}

/// Rungs of ours that are surely better than the last one there, the best first, by how much.
fn better<'a>(
    chapter: &Chapter,
    summary: &CaseSummary<'a>,
    scenario: &ScenarioSummary,
) -> Vec<(&'a str, f64)> {
    let last = summary.optimized;
    let surely = |rung: usize| {
        let names = [summary.rungs[rung], summary.rungs[last]];
        let ratio = scenario.between(last, rung)?.ratio;
        let today = chapter.today.refuses(summary, &names).is_none();
        (rung != last && ratio.low > TENTH && today).then_some((names[0], ratio.mid))
    };
    let mut better: Vec<_> = summary.ours().filter_map(surely).collect();
    better.sort_by(|a, b| b.1.total_cmp(&a.1));
    better
}

/// Whether the last rung is among them with one that is better.
fn names(rungs: &[&str], last: &str, better: &[&str]) -> bool {
    rungs.contains(&last) && rungs.iter().any(|rung| better.contains(rung))
}

fn tells(claim: &Claim, last: &str, better: &[&str]) -> bool {
    match claim.expect {
        Expect::Faster => claim.base() == last && better.contains(&claim.rung.as_str()),
        Expect::DoesNotPay => claim.rung == last && better.contains(&claim.base()),
        Expect::MemoryAtMost(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statements::tests::chapter;
    use protocol::Scenario;
    use record::Record;
    use record::fixture::{record, set_times};

    /// What is said of a chapter with this note when the last rung takes so many times as long as
    /// naive.
    fn said(note: &str, longer: f64, claim: Option<Claim>) -> Vec<String> {
        let (_folder, case) = chapter(note);
        let mut record: Record = record();
        let words = record.cases.get_mut("words").unwrap();
        let pairs = words.scenarios[0].pairs.iter_mut().filter(|pair| pair.rung == 2);
        let log = (-longer.ln() * 1e4) as i32;
        pairs.flat_map(|pair| &mut pair.logs).flatten().for_each(|known| *known = log);
        set_times(&mut words.scenarios[0]);
        words.description.as_mut().unwrap().claims = claim.into_iter().collect();
        untold(&Chapter::of(&case).unwrap(), &case, &("shared.json".to_owned(), record))
    }

    #[test]
    fn where_the_last_rung_is_not_the_best_a_statement_or_a_claim_says_so() {
        let silent = "`allocations of naive = 1`";
        let problem = said(silent, 1.5, None);
        assert_eq!(problem.len(), 1, "{problem:?}");
        assert!(problem[0].contains("`naive` is ahead of `optimized`"), "{problem:?}");
        assert!(said(silent, 0.5, None).is_empty(), "it is the best");
        assert!(said(silent, 1.05, None).is_empty(), "within a tenth");
        assert!(said("`optimized behind naive`", 1.5, None).is_empty());
        assert_eq!(said("`optimized behind wide`", 1.5, None).len(), 1, "of another rung");
        let Scenario { input, n, .. } = record().cases["words"].scenarios[0].scenario.clone();
        let claim = |expect, n| {
            Some(Claim { rung: "optimized".into(), input: input.clone(), n, expect, over: None })
        };
        assert!(said(silent, 1.5, claim(Expect::DoesNotPay, n)).is_empty());
        assert_eq!(said(silent, 1.5, claim(Expect::DoesNotPay, n + 1)).len(), 1, "elsewhere");
        assert_eq!(said(silent, 1.5, claim(Expect::Faster, n)).len(), 1, "the opposite");
    }
}
