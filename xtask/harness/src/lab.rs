//! What the generated main of a lab calls: a learner's attempt beside naive and the rung that it is
//! measured by.

use crate::bench::Bench;
use crate::rung::Rung;

/// Lets inputs be that cannot be shown: a generated main does not know whether its case's have a
/// debug form. Where they have one, [`Bench`] has a method of this name itself, which comes first.
pub trait Hidden: Sized {
    /// Changes nothing.
    #[must_use]
    fn showing_inputs(self) -> Self {
        self
    }
}

impl<I, O> Hidden for Bench<I, O> {}

/// Naive, the attempt, and of the case's rungs the one of that name, or else the last.
pub fn rungs<I, O>(
    case: &[Rung<I, O>],
    attempt: Rung<I, O>,
    reference: &str,
) -> &'static [Rung<I, O>] {
    let named = case.iter().find(|rung| rung.name == reference);
    let (naive, last) = (case[0], case[case.len() - 1]);
    // As long as the process, as a table of rungs is.
    Box::leak(Box::new([naive, attempt, *named.unwrap_or(&last)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::Job as _;

    /// What no one can read.
    struct Opaque;

    #[test]
    fn inputs_are_shown_where_they_can_be() {
        const READS: &[Rung<u32, u32>] = &[Rung::new("naive", |n| *n)];
        const OPAQUE: &[Rung<Opaque, u32>] = &[Rung::new("naive", |_| 0)];
        let shown = Bench::new(READS).input("any", |n, _| n as u32).showing_inputs().job();
        assert_eq!(shown.make(0, 7, 0, 1).shown(0).as_deref(), Some("7"));
        let hidden = Bench::new(OPAQUE).input("any", |_, _| Opaque).showing_inputs().job();
        assert_eq!(hidden.make(0, 7, 0, 1).shown(0), None);
    }

    #[test]
    fn an_attempt_stands_between_naive_and_the_reference() {
        let case: [Rung<u32, u32>; 3] =
            ["naive", "optimized", "peer"].map(|n| Rung::new(n, |n| *n));
        let names = |reference: &str| -> Vec<&str> {
            let attempt = Rung::new("attempt", |n| *n);
            rungs(&case, attempt, reference).iter().map(Rung::name).collect()
        };
        assert_eq!(names("optimized"), ["naive", "attempt", "optimized"]);
        assert_eq!(names("missing"), ["naive", "attempt", "peer"]);
    }
}
