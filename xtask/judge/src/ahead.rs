//! From which size on a rung is ahead of naive, by verdicts alone: a size at which nobody can tell
//! is neither a win nor a loss, and so the answer is sometimes a range.

use crate::stats::Verdict;

/// What is known of a rung against naive at one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// The size.
    pub n: usize,
    /// The middle of its ratio to naive.
    pub ratio: f64,
    /// What that means.
    pub verdict: Verdict,
}

/// Where along the sizes a rung is ahead of naive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ahead {
    /// At every size.
    Always {
        /// The smallest.
        from: usize,
    },
    /// Behind at a size, ahead at the next one and at all beyond.
    From {
        /// About where between the two, in proportion to the logarithm.
        near: f64,
    },
    /// Ahead at a size and at all beyond; at those before it nobody can tell.
    Between {
        /// The largest size at which it is certainly behind, if there is one.
        behind: Option<usize>,
        /// The size from which on it is certainly ahead.
        ahead: usize,
    },
    /// Ahead somewhere, but not at the largest size.
    UpTo {
        /// The largest size at which it is ahead.
        last: usize,
        /// Whether it is certainly behind at the largest of all; else nobody can tell.
        behind: bool,
    },
    /// Behind at every size.
    Never,
    /// Certainly ahead at no size, and not certainly behind at every one.
    CannotTell,
}

impl Ahead {
    /// From what was measured, small to large; `None` without any of it.
    pub fn new(sizes: &[At]) -> Option<Self> {
        let largest = sizes.last()?;
        let of = |verdict| move |at: &At| at.verdict == verdict;
        let Some(last) = sizes.iter().rposition(of(Verdict::Faster)) else {
            let never = sizes.iter().all(of(Verdict::Slower));
            return Some(if never { Self::Never } else { Self::CannotTell });
        };
        if largest.verdict != Verdict::Faster {
            let behind = largest.verdict == Verdict::Slower;
            return Some(Self::UpTo { last: sizes[last].n, behind });
        }
        let Some(before) = sizes.iter().rposition(|at| at.verdict != Verdict::Faster) else {
            return Some(Self::Always { from: sizes[0].n });
        };
        let ahead = sizes[before + 1];
        Some(if sizes[before].verdict == Verdict::Slower {
            Self::From { near: crossing(sizes[before], ahead) }
        } else {
            let behind = sizes[..before].iter().rfind(|at| at.verdict == Verdict::Slower);
            Self::Between { behind: behind.map(|at| at.n), ahead: ahead.n }
        })
    }

    /// The least and the greatest size between which a rung breaks even, where it does.
    pub fn breaks_even(self) -> Option<(f64, f64)> {
        match self {
            Self::From { near } => Some((near, near)),
            Self::Between { behind: Some(behind), ahead } => Some((behind as f64, ahead as f64)),
            _ => None,
        }
    }
}

/// Where a ratio passes one between two sizes at which it certainly lies on either side.
fn crossing(before: At, after: At) -> f64 {
    let log = |at: At| ((at.n as f64).max(1.0).ln(), at.ratio.ln());
    let (before, after) = (log(before), log(after));
    let share = -before.1 / (after.1 - before.1);
    (before.0 + share * (after.0 - before.0)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{CannotTell, Faster, Slower};

    /// Sizes 10, 100, … with these verdicts; ahead by two, behind by two, or ahead by a tenth where
    /// nobody can tell.
    fn ahead(verdicts: &[Verdict]) -> Option<Ahead> {
        let at = |(place, verdict): (usize, &Verdict)| {
            let ratio = match verdict {
                Faster => 2.0,
                Slower => 0.5,
                CannotTell => 1.1,
            };
            At { n: 10_usize.pow(place as u32 + 1), ratio, verdict: *verdict }
        };
        Ahead::new(&verdicts.iter().enumerate().map(at).collect::<Vec<_>>())
    }

    #[test]
    fn only_verdicts_count_and_the_last_sizes_decide() {
        let between = |behind, ahead| Some(Ahead::Between { behind, ahead });
        let up_to = |last, behind| Some(Ahead::UpTo { last, behind });
        for (verdicts, expected) in [
            (&[][..], None),
            (&[Faster], Some(Ahead::Always { from: 10 })),
            (&[Faster, Faster, Faster], Some(Ahead::Always { from: 10 })),
            (&[Slower, Slower], Some(Ahead::Never)),
            (&[CannotTell, CannotTell], Some(Ahead::CannotTell)),
            (&[Slower, CannotTell], Some(Ahead::CannotTell)),
            (&[CannotTell, Faster, Faster], between(None, 100)),
            (&[Slower, CannotTell, CannotTell, Faster], between(Some(10), 10_000)),
            (&[Slower, Faster, CannotTell, Faster], between(Some(10), 10_000)),
            (&[Faster, CannotTell, Faster], between(None, 1_000)),
            (&[Faster, Slower], up_to(10, true)),
            (&[Slower, Faster, Faster, CannotTell], up_to(1_000, false)),
        ] {
            assert_eq!(ahead(verdicts), expected, "{verdicts:?}");
        }
    }

    #[test]
    fn between_certain_sizes_it_breaks_even_where_the_logarithm_says() {
        for verdicts in [&[Slower, Faster][..], &[Faster, Slower, Faster]] {
            let Some(Ahead::From { near }) = ahead(verdicts) else { panic!("{verdicts:?}") };
            let decades = near.log10() - verdicts.len() as f64;
            assert!((decades + 0.5).abs() < 1e-9, "{verdicts:?}: {near}");
        }
    }
}
