//! How the rounds of whole programs read.

use super::format;
use crate::programs::Disturbance;

/// What a reader has to know if others took the machine often; nothing if they did not.
pub fn disturbance(found: &Disturbance) -> Option<String> {
    let Disturbance { runs, disturbed, lost } = *found;
    found.are_many().then(|| {
        let verb = if lost == 1 { "does" } else { "do" };
        format!(
            "others took more than a twentieth of a core during {disturbed} of {runs} {}: {} \
             repeated, and {lost} {verb} not count",
            format::plural("run", runs),
            disturbed - lost,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_disturbed_runs_are_not_worth_a_word_and_many_are() {
        let said = |runs, disturbed, lost| disturbance(&Disturbance { runs, disturbed, lost });
        assert_eq!(said(100, 10, 3), None);
        let many = said(100, 11, 3).unwrap();
        assert!(many.contains("11 of 100 runs: 8 repeated, and 3 do not count"), "{many}");
        assert!(said(100, 11, 1).unwrap().contains("1 does not"));
    }
}
