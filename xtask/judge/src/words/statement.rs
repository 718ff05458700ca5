//! What became of statements, in words.

use super::format;
use crate::statement::Outcome;

/// Why a record cannot say whether a statement holds: `optimized` was other code then.
pub const OTHER_RUNGS: &str = "the case had other rungs when this record was made";

/// A sign, and the words for it.
pub fn outcome(outcome: &Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Holds(_) => ("✓", "holds"),
        Outcome::Fails(_) => ("✗", "does not hold here"),
        Outcome::Cannot(_) => ("–", "cannot be told here"),
    }
}

/// "12 of 14 statements hold here, 1 does not, 1 cannot be told".
pub fn count<'o>(outcomes: impl Iterator<Item = &'o Outcome>) -> String {
    let [mut holds, mut fails, mut cannot] = [0; 3];
    for outcome in outcomes {
        match outcome {
            Outcome::Holds(_) => holds += 1,
            Outcome::Fails(_) => fails += 1,
            Outcome::Cannot(_) => cannot += 1,
        }
    }
    let all = holds + fails + cannot;
    let (statements, hold) =
        (format::plural("statement", all), if all == 1 { "holds" } else { "hold" });
    let mut text = format!("{holds} of {all} {statements} {hold} here");
    if fails > 0 {
        text += &format!(", {fails} {} not", if fails == 1 { "does" } else { "do" });
    }
    if cannot > 0 {
        text += &format!(", {cannot} cannot be told");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_hold_is_counted_beside_what_does() {
        let [holds, fails, cannot] =
            [Outcome::Holds, Outcome::Fails, Outcome::Cannot].map(|of| of(String::new()));
        let of = |outcomes: &[&Outcome]| count(outcomes.iter().copied());
        assert_eq!(of(&[&holds, &holds]), "2 of 2 statements hold here");
        assert_eq!(of(&[&fails]), "0 of 1 statement holds here, 1 does not");
        let all = "1 of 4 statements hold here, 2 do not, 1 cannot be told";
        assert_eq!(of(&[&fails, &holds, &cannot, &fails]), all);
    }
}
