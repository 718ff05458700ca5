//! What a record of rows says: how each program stands to the first, and to what one would use
//! instead of a program of one's own.

use record::{Rows, RowsOutcome, RowsProgram};

use crate::programs::{self, Disturbance, Standing, standings};
use crate::summary::Compared;

/// A record, judged.
#[derive(Debug)]
pub struct RowsSummary<'r> {
    /// What was measured.
    pub record: &'r Rows,
    /// By program, as it stands to the first; none of one that did not run, or had no quiet round.
    pub standings: Vec<Option<Standing>>,
    /// How often others took too much of the machine.
    pub disturbance: Disturbance,
}

impl<'r> RowsSummary<'r> {
    /// Judges a record.
    pub fn of(record: &'r Rows) -> Self {
        let mut standings = standings(&record.rounds);
        standings.resize(record.programs.len(), None);
        for (standing, program) in standings.iter_mut().zip(&record.programs) {
            if program.outcome != RowsOutcome::Ran {
                *standing = None;
            }
        }
        Self { record, standings, disturbance: Disturbance::of(&record.rounds) }
    }

    /// The programs, each with how it stands.
    pub fn programs(&self) -> impl Iterator<Item = (&'r RowsProgram, Option<Standing>)> {
        self.record.programs.iter().zip(self.standings.iter().copied())
    }

    /// Places of the programs that ran and are what one would use instead, or are not.
    pub fn that_ran(&self, peers: bool) -> Vec<usize> {
        let wanted = |(_, (program, standing)): &(usize, (&RowsProgram, Option<Standing>))| {
            program.peer == peers && standing.is_some()
        };
        self.programs().enumerate().filter(wanted).map(|(at, _)| at).collect()
    }

    /// How many times as fast as another one a program was.
    pub fn over(&self, other: usize, program: usize) -> Option<Compared> {
        programs::between(&self.record.rounds, other, program)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Verdict;
    use record::fixture::rows;

    #[test]
    fn programs_stand_to_naive_and_to_each_other() {
        let rows = rows();
        let summary = RowsSummary::of(&rows);
        let ran: Vec<bool> = summary.standings.iter().map(Option::is_some).collect();
        assert_eq!(ran, [true, true, true, true, false, false]);
        assert_eq!((summary.that_ran(false), summary.that_ran(true)), (vec![0, 1], vec![2, 3]));
        let over = summary.over(3, 1).unwrap();
        assert!((over.ratio.mid - 2.0).abs() < 0.01 && over.verdict == Verdict::Faster, "{over:?}");
        assert_eq!(summary.over(4, 1), None, "duckdb was not there");
        let told = summary.disturbance;
        assert_eq!((told.disturbed, told.lost, told.are_many()), (2, 1, false));
    }

    #[test]
    fn without_a_round_nothing_stands() {
        let mut rows = rows();
        rows.rounds.clear();
        let summary = RowsSummary::of(&rows);
        assert_eq!(summary.standings, vec![None; 6]);
        assert!(summary.over(1, 0).is_none());
    }
}
