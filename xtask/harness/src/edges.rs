//! What is held against naive though it is never timed: a case's hand-made edges, and sizes at
//! which unrolled, vectorized and blocked code tends to be wrong. A rung may be right on everything
//! that is timed and wrong there, and a wrong rung gets no time.

use protocol::{Effort, Items, Refusal, Scenario};

use crate::agree::SIZES;
use crate::job::{Asked, Job, agreement};
use crate::scenario::Distribution;

/// Items of an input beyond which an awkward size is left to a case's own tests: naive products of
/// matrices that large would take longer than a round.
const MOST_ITEMS: usize = 2_000;

/// Holds every rung against naive on the case's edges and on awkward sizes of each distribution.
///
/// # Errors
/// Names the first rung that differs or panics, and on which input.
pub(crate) fn check(job: &dyn Job) -> Result<(), Refusal> {
    let frame = job.frame();
    if let Some(mut edges) = job.edges() {
        // The seed of an input is its place in the table.
        let scenario = scenario("edges", edges.count());
        let (all, asked) = (0..edges.count(), Asked { path: None, scenario: &scenario, seed: 0 });
        agreement(frame, &mut *edges, &asked, all)?;
    }
    for (at, distribution) in frame.present() {
        for n in awkward(distribution) {
            let (scenario, seed) = (scenario(distribution.name, n), n as u64);
            let asked = Asked { path: None, scenario: &scenario, seed };
            agreement(frame, &mut *job.make(at, n, seed, 1), &asked, 0..1)?;
        }
    }
    Ok(())
}

/// The sizes that a distribution takes, if its `n` is a size; none larger than what is timed.
pub(crate) fn awkward(distribution: &Distribution) -> impl Iterator<Item = usize> + use<> {
    let most = distribution.sizes.iter().map(|(n, _)| *n).max().unwrap_or(0);
    let items = distribution.axis.as_ref().map_or(Items::Power(1), |axis| axis.items);
    SIZES.into_iter().filter(move |n| match items {
        Items::Always(_) => false,
        Items::Power(_) => *n <= most && items.of(*n) <= MOST_ITEMS,
    })
}

pub(crate) fn scenario(input: &str, n: usize) -> Scenario {
    Scenario { input: input.to_owned(), n, effort: Effort::Quick }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bench, Rung};

    /// Right wherever anybody measures.
    const DROPS_TAIL: &[Rung<Vec<u32>, u32>] = &[
        Rung::new("naive", |values| values.iter().sum()),
        Rung::new("drops_tail", |values| values.chunks_exact(4).flatten().sum()),
    ];

    fn ones(n: usize, _: u64) -> Vec<u32> {
        vec![1; n]
    }

    fn refusal(bench: Bench<Vec<u32>, u32>) -> Option<String> {
        check(&bench.job()).err().map(|refusal| refusal.to_string())
    }

    #[test]
    fn a_rung_that_is_right_on_all_that_is_timed_is_refused() {
        let timed = Bench::new(DROPS_TAIL).input("ones", ones).quick([64]);
        let wrong = refusal(timed).unwrap();
        assert!(wrong.starts_with("rung `drops_tail` disagrees with naive at ones/1, seed 1: "));
    }

    #[test]
    fn an_edge_is_named_by_its_place_in_the_table() {
        let across = Bench::new(DROPS_TAIL).input("ones", |_, _| unreachable!()).across("", "", 4);
        assert_eq!(refusal(across.quick([64])), None, "those are no sizes");
        let edges = || vec![vec![1; 4], vec![], vec![1; 5], vec![1; 6]];
        let wrong = refusal(Bench::new(DROPS_TAIL).edges(edges)).unwrap();
        assert!(wrong.starts_with("rung `drops_tail` disagrees with naive at edges/4, seed 2: "));
    }

    #[test]
    fn sides_of_matrices_are_small() {
        let sizes = |power| {
            let bench =
                Bench::new(DROPS_TAIL).input("ones", ones).side("rows", power).quick([2_000]);
            awkward(&bench.job().frame().distributions[0]).max()
        };
        assert_eq!([sizes(1), sizes(2), sizes(3)], [Some(1025), Some(33), Some(9)]);
        let few = Bench::new(DROPS_TAIL).input("ones", ones).quick([4, 20]);
        assert_eq!(awkward(&few.job().frame().distributions[0]).max(), Some(17), "none larger");
    }
}
