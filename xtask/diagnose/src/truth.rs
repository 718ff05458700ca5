//! How often the answer is right, on programs of which it is known.

use cases::Case;
use judge::rate::Rate;

use crate::Profile;
use crate::find::find;

/// The right case must come first in so many of the programs that have one …
pub const FIRST: f64 = 0.85;
/// … among the first three in so many …
pub const AMONG_THREE: f64 = 0.95;
/// … and nothing may be said of so many of those that have none.
pub const CLEAN: f64 = 0.90;
/// What "among the first" means.
const THREE: usize = 3;

/// A program of which it is known what is slow.
pub struct Known {
    /// Its name.
    pub name: String,
    /// Cases that would help; none if nothing is wrong.
    pub planted: Vec<String>,
    /// Cases that an honest answer may name instead.
    pub acceptable: Vec<String>,
    /// What was recorded of it.
    pub profile: Profile,
}

/// What was counted.
#[derive(Debug, Default)]
pub struct Score {
    /// Programs whose case came first, of those that have one.
    pub first: (u64, u64),
    /// The same among the first three; where two were planted, both of them.
    pub among_three: (u64, u64),
    /// Programs without an accusation, of those with nothing wrong.
    pub clean: (u64, u64),
    /// What was said instead, a line each.
    pub misses: Vec<String>,
}

impl Score {
    /// Asks about each program.
    pub fn of(known: &[Known], cases: &[Case]) -> Self {
        let mut score = Self::default();
        known.iter().for_each(|program| score.add(program, cases));
        score
    }

    fn add(&mut self, program: &Known, cases: &[Case]) {
        let said: Vec<(String, f64)> = find(&program.profile, cases, &[])
            .findings
            .into_iter()
            .map(|finding| (finding.case, finding.share))
            .collect();
        let named = said.iter().map(|(case, share)| format!("{case} {:.0} %", share * 100.0));
        let named = named.collect::<Vec<_>>().join(", ");
        let mut count = |tally: &mut (u64, u64), hit: bool, what: &str| {
            *tally = (tally.0 + u64::from(hit), tally.1 + 1);
            if !hit {
                self.misses.push(format!("{}: {what}; said: {named}", program.name));
            }
        };
        let Known { planted, acceptable, .. } = program;
        if planted.is_empty() {
            count(&mut self.clean, said.is_empty(), "nothing is wrong with it");
            return;
        }
        let right = |case: &String| planted.contains(case) || acceptable.contains(case);
        let three: Vec<&String> = said.iter().take(THREE).map(|(case, _)| case).collect();
        let among = match &planted[..] {
            [_] => three.iter().any(|case| right(case)),
            several => several.iter().all(|case| three.contains(&case)),
        };
        let what = planted.join(" and ");
        let first = three.first().is_some_and(|case| right(case));
        count(&mut self.first, first, &format!("not first: {what}"));
        count(&mut self.among_three, among, &format!("not among three: {what}"));
    }

    /// The counts with their targets.
    pub fn rates(&self) -> [(&'static str, Rate, f64); 3] {
        let rate = |(hits, of): (u64, u64)| Rate { hits, of };
        [
            ("the right case first", rate(self.first), FIRST),
            ("among the first three", rate(self.among_three), AMONG_THREE),
            ("no accusation where nothing is wrong", rate(self.clean), CLEAN),
        ]
    }
}
