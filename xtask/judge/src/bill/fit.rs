//! How often bills are right: over all rungs of a record, case by case.

use record::Record;

use super::Bill;
use crate::summary::CaseSummary;

/// How near the sum of a bill is to the time that was measured.
pub const QUARTER: f64 = 0.25;
/// Still of use: it tells what kind of work the time goes to.
pub const HALF: f64 = 0.5;

/// Bills of one case, or of many.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fit {
    /// Rungs that were timed where bills are made, but for those that ask the system.
    pub rungs: usize,
    /// Rungs that ask the system for much: their bills say what there is at least.
    pub asking: usize,
    /// Those of which no bill can be made.
    pub without: usize,
    /// Those whose bill is within a quarter of the time.
    pub quarter: usize,
    /// Those within a half.
    pub half: usize,
    /// Names of those that are not within a quarter, with the sum over the time.
    pub missed: Vec<(String, f64)>,
}

impl Fit {
    /// Share of the rungs that are within a quarter.
    pub fn share(&self) -> f64 {
        self.quarter as f64 / self.rungs.max(1) as f64
    }

    /// Bills of a case.
    pub fn of(summary: &CaseSummary, record: &Record) -> Self {
        let mut fit = Self::default();
        let Some(scenario) = super::scenario(summary) else { return fit };
        for (rung, name) in summary.rungs.iter().enumerate() {
            if scenario.rungs[rung].is_none() {
                continue;
            }
            let bill = Bill::of(&record.machine, summary, rung);
            if bill.as_ref().is_ok_and(Bill::asks) {
                fit.asking += 1;
                continue;
            }
            fit.rungs += 1;
            let Ok(bill) = bill else {
                fit.without += 1;
                continue;
            };
            fit.half += usize::from(bill.is_within(HALF));
            if bill.is_within(QUARTER) {
                fit.quarter += 1;
            } else {
                fit.missed.push(((*name).to_owned(), bill.explained() / bill.measured));
            }
        }
        fit
    }

    /// With those of another.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.rungs += other.rungs;
        self.asking += other.asking;
        self.without += other.without;
        self.quarter += other.quarter;
        self.half += other.half;
        self.missed.extend(other.missed.iter().cloned());
        self
    }
}
