//! What the generated main of a lab calls: a learner's attempt beside naive and the rung that it is
//! measured by.

use crate::rung::Rung;

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
