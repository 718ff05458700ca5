//! What all inputs have in common on which an attempt is wrong: the first thing that helps whoever
//! wrote it.

use std::collections::BTreeMap;

use protocol::{PANICKED, Tried};

/// Multiples that are looked for: what code that was made fast works in.
const UNITS: [usize; 10] = [2, 3, 4, 5, 8, 16, 32, 64, 128, 256];
/// What the survey calls hand-made inputs.
const EDGES: &str = "edges";

/// In which way an attempt is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It gives something else than naive.
    Differs,
    /// It panics.
    Panics,
    /// It gives nothing as long as anybody waits.
    Endless,
    /// It ends the process that called it.
    Ends,
    /// It prints where answers are printed.
    Prints,
}

/// Where an attempt is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// In which way it is.
    pub how: How,
    /// The smallest input: "the best hundred/17, seed 3".
    pub at: String,
    /// That input, if it is small enough to be read.
    pub input: Option<String>,
    /// The first difference there.
    pub difference: String,
    /// What the wrong ones have in common.
    pub pattern: String,
    /// How many inputs were wrong, of how many.
    pub wrong: [usize; 2],
}

impl Disagreement {
    /// What a survey says of a rung; `None` if that is right everywhere.
    pub fn of(rung: &str, tried: &[Tried]) -> Option<Self> {
        let wrong: Vec<(&Tried, &protocol::Wrong)> = tried
            .iter()
            .filter_map(|one| Some((one, one.wrong.as_ref()?)))
            .filter(|(_, wrong)| wrong.rung == rung)
            .collect();
        // Of distributions the smallest; hand-made inputs have no size.
        let size = |one: &Tried| (one.scenario.input == EDGES, one.scenario.n, one.seed);
        let (smallest, how) = wrong.iter().min_by_key(|(one, _)| size(one))?;
        let at = if smallest.scenario.input == EDGES {
            format!("edge {} of {}", smallest.seed, smallest.scenario.n)
        } else {
            format!("{}, seed {}", smallest.scenario, smallest.seed)
        };
        let panics = how.difference.starts_with(PANICKED);
        Some(Self {
            how: if panics { How::Panics } else { How::Differs },
            at,
            input: how.input.clone(),
            difference: how.difference.clone(),
            pattern: pattern(rung, tried),
            wrong: [wrong.len(), tried.len()],
        })
    }
}

fn is_wrong(one: &Tried, rung: &str) -> bool {
    one.wrong.as_ref().is_some_and(|wrong| wrong.rung == rung)
}

fn pattern(rung: &str, tried: &[Tried]) -> String {
    let wrong = || tried.iter().filter(|one| is_wrong(one, rung));
    if wrong().count() == tried.len() {
        return "wrong everywhere".to_owned();
    }
    if wrong().all(|one| one.wrong.as_ref().is_some_and(|wrong| wrong.again)) {
        return "right on the first call, wrong on the second with the same input: something is \
                kept from one call to the next"
            .to_owned();
    }
    if wrong().all(|one| one.scenario.input == EDGES) {
        return "only on hand-made inputs (`src/edges.rs` of the case): empty ones, equal values, \
                ends of a range"
            .to_owned();
    }
    let inputs = tried.iter().map(|one| one.scenario.input.as_str()).filter(|one| *one != EDGES);
    let mut inputs: Vec<&str> = inputs.collect();
    inputs.dedup();
    let known = inputs.iter().map(|input| of_input(rung, input, tried));
    let mut said: Vec<String> = known.collect();
    said.dedup();
    match &said[..] {
        [all] => all.clone(),
        _ => {
            let each = inputs.iter().zip(&said).map(|(input, said)| format!("\"{input}\": {said}"));
            each.collect::<Vec<_>>().join("; ")
        }
    }
}

/// What sizes of one distribution have in common.
fn of_input(rung: &str, input: &str, tried: &[Tried]) -> String {
    let mut sizes: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
    for one in tried.iter().filter(|one| one.scenario.input == input) {
        let [wrong, all] = sizes.entry(one.scenario.n).or_default();
        *wrong += usize::from(is_wrong(one, rung));
        *all += 1;
    }
    let wrong: Vec<usize> = sizes.iter().filter(|(_, [w, _])| *w > 0).map(|(n, _)| *n).collect();
    let right: Vec<usize> = sizes.iter().filter(|(_, [w, _])| *w == 0).map(|(n, _)| *n).collect();
    let (Some(&first), Some(&last)) = (wrong.first(), wrong.last()) else {
        return "right at every size".to_owned();
    };
    if right.is_empty() {
        return "wrong at every size".to_owned();
    }
    // The largest unit: what is right at multiples of 64 is so at those of 4 that are.
    let unit = UNITS
        .iter()
        .rev()
        .find(|&&unit| right.iter().all(|n| n % unit == 0) && wrong.iter().all(|n| n % unit != 0));
    if let Some(unit) = unit.filter(|unit| right.iter().any(|n| n >= unit)) {
        return format!("right wherever n is a multiple of {unit}, wrong at all others");
    }
    if right.iter().all(|n| *n < first) {
        return format!("wrong from n = {first} on");
    }
    if right.iter().all(|n| *n > last) {
        return format!("wrong up to n = {last}");
    }
    if wrong.iter().all(|n| sizes[n][0] < sizes[n][1]) {
        return "wrong for some seeds only: it depends on the values, not on their number"
            .to_owned();
    }
    let shown: Vec<String> = wrong.iter().take(8).map(usize::to_string).collect();
    let more = if wrong.len() > shown.len() { ", …" } else { "" };
    format!("wrong at n = {}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Effort, Scenario, Wrong};

    const SIZES: [usize; 14] = [0, 1, 2, 3, 4, 5, 8, 16, 17, 63, 64, 65, 128, 256];

    /// Three seeds at each size, of which those are wrong of which this is so.
    fn tried(input: &str, wrong: impl Fn(usize, u64) -> bool, again: bool) -> Vec<Tried> {
        let one = |n: usize, seed: u64| Tried {
            scenario: Scenario { input: input.to_owned(), n, effort: Effort::Quick },
            seed,
            wrong: wrong(n, seed).then(|| Wrong {
                rung: "attempt".to_owned(),
                difference: format!("at {n}"),
                again,
                input: Some(format!("{n} of them")),
            }),
        };
        SIZES.iter().flat_map(|n| (5..8).map(|seed| one(*n, seed)).collect::<Vec<_>>()).collect()
    }

    fn says(wrong: impl Fn(usize, u64) -> bool) -> String {
        Disagreement::of("attempt", &tried("all", wrong, false)).unwrap().pattern
    }

    #[test]
    fn sizes_that_are_wrong_are_told_by_what_they_have_in_common() {
        assert!(says(|n, _| n % 4 != 0).starts_with("right wherever n is a multiple of 4, "));
        assert!(says(|n, _| n % 64 != 0).starts_with("right wherever n is a multiple of 64, "));
        assert_eq!(says(|n, _| n > 16), "wrong from n = 17 on");
        assert_eq!(says(|n, _| n < 3), "wrong up to n = 2");
        assert_eq!(says(|n, _| n == 5 || n == 63), "wrong at n = 5, 63");
        assert!(says(|n, seed| n == 5 && seed == 6).contains("some seeds only"));
        assert_eq!(says(|_, _| true), "wrong everywhere");
    }

    #[test]
    fn the_smallest_input_is_shown_with_its_seed_and_difference() {
        let found = Disagreement::of("attempt", &tried("all", |n, _| n > 16, false)).unwrap();
        assert_eq!((found.at.as_str(), found.difference.as_str()), ("all/17, seed 5", "at 17"));
        assert_eq!((found.wrong, found.input.as_deref()), ([18, 42], Some("17 of them")));
        assert_eq!(Disagreement::of("attempt", &tried("all", |_, _| false, false)), None);
        assert_eq!(Disagreement::of("optimized", &tried("all", |_, _| true, false)), None);
    }

    #[test]
    fn second_calls_and_edges_are_told() {
        let again = tried("all", |n, _| n > 3, true);
        let found = Disagreement::of("attempt", &again).unwrap();
        assert!(found.pattern.contains("second"), "{}", found.pattern);
        let mut edges = tried("edges", |n, _| n == 4, false);
        edges.extend(tried("all", |_, _| false, false));
        let found = Disagreement::of("attempt", &edges).unwrap();
        assert!(found.pattern.contains("hand-made") && found.at == "edge 5 of 4", "{found:?}");
    }

    #[test]
    fn distributions_that_differ_are_told_apart() {
        let mut both = tried("all", |n, _| n > 16, false);
        both.extend(tried("few", |_, _| false, false));
        let found = Disagreement::of("attempt", &both).unwrap();
        assert_eq!(found.pattern, "\"all\": wrong from n = 17 on; \"few\": right at every size");
    }
}
