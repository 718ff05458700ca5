//! How small a difference a run can tell. What it cannot tell is no finding that there is none, and
//! a quick run can tell less than a long one: so each says of itself how much it sees.

use crate::summary::Summaries;

/// The smallest differences that a run can tell, as shares of the time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// In half of its comparisons.
    pub half: f64,
    /// In nine of ten.
    pub most: f64,
}

impl Told {
    /// Of all ratios against naive; `None` if there are none.
    pub fn of(cases: &Summaries) -> Option<Self> {
        let mut smallest = Vec::new();
        for scenario in cases.values().flat_map(|case| &case.scenarios) {
            let ratios = scenario.rungs.iter().flatten().filter_map(|rung| rung.against_naive);
            smallest.extend(ratios.map(|compared| {
                let ratio = compared.ratio;
                let around = f64::max(ratio.high / ratio.mid, ratio.mid / ratio.low) - 1.0;
                if scenario.believable { scenario.floor.max(around) } else { f64::INFINITY }
            }));
        }
        smallest.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| smallest.get((share * smallest.len() as f64) as usize).copied();
        Some(Self { half: at(0.5)?, most: at(0.9)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::examples::{case, record, scenario};
    use crate::summary::summaries;

    #[test]
    fn noise_and_neighbours_decide_what_is_told() {
        let of = |quiet: &[f64]| {
            let scenarios = (0..).zip(quiet).map(|(n, quiet)| {
                let mut scenario = scenario(n, 1.0, &[3_000]);
                scenario.quiet = *quiet;
                scenario
            });
            let record = record(&[("arenas", case(&["naive", "fast"], scenarios.collect()))]);
            Told::of(&summaries(&record))
        };
        let all = of(&[1.0; 10]).unwrap();
        assert!(all.half == all.most && all.most >= crate::stats::LEAST_FLOOR, "{all:?}");
        assert!(all.most < 0.02, "the examples are steady: {all:?}");
        let mut busy = [1.0; 10];
        busy[3] = 0.1;
        assert_eq!(of(&busy).unwrap(), Told { half: all.half, most: f64::INFINITY });
        assert_eq!(of(&[]), None);
    }
}
