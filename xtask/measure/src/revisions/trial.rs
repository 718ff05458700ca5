//! One scenario in both revisions, stage by stage: measured, and measured again where the first
//! stage was disturbed or something seems to have changed.

use protocol::{Round, Scenario};

use crate::binary::{Binary, Failure};
use judge::revisions::{Change, Pairs, confirmed};
use judge::stats::Verdict;

/// Blocks that a process should have: fewer do not show which of them were disturbed.
const BLOCKS: usize = 16;
/// How many times the usual a process may take for them. What it does before its first block
/// (making inputs, holding rungs against naive) takes long in some scenarios.
const LONGEST: u64 = 16;

/// One scenario in both revisions.
pub struct Trial {
    /// Distribution and size.
    pub scenario: Scenario,
    first: Pairs,
    /// What confirms the first.
    second: Pairs,
    state: State,
    /// Whether the first stage was measured anew.
    anew: bool,
    /// By how much processes take longer than usual.
    longer: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The first stage is under way.
    First,
    /// Something seems to have changed.
    Confirming,
    /// Nothing more will be measured.
    Done,
}

impl Trial {
    /// Nothing is measured yet.
    pub fn new(scenario: Scenario) -> Self {
        let (first, second) = (Pairs::default(), Pairs::default());
        Self { scenario, first, second, state: State::First, anew: false, longer: 1 }
    }

    /// Whether more is to be measured.
    pub fn is_open(&self) -> bool {
        self.state != State::Done
    }

    /// Whether the machine was too busy, twice.
    pub fn is_inconclusive(&self) -> bool {
        !self.first.old.is_empty() && !self.first.is_believable()
    }

    /// A process of each, on the same inputs; who goes first alternates, so that a machine that
    /// slows down steadily favours neither.
    ///
    /// # Errors
    /// Which of the two failed, and how.
    pub fn pair(
        &mut self,
        binaries: &[Binary; 2],
        round: u64,
        millis: u64,
    ) -> Result<(), (usize, Failure)> {
        let [old, new] = loop {
            let both = self.processes(binaries, round, millis * self.longer)?;
            let blocks = both.iter().map(|round| round.blocks.len()).min();
            if blocks >= Some(BLOCKS) || self.longer >= LONGEST {
                break both;
            }
            self.longer *= 2;
        };
        let pairs =
            if self.state == State::Confirming { &mut self.second } else { &mut self.first };
        pairs.old.push(old);
        pairs.new.push(new);
        Ok(())
    }

    fn processes(
        &self,
        binaries: &[Binary; 2],
        round: u64,
        millis: u64,
    ) -> Result<[Round; 2], (usize, Failure)> {
        let seed = 1 + (round << 20);
        let run = |at: usize| {
            // Both the same time: neither may go on longer than the other because it is disturbed.
            binaries[at].duel(&self.scenario, seed, millis, None).map_err(|failure| (at, failure))
        };
        if round.is_multiple_of(2) {
            let old = run(0)?;
            Ok([old, run(1)?])
        } else {
            let new = run(1)?;
            Ok([run(0)?, new])
        }
    }

    /// Decides what comes next.
    pub fn close_stage(&mut self, rungs: &[(String, [usize; 2])], same_ruler: bool) {
        if self.state != State::First {
            self.state = State::Done;
            return;
        }
        let changed = |(_, at): &(String, [usize; 2])| {
            let change = self.first.change(*at, same_ruler);
            change.is_some_and(|change| change.verdict != Verdict::CannotTell)
        };
        if !self.first.is_believable() && !self.anew {
            (self.first, self.anew) = (Pairs::default(), true);
        } else if rungs.iter().any(changed) {
            self.state = State::Confirming;
        } else {
            self.state = State::Done;
        }
    }

    /// What became of a rung; `None` if it was not measured in both.
    pub fn change(&self, rung: [usize; 2], same_ruler: bool) -> Option<Change> {
        let first = self.first.change(rung, same_ruler)?;
        if first.verdict == Verdict::CannotTell {
            return Some(first);
        }
        let unconfirmed = Change { verdict: Verdict::CannotTell, ..first };
        let Some(second) = self.second.change(rung, same_ruler) else { return Some(unconfirmed) };
        let all = Pairs {
            old: [self.first.old.as_slice(), &self.second.old].concat(),
            new: [self.first.new.as_slice(), &self.second.new].concat(),
        };
        Some(confirmed(all.change(rung, same_ruler)?, first.verdict, second.verdict))
    }
}
