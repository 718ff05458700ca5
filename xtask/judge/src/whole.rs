//! What a whole program gains where a part of it does: Amdahl's law, on an interval.

use crate::stats::{PAYS, Verdict};
use crate::summary::Compared;

/// Shares of a program's time at which the gain is shown where nobody names his own.
pub const SHARES: [f64; 4] = [0.1, 0.25, 0.5, 0.9];

/// The gain of a program that spends this share of its time in a part with this gain. It grows with
/// the part's, so that the ends of the interval go with the ends; and what nobody can tell of the
/// part, nobody can tell of the whole.
pub fn gain(share: f64, part: Compared) -> Compared {
    let ratio = part.ratio.map(|ratio| 1.0 / (1.0 - share + share / ratio));
    Compared { ratio, verdict: part.verdict }
}

/// The gain if that part cost nothing; infinite where it is all of the program.
pub fn bound(share: f64) -> f64 {
    1.0 / (1.0 - share)
}

/// Whether a gain is there, and surely too small for anybody to care.
pub fn is_too_little(Compared { ratio, verdict }: Compared) -> bool {
    verdict == Verdict::Faster && ratio.high <= PAYS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Interval;

    fn part(low: f64, mid: f64, high: f64, verdict: Verdict) -> Compared {
        Compared { ratio: Interval { low, mid, high }, verdict }
    }

    #[test]
    fn the_ends_of_the_interval_go_through_the_law_one_by_one() {
        let whole = gain(0.5, part(1.5, 2.0, 3.0, Verdict::Faster));
        let ends = [whole.ratio.low, whole.ratio.mid, whole.ratio.high];
        for (end, expected) in ends.into_iter().zip([1.2, 4.0 / 3.0, 1.5]) {
            assert!((end - expected).abs() < 1e-12, "{ends:?}");
        }
        assert_eq!(whole.verdict, Verdict::Faster);
    }

    #[test]
    fn nothing_of_a_program_gains_nothing_and_all_of_it_what_the_part_gains() {
        let part = part(0.4, 0.5, 0.6, Verdict::Slower);
        let (none, all) = (gain(0.0, part), gain(1.0, part));
        assert_eq!(none.ratio, Interval { low: 1.0, mid: 1.0, high: 1.0 });
        assert_eq!((all.ratio, all.verdict), (part.ratio, Verdict::Slower));
        assert_eq!((bound(0.0), bound(0.75), bound(1.0)), (1.0, 4.0, f64::INFINITY));
    }

    #[test]
    fn no_gain_of_the_part_takes_the_whole_beyond_its_bound() {
        for share in SHARES {
            let mut before = 0.0;
            for ratio in [0.01, 0.5, 1.0, 1.05, 4.0, 1e3, 1e9] {
                let whole = gain(share, part(ratio, ratio, ratio, Verdict::Faster)).ratio.mid;
                assert!(before < whole && whole < bound(share), "{share} {ratio}: {whole}");
                before = whole;
            }
            assert!(bound(share) - before < 1e-6, "{share}: {before}");
        }
    }

    #[test]
    fn what_the_whole_gains_may_be_too_little_and_doubt_is_not_little() {
        let clear = part(3.9, 4.0, 4.1, Verdict::Faster);
        assert!(is_too_little(gain(0.01, clear)) && !is_too_little(gain(0.25, clear)));
        let open = gain(0.9, part(0.99, 1.0, 1.01, Verdict::CannotTell));
        assert!(open.verdict == Verdict::CannotTell && !is_too_little(open));
    }
}
