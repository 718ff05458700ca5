//! Masks, as Linux has them.

use rustix::thread::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity};

use super::Core;

pub(super) type Mask = CpuSet;

pub(super) fn mask() -> Result<Mask, String> {
    sched_getaffinity(None).map_err(|error| format!("the system names no cores: {error}"))
}

pub(super) fn set(mask: &Mask) -> Result<(), String> {
    sched_setaffinity(None, mask).map_err(|error| format!("threads cannot be pinned: {error}"))
}

pub(super) fn has(mask: &Mask, core: Core) -> bool {
    core.0 < CpuSet::MAX_CPU && mask.is_set(core.0)
}

pub(super) fn cores(mask: &Mask) -> Vec<Core> {
    (0..CpuSet::MAX_CPU).map(Core).filter(|&core| has(mask, core)).collect()
}

/// The core on which this thread is at the moment.
pub(super) fn here() -> Core {
    Core(sched_getcpu())
}

pub(super) fn only(core: Core) -> Mask {
    let mut mask = CpuSet::new();
    mask.set(core.0);
    mask
}
