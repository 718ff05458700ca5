//! What a whole program gains, in words. `docs/casebook.js` says the same of what a reader enters,
//! and `.ci/pages/check.mjs` holds the two to each other.

use super::format;
use crate::summary::Compared;
use crate::whole;

/// "1.21× \[1.20, 1.23\] faster"; where that is surely too little, "does not pay".
pub fn gain(compared: Compared) -> String {
    let word = match whole::is_too_little(compared) {
        true => "does not pay",
        false => format::word(compared.verdict),
    };
    format!("{} {word}", format::with_interval(compared.ratio))
}

/// "1.33×"; of a part that is all of the program, "no bound".
pub fn bound(share: f64) -> String {
    let bound = whole::bound(share);
    if bound.is_finite() { format::ratio(bound) } else { "no bound".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Interval, Verdict};

    #[test]
    fn every_verdict_on_the_whole_has_its_word() {
        let says = |share, [low, mid, high]: [f64; 3], verdict| {
            gain(whole::gain(share, Compared { ratio: Interval { low, mid, high }, verdict }))
        };
        let four = [3.9, 4.0, 4.1];
        assert_eq!(says(0.5, four, Verdict::Faster), "1.60× [1.59, 1.61] faster");
        assert_eq!(says(0.01, four, Verdict::Faster), "1.01× [1.007, 1.01] does not pay");
        let open = [0.98, 1.01, 1.04];
        assert_eq!(says(0.9, open, Verdict::CannotTell), "1.01× [0.98, 1.04] undecided");
        assert_eq!(says(0.9, [0.4, 0.5, 0.6], Verdict::Slower), "0.53× [0.42, 0.63] slower");
        assert_eq!([bound(0.25), bound(0.9), bound(1.0)], ["1.33×", "10×", "no bound"]);
    }
}
