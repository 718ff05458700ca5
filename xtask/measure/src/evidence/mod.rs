//! Gathers why each rung takes its time: counts, machine code, cost. Nothing here is timed, so it
//! comes after everything that is.

pub mod assembly;
pub mod cost;
mod counters;
mod scenario;
mod simulated;

use protocol::{Description, Effort, Machine};

use crate::binary::Binary;
use cases::Case;
use record::{CaseRecord, Evidence};

/// What there is to look at.
pub struct Subject<'a> {
    /// Its sources.
    pub case: &'a Case,
    /// The binary that was timed.
    pub binary: &'a Binary,
    /// What was measured of it so far.
    pub measured: &'a CaseRecord,
    /// The machine, for what is modelled on it.
    pub machine: &'a Machine,
    /// How long a look may take.
    pub effort: Effort,
}

impl Subject<'_> {
    /// What the case says of itself; always there once something was measured.
    pub fn description(&self) -> Option<&Description> {
        self.measured.description.as_ref()
    }
}

/// Looks at everything.
pub fn gather(subject: &Subject) -> Evidence {
    let (simulated, simulator) = simulated::gather(subject);
    let image = assembly::Image::load(&subject.binary.path);
    Evidence {
        simulated,
        simulator,
        counters: counters::gather(subject),
        assembly: assembly::gather(subject, &image),
        cost: cost::gather(subject, &image),
    }
}
